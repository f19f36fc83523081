"""Documents: uploaded, replaced, removed, put back, downloaded; hostile files; two people at once; wrong people."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions.plain_pdf import letter
from bids.models import Bid, BidEvent, Document, StoredFile
from bids.rulebook.vocabulary import BidState
from tests import factories

LIST_QUERIES = 24
LETTER = letter("A letter", ["Dear consortium,"], "note", "SPECIMEN")


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def filled(content: bytes | None = LETTER, name: str = "letter.pdf", **more: Any) -> dict[str, Any]:
    """The form of a document as a browser sends it."""
    file = {} if content is None else {"upload": SimpleUploadedFile(name, content, "application/pdf")}
    return {"kind": "site_documents", "title": "", "partner": "", **file, **more}


def a_pdf(**saving: Any) -> bytes:
    pdf, written = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.OpenAction = saving.pop("opens", None) or pikepdf.Array([])
    pdf.save(written, **saving)
    return written.getvalue()


@pytest.fixture
def document(bid: Bid, ada: User) -> Document:
    file = factories.a_stored_file(LETTER, pages=1)
    return factories.a_document(bid, "note", kind="site_documents", title="The note", file=file, uploaded_by=ada)


def test_ada_uploads_what_the_call_asks_for(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    page = client.get(address("documents", bid)).text
    upload = address("document-upload", bid)
    assert f"{upload}?kind=site_documents" in page
    assert '<option value="site_documents" selected>' in client.get(f"{upload}?kind=site_documents").text
    page = client.post(upload, filled(name="Papers_of the site.pdf"), follow=True).text
    assert f"{upload}?kind=site_documents" not in page
    kept = Document.objects.get(bid=bid, kind="site_documents")
    assert (kept.title, kept.pages, kept.uploaded_by) == ("Papers of the site", 1, ada)
    assert kept.file is not None
    assert kept.file.path.read_bytes() == LETTER
    assert BidEvent.objects.filter(bid=bid, name="document_added", about=f"documents/{kept.key}").exists()


def test_a_document_is_downloaded_and_never_shown(client: Client, bid: Bid, vic: User, document: Document) -> None:
    client.force_login(vic)
    answer = client.get(address("document-download", bid, key="note"))
    assert b"".join(answer.streaming_content) == LETTER
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SMALL-note.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_document_without_its_file_is_asked_for(client: Client, bid: Bid, ada: User, document: Document) -> None:
    client.force_login(ada)
    assert "File not here" in client.get(address("documents", bid)).text  # the letter of the bid file
    assert client.get(address("document-download", bid, key="letter-federal")).status_code == 404
    assert document.file is not None
    document.file.path.unlink()
    assert client.get(address("document-download", bid, key="note")).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty"),
        (b"MZ\x90\x00 program", "not a PDF"),
        (b"%PDF-1.7\nnothing more", "can&#x27;t be read"),
        (a_pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "protected by a password"),
        (a_pdf(opens=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")), "contains a script"),
        (a_pdf(opens=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")), "start another program"),
    ],
)
def test_a_hostile_file_is_refused_with_a_sentence(
    client: Client, bid: Bid, ada: User, content: bytes, words: str
) -> None:
    client.force_login(ada)
    before = Document.objects.count(), StoredFile.objects.count()
    answer = client.post(address("document-upload", bid), filled(content, title="My own words"))
    assert answer.status_code == 200
    assert words in answer.text
    assert 'value="My own words"' in answer.text
    assert (Document.objects.count(), StoredFile.objects.count()) == before


def test_a_file_of_500_megabytes_is_answered_without_reading_it(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("document-upload", bid), filled(), CONTENT_LENGTH=str(500 * 1024**2))
    assert answer.status_code == 413
    assert "too large" in answer.text.lower()
    assert not Document.objects.filter(bid=bid, kind="site_documents").exists()


def test_a_file_that_is_a_little_too_large_gets_a_sentence(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("document-upload", bid), filled(b"%PDF-1.7" + b"\0" * 21 * 1024**2))
    assert "at most 20 MB" in answer.text


def test_the_name_of_a_file_is_never_a_name_on_disk(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    client.post(address("document-upload", bid), filled(name="../../../x\u202efdp.exe.pdf"))
    kept = Document.objects.get(bid=bid, kind="site_documents")
    assert kept.title == "xfdp.exe"
    assert kept.file is not None
    assert kept.file.path.is_relative_to(Path(settings.MEDIA_ROOT) / "files")
    assert kept.file.path.name == kept.file.sha256


def test_a_new_file_takes_the_place_of_the_old_and_the_trail_keeps_both(
    client: Client, bid: Bid, ada: User, document: Document
) -> None:
    client.force_login(ada)
    newer = letter("A newer letter", ["Dear all,"], "note", "SPECIMEN")
    url = address("document-edit", bid, key="note")
    assert client.post(url, filled(newer, title="The note", version=1)).status_code == 302
    former, document = document, Document.objects.get(pk=document.pk)
    assert (document.version, document.sha256) != (1, former.sha256)
    event = BidEvent.objects.filter(bid=bid, name="document_changed").latest("sequence")
    assert (event.before["sha256"], event.after["sha256"]) == (former.sha256, document.sha256)
    assert client.post(url, filled(None, title="Renamed", version=2)).status_code == 302
    document.refresh_from_db()
    assert (document.title, document.file.path.read_bytes()) == ("Renamed", newer)


def test_two_people_describe_a_document_and_nothing_is_lost(
    client: Client, bid: Bid, ada: User, document: Document
) -> None:
    client.force_login(ada)
    url = address("document-edit", bid, key="note")
    assert client.post(url, filled(None, title="First", version=1)).status_code == 302
    answer = client.post(url, filled(title="Second", version=1))
    assert answer.status_code == 409
    assert "Choose it again once you have saved the rest" in answer.text
    assert 'name="upload"' not in answer.text
    assert "First" in answer.text
    assert "Second" in answer.text


def test_a_removed_document_can_be_put_back(client: Client, bid: Bid, ada: User, document: Document) -> None:
    client.force_login(ada)
    page = client.post(address("document-remove", bid, key="note"), {"version": 1}, follow=True).text
    restore = address("document-restore", bid, number=document.pk)
    assert page.count(restore) == 2  # at once, and later from the list
    assert client.get(address("document-download", bid, key="note")).status_code == 404
    assert client.post(restore, follow=True).status_code == 200
    assert client.get(address("document-download", bid, key="note")).status_code == 200
    assert client.post(restore).status_code == 404
    names = BidEvent.objects.filter(bid=bid, about="documents/note").values_list("name", flat=True)
    assert list(names.order_by("sequence")) == ["document_removed", "document_restored"]


def test_a_document_is_not_put_back_over_another(client: Client, bid: Bid, ada: User, document: Document) -> None:
    client.force_login(ada)
    client.post(address("document-remove", bid, key="note"), {"version": 1})
    factories.a_document(bid, "note")
    page = client.post(address("document-restore", bid, number=document.pk), follow=True).text
    assert "Another document has taken its place" in page


def test_what_somebody_changed_meanwhile_is_not_removed(
    client: Client, bid: Bid, ada: User, document: Document
) -> None:
    client.force_login(ada)
    page = client.post(address("document-remove", bid, key="note"), {"version": 7}, follow=True).text
    assert "changed this document in the meantime" in page
    document.refresh_from_db()
    assert document.removed_at is None


def test_bruno_brings_documents_of_his_own_organisation_only(
    client: Client, bid: Bid, bruno: User, document: Document
) -> None:
    client.force_login(bruno)
    own, lead = "cenaero", "imec"
    page = client.get(address("document-upload", bid)).text
    assert f'<option value="{own}" selected>' in page
    assert f'<option value="{lead}"' not in page
    assert client.post(address("document-upload", bid), filled(partner=own)).status_code == 302
    assert client.post(address("document-upload", bid), filled(partner=lead)).status_code == 200
    assert client.post(address("document-upload", bid), filled(partner="")).status_code == 200
    assert Document.objects.filter(bid=bid, uploaded_by=bruno).count() == 1
    assert client.get(address("document-edit", bid, key="note")).status_code == 403
    assert client.post(address("document-remove", bid, key="note"), {"version": 1}).status_code == 403
    mine = Document.objects.get(uploaded_by=bruno)
    assert client.post(address("document-remove", bid, key=mine.key), {"version": 1}).status_code == 302


def test_a_mandate_names_its_partner(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("document-upload", bid), filled(kind="partner_mandate"))
    assert "Choose the partner that gave this mandate" in answer.text


def test_the_papers_of_the_desk_are_no_choice(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert client.post(address("document-upload", bid), filled(kind="eu_receipt")).status_code == 200
    assert not Document.objects.filter(kind="eu_receipt").exists()


def test_vic_reads_and_brings_nothing(client: Client, bid: Bid, vic: User, document: Document) -> None:
    client.force_login(vic)
    page = client.get(address("documents", bid)).text
    assert address("document-download", bid, key="note") in page
    assert address("document-remove", bid, key="note") not in page
    assert client.post(address("document-upload", bid), filled()).status_code == 403
    assert client.post(address("document-edit", bid, key="note"), filled(version=1)).status_code == 403
    assert client.post(address("document-remove", bid, key="note"), {"version": 1}).status_code == 403


def test_a_locked_bid_takes_no_documents(
    client: Client, bid: Bid, ada: User, document: Document, moved_to: Any
) -> None:
    moved_to(bid, BidState.LOCKED)
    client.force_login(ada)
    assert client.get(address("documents", bid)).status_code == 200
    assert client.post(address("document-upload", bid), filled()).status_code == 403
    assert client.post(address("document-remove", bid, key="note"), {"version": 1}).status_code == 403


def test_only_an_opened_section_takes_documents(
    client: Client, bid: Bid, ada: User, clara: User, document: Document, moved_to: Any
) -> None:
    factories.a_change_request(factories.a_snapshot(bid, ada), clara, "documents/note")
    moved_to(bid, BidState.CHANGES_REQUESTED)
    client.force_login(ada)
    assert client.get(address("document-upload", bid)).status_code == 403
    assert client.post(address("document-edit", bid, key="note"), filled(version=1)).status_code == 302


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("documents", {}),
        ("document-upload", {}),
        ("document-edit", {"key": "letter-federal"}),
        ("document-download", {"key": "letter-federal"}),
    ],
)
def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User, name: str, more: Any) -> None:
    client.force_login(ada)
    assert client.get(address(name, foreign_bid, **more)).status_code == 404


def test_a_document_of_another_bid_stays_there(client: Client, bid: Bid, foreign_bid: Bid, ada: User) -> None:
    theirs = factories.a_document(foreign_bid, "theirs", title="Secret", removed_at=factories.in_days(0))
    client.force_login(ada)
    assert client.get(address("document-download", bid, key="theirs")).status_code == 404
    assert client.post(address("document-restore", bid, number=theirs.pk)).status_code == 404
    assert client.post(address("document-restore", foreign_bid, number=theirs.pk)).status_code == 404


def test_the_list_asks_as_often_for_three_documents_as_for_one(
    client: Client, bid: Bid, ada: User, document: Document, django_assert_num_queries: Any
) -> None:
    client.force_login(ada)
    for more in (0, 2):
        for _ in range(more):
            factories.a_document(bid, uploaded_by=ada, partner=bid.partners.first())
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address("documents", bid))

"""What would go wrong with a dossier is said before it is begun, with the place to mend it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions import preflight
from bids.actions.dossiers import NotPrintable, ask_for_dossier
from bids.actions.plain_pdf import letter as plain_letter
from bids.dossier import files, lengths
from bids.dossier.rows import letters_of
from bids.dossier.source import Source
from bids.models import Bid, BidEvent, Document, Dossier, StoredFile
from bids.rulebook.facts import ChapterFacts, DocumentFacts
from bids.rulebook.vocabulary import DossierKind, JobState, Language
from tests.dossier import sample

pytestmark = pytest.mark.django_db
LETTER = plain_letter("A letter", ["We support it."], "A note.", "")
SCRIPT = LETTER.replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction << /S /JavaScript /JS (x) >>")


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def kept(content: bytes, pages: int | None) -> Source:
    """The small bid with one letter whose file is here."""
    file = StoredFile.objects.keep(content, pages=pages)
    return with_document(DocumentFacts("letter", "support_letter", "Letter of X", file.sha256, pages))


def with_document(document: DocumentFacts) -> Source:
    facts = sample.small_bid(documents=(document,))
    return sample.small(facts, letters=letters_of(facts))


def told(source: Source, bid: Bid) -> list[tuple[str, str, str]]:
    return [(finding.severity, finding.where, str(finding.sentence)) for finding in preflight.look(source, bid)]


def test_a_bid_in_order_has_nothing_to_tell(bid: Bid) -> None:
    assert told(kept(LETTER, 1), bid) == []


def test_a_letter_that_is_gone_or_changed_stops_it(bid: Bid) -> None:
    source = kept(LETTER, 1)
    (letter,) = source.letters
    letter.path.chmod(0o600)
    letter.path.write_bytes(b"another")
    (changed,) = told(source, bid)
    assert changed[:2] == ("block", "documents/letter")
    assert changed[2].startswith("The file of “Letter of X” is no longer the one that was uploaded")
    letter.path.unlink()
    (gone,) = told(source, bid)
    assert gone[2].startswith("The file of “Letter of X” is missing.")


def test_a_letter_of_four_hundred_pages_stops_it(bid: Bid) -> None:
    words = "“Letter of X” has 400 pages; a dossier shows at most 300 of one document. Split it."
    assert told(kept(LETTER, 400), bid) == [("block", "documents/letter", words)]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7 broken", "This PDF can't be read: it may be damaged. Save it again, then upload that."),
        (SCRIPT, "This PDF contains a script. Print it as PDF, then upload the print."),
    ],
)
def test_a_letter_nobody_looked_into_is_looked_into_now(bid: Bid, content: bytes, reason: str) -> None:
    expected = ("block", "documents/letter", f"“Letter of X” can't be shown. {reason}")
    assert told(kept(content, None), bid) == [expected]


def test_a_letter_whose_pages_nobody_counted_is_a_warning(bid: Bid) -> None:
    words = "“Letter of X” is only listed: nobody counted its pages. Upload it again to have it shown."
    assert told(kept(LETTER, None), bid) == [("warn", "documents/letter", words)]


def test_a_document_known_by_its_digest_alone_is_a_warning(bid: Bid) -> None:
    source = with_document(DocumentFacts("letter", title="Letter of X", sha256="ab" * 32))
    words = "“Letter of X” is only listed: its file is not here. Upload it to have it shown."
    assert told(source, bid) == [("warn", "documents/letter", words)]


def test_a_chapter_that_can_not_be_set_stops_it(bid: Bid) -> None:
    deep = "<ul><li>" * 40 + "x" + "</li></ul>" * 40
    source = sample.small(sample.small_bid(documents=(), chapters=(ChapterFacts("3", title="System", html=deep),)))
    (found,) = told(source, bid)
    assert found[:2] == ("block", "chapters/3")


def test_a_chapter_without_a_translation_is_a_warning(bid: Bid) -> None:
    source = sample.small(sample.small_bid(documents=()), language=Language.NL)
    words = "Chapter {} is printed in en: there is no text in nl. Translate it, or leave it so."
    assert told(source, bid) == [("warn", f"chapters/{key}", words.format(key)) for key in ("1", "3")]


def test_chapters_that_were_too_long_are_a_warning(bid: Bid, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lengths, "known", lambda *_: {"total": 75})
    source = sample.small(sample.small_bid(documents=()))
    limited = dataclasses.replace(source, call=dataclasses.replace(source.call, page_limit=70))
    words = "The chapters take 75 pages; the call allows 70. The bid can't be submitted so: shorten them."
    assert told(limited, bid) == [("warn", "chapters", words)]


def test_a_review_dossier_asks_nothing_of_chapters(bid: Bid) -> None:
    source = sample.small(sample.small_bid(documents=()), language=Language.NL, kind=DossierKind.REVIEW)
    assert told(source, bid) == []


def damaged(bid: Bid) -> Document:
    """A document of the bid whose file was exchanged on disk."""
    file = StoredFile.objects.keep(LETTER, pages=1)
    file.path.chmod(0o600)
    file.path.write_bytes(b"another")
    return Document.objects.create(
        bid=bid, key="letter", kind="support_letter", title="Letter of X", sha256=file.sha256, pages=1, file=file
    )


def test_what_stops_it_leaves_no_trace_of_a_job(bid: Bid, ada: User) -> None:
    damaged(bid)
    with pytest.raises(NotPrintable, match="is no longer the one that was uploaded"):
        ask_for_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    assert not Dossier.objects.filter(bid=bid).exists()
    assert not BidEvent.objects.filter(bid=bid, name="dossier_requested").exists()


def test_what_is_done_is_not_looked_at_again(bid: Bid, ada: User, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, _ = ask_for_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada)
    Dossier.objects.filter(pk=asked.pk).update(state=JobState.DONE, file_sha256="ab" * 32)
    files.keep("ab" * 32, b"%PDF-1.7 a dossier")
    monkeypatch.setattr(preflight, "look", lambda *_: pytest.fail("looked again"))
    assert ask_for_dossier(bid, DossierKind.DRAFT, Language.EN, by=ada) == (asked, ())


def test_ada_sees_what_stops_her_draft_and_where_to_mend_it(client: Client, bid: Bid, ada: User) -> None:
    damaged(bid)
    client.force_login(ada)
    answer = client.post(reverse("bids:dossier-request", args=[bid.reference]), {"language": "en"})
    assert answer.status_code == 200
    assert "The dossier can't be made yet" in answer.text
    assert "The file of “Letter of X” is no longer the one that was uploaded" in answer.text
    assert f'href="{reverse("bids:documents", args=[bid.reference])}"' in answer.text
    assert not Dossier.objects.filter(bid=bid).exists()


def test_ada_is_warned_of_what_will_show_otherwise_and_gets_her_draft(client: Client, bid: Bid, ada: User) -> None:
    Document.objects.create(bid=bid, key="letter", kind="support_letter", title="Letter of X", sha256="ab" * 32)
    client.force_login(ada)
    answer = client.post(reverse("bids:dossier-request", args=[bid.reference]), {"language": "en"}, follow=True)
    assert "“Letter of X” is only listed: its file is not here. Upload it to have it shown." in answer.text
    assert Dossier.objects.get(bid=bid).state is JobState.QUEUED


def test_the_command_says_what_stops_it(bid: Bid) -> None:
    damaged(bid)
    with pytest.raises(CommandError, match="is no longer the one that was uploaded"):
        call_command("dossier", bid.reference, kind="draft")
    assert not Dossier.objects.filter(bid=bid).exists()

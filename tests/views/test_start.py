"""Bids begin: from a call, as a copy, from a file; hostile files are told apart and leave nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation, User
from bids import bidfile, snapshot
from bids.models import Bid, BidRole
from bids.rulebook.vocabulary import BidState, ChapterState, PartnerRole, Role
from tests import factories
from tests.views.conftest import GENERIC, sound_facts


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    factories.a_call(GENERIC)
    client.force_login(ada)
    return client


def beginning(imec: Organisation, **more: Any) -> dict[str, Any]:
    return {"call": GENERIC, "organisation": imec.pk, "title": "A new bid", "reference": "", "language": "fr"} | more


def upload(client: Client, content: bytes | str, **more: Any) -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post("/bids/import/", {"file": SimpleUploadedFile("../../x.json", raw), **more})


def as_file(**more: Any) -> dict[str, Any]:
    return bidfile.as_dict(sound_facts("BE-NEW")) | more


def test_a_bid_is_started_with_its_coordinator_card_and_empty_chapters(
    at_work: Client, imec: Organisation, ada: User
) -> None:
    answer = at_work.post("/bids/start/", beginning(imec, reference="BE-NEW"))
    assert answer.headers["Location"] == "/bids/BE-NEW/"
    bid = Bid.objects.get(reference="BE-NEW")
    partner = bid.partners.get()
    assert (partner.key, partner.name, partner.role, partner.organisation) == (
        "imec", "imec legal name", PartnerRole.COORDINATOR, imec,
    )  # fmt: skip
    role = BidRole.objects.get(bid=bid)
    assert (role.user, role.role, role.partner) == (ada, Role.COORDINATOR, partner)
    assert {chapter.state for chapter in bid.chapters.all()} == {ChapterState.EMPTY}
    assert bid.events.get().name == "bid_started"
    assert at_work.get("/bids/BE-NEW/").status_code == 200


def test_without_a_reference_one_is_given(at_work: Client, imec: Organisation) -> None:
    answer = at_work.post("/bids/start/", beginning(imec))
    assert answer.headers["Location"].startswith("/bids/BID-")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"title": ""}, "This field is required"),
        ({"reference": "../../etc"}, "1 to 32 letters"),
        ({"reference": "BE-SOUND"}, "This reference is taken"),
        ({"reference": "start"}, "is the address of a page here"),
        ({"call": "EUROHPC-2024-CEI-AI-02"}, "Select a valid choice"),
        ({"organisation": "999999"}, "Select a valid choice"),
        ({"language": "tlh"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_started(
    at_work: Client, imec: Organisation, sound_bid: Bid, typed: dict[str, str], told: str
) -> None:
    factories.a_call()  # of 2025: closed
    answer = at_work.post("/bids/start/", beginning(imec) | typed)
    assert (answer.status_code, told in answer.text) == (200, True)
    assert Bid.objects.count() == 1


def test_an_organisation_one_is_not_of_can_t_be_chosen(
    at_work: Client, imec: Organisation, cenaero: Organisation
) -> None:
    assert at_work.post("/bids/start/", beginning(imec, organisation=cenaero.pk)).status_code == 200
    assert not Bid.objects.exists()


def test_who_belongs_nowhere_starts_nothing(client: Client, db: None) -> None:
    client.force_login(factories.a_user("Lone"))
    for url in ("/bids/start/", "/bids/import/"):
        answer = client.get(url)
        assert (answer.status_code, "not a member of an organisation" in answer.text) == (403, True)


def test_a_bid_file_is_imported_whole(at_work: Client, ada: User) -> None:
    answer = upload(at_work, json.dumps(as_file()))
    assert answer.headers["Location"] == "/bids/BE-NEW/"
    bid = Bid.objects.with_call().get(reference="BE-NEW")
    assert snapshot.take(bid) == sound_facts("BE-NEW")
    assert bid.people.get().user == ada


def test_what_is_exported_can_be_imported_again(at_work: Client, sound_bid: Bid) -> None:
    exported = at_work.get(reverse("bids:export", kwargs={"reference": sound_bid.reference}))
    assert exported.headers["Content-Disposition"] == 'attachment; filename="BE-SOUND.json"'
    taken = upload(at_work, exported.content)
    assert "There is already a bid BE-SOUND" in taken.text
    assert upload(at_work, exported.content, reference="BE-TWIN").headers["Location"] == "/bids/BE-TWIN/"
    twin = Bid.objects.with_call().get(reference="BE-TWIN")
    assert snapshot.take(twin).budget == snapshot.take(sound_bid).budget


def line(**more: Any) -> dict[str, Any]:
    return as_file()["budget"][0] | more


HOSTILE = {
    "no JSON": ("{ nothing", "$: The file is not JSON"),
    "no object": ("[]", "$: The file is not a bid"),
    "not UTF-8": (b"\xff\xfe{}", "is not written in UTF-8"),
    "empty": (b" ", "The file is not JSON"),
    "nested": ("[" * 100_000, "can&#x27;t be"),
    "unknown field": (json.dumps(as_file(colour="blue")), "$.colour"),
    "wrong decimal": (json.dumps(as_file(budget=[line(amount="12,50")])), "$.budget[0].amount"),
    "negative": (json.dumps(as_file(budget=[line(amount="-1.00")])), "$.budget[0].amount"),
    "missing partner": (json.dumps(as_file(budget=[line(partner="nobody")])), "$.budget[0].partner"),
    "unknown call": (json.dumps(as_file(call="NO-CALL")), "$.call"),
    "key twice": (json.dumps(as_file(budget=[line(), line()])), "$.budget[1].key"),
    "markup": (json.dumps(as_file(track="<script>alert(1)</script>")), "&lt;script&gt;"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_can_t_be_taken_is_told_place_by_place(at_work: Client, name: str) -> None:
    content, told = HOSTILE[name]
    answer = upload(at_work, content)
    assert answer.status_code == 200
    assert told in answer.text
    assert "<script>alert" not in answer.text
    assert not Bid.objects.exists()


def test_a_hundred_thousand_lines_are_refused_or_taken_but_never_half(at_work: Client) -> None:
    lines = [line(key=f"L{number}", amount="0.001") for number in range(100_000)]
    answer = upload(at_work, json.dumps(as_file(budget=lines)))
    assert answer.status_code == 200
    assert not Bid.objects.exists()
    assert len(answer.context["errors"]) <= 101


def test_a_file_larger_than_any_bid_is_not_read(at_work: Client) -> None:
    answer = upload(at_work, b" " * (20 * 1024 * 1024 + 2))
    assert (answer.status_code, "larger than 20 MiB" in answer.text) == (200, True)


def test_an_upload_of_500_megabytes_is_refused_before_it_is_read(at_work: Client) -> None:
    answer = at_work.post("/bids/import/", b"x", content_type="application/json", CONTENT_LENGTH=str(500 * 1024**2))
    assert answer.status_code == 413


def test_a_file_of_a_closed_call_is_refused(at_work: Client) -> None:
    factories.a_call()
    answer = upload(at_work, json.dumps(bidfile.as_dict(factories.small_bid())))
    assert "is closed: no bid can be started from it" in answer.text
    assert not Bid.objects.exists()


def test_a_copy_has_everything_but_people_and_confirmations(at_work: Client, sound_bid: Bid) -> None:
    letter = factories.a_document(sound_bid, "letter")
    url = reverse("bids:copy", kwargs={"reference": sound_bid.reference})
    assert at_work.post(url, {"title": "Second try", "reference": "BE-COPY"}).headers["Location"] == "/bids/BE-COPY/"
    copy = Bid.objects.with_call().get(reference="BE-COPY")
    assert snapshot.take(copy).budget == snapshot.take(sound_bid).budget
    assert (copy.title, copy.documents.get().file, copy.people.count()) == ("Second try", letter.file, 1)
    assert not copy.partners.filter(confirmations__isnull=False).exists()
    assert copy.events.get().after["of"] == "BE-SOUND"


def test_a_finance_officer_exports_only_the_own_part(client: Client, sound_bid: Bid, fien: User) -> None:
    client.force_login(fien)
    exported = bidfile.read(client.get(reverse("bids:export", kwargs={"reference": sound_bid.reference})).content)
    assert [partner.key for partner in exported.partners] == ["imec"]
    assert {line.partner for line in exported.budget} == {"imec"}
    assert exported.chapters == ()


def test_the_ministry_exports_the_newest_round_and_copies_nothing(
    client: Client, bid: Bid, ada: User, clara: User, moved_to: Any
) -> None:
    factories.a_snapshot(bid, ada)
    bid.partners.filter(key="imec").update(name="Written since then")
    moved_to(bid, BidState.CHANGES_REQUESTED)
    client.force_login(clara)
    exported = client.get(reverse("bids:export", kwargs={"reference": bid.reference}))
    assert bidfile.read(exported.content).partners[0].name == "imec legal name"
    copied = client.post(reverse("bids:copy", kwargs={"reference": bid.reference}), {"title": "Mine"})
    assert copied.headers["Location"] == reverse("desk:bid", args=[bid.reference])
    assert Bid.objects.count() == 1


@pytest.mark.parametrize("name", ["export", "copy", "discard"])
def test_others_export_copy_and_discard_nothing(
    client: Client, bid: Bid, foreign_bid: Bid, vic: User, name: str
) -> None:
    client.force_login(vic)
    assert client.get(reverse(f"bids:{name}", kwargs={"reference": bid.reference})).status_code == 403
    assert client.get(reverse(f"bids:{name}", kwargs={"reference": foreign_bid.reference})).status_code == 404


def test_a_draft_is_discarded_after_one_question(at_work: Client, sound_bid: Bid) -> None:
    url = reverse("bids:discard", kwargs={"reference": sound_bid.reference})
    assert "Discard the draft BE-SOUND?" in at_work.get(url).text
    assert at_work.post(url).headers["Location"] == "/"
    assert at_work.get("/bids/BE-SOUND/").status_code == 404
    assert Bid.objects.filter(reference="BE-SOUND").exists()


def test_what_was_submitted_is_not_discarded(at_work: Client, sound_bid: Bid, ada: User) -> None:
    factories.a_snapshot(sound_bid, ada)
    answer = at_work.post(reverse("bids:discard", kwargs={"reference": sound_bid.reference}))
    assert "It can only be withdrawn." in answer.text
    assert Bid.objects.kept().filter(pk=sound_bid.pk).exists()

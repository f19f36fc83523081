"""Dossiers: asked for, watched, fetched, tried again; who may know of which; the public check page."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import User
from bids.actions.records import record
from bids.dossier import files
from bids.models import Bid, BidEvent, Dossier, Snapshot
from bids.rulebook.vocabulary import BidState, DossierKind, JobState, Language
from tests import factories

LIST_QUERIES = 24
PDF = b"%PDF-1.7 a dossier"
SHA256 = hashlib.sha256(PDF).hexdigest()


def address(name: str, bid: Bid, dossier: Dossier | None = None) -> str:
    more = {"number": dossier.pk} if dossier else {}
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def a_draft(bid: Bid, state: JobState = JobState.DONE, **fields: Any) -> Dossier:
    done = {"file_sha256": SHA256, "size": len(PDF), "pages": 3, "progress": 100, "finished_at": clock.now()}
    picture = bid.pictures.first() or factories.a_picture(bid)
    given = {"source_digest": picture.sha256, "kind": DossierKind.DRAFT, "language": Language.EN, "picture": picture}
    given |= {"template_version": str(Dossier.objects.count()), "state": state}
    return Dossier.objects.create(bid=bid, **given | (done if state is JobState.DONE else {}) | fields)


def finished(frozen: Snapshot, kind: DossierKind = DossierKind.SUBMISSION, **fields: Any) -> Dossier:
    done = {
        "state": JobState.DONE, "file_sha256": "fa" * 32, "sealed_sha256": SHA256, "finished_at": clock.now()
    }  # fmt: skip
    return factories.a_dossier(frozen, kind=kind, **done | fields)


@pytest.fixture(autouse=True)
def kept_file(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    files.keep(SHA256, PDF)


@pytest.fixture
def frozen(bid: Bid, ada: User, moved_to: Any) -> Snapshot:
    """Round 1, submitted."""
    snapshot = factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.SUBMITTED)
    return snapshot


def test_ada_asks_for_a_draft_and_finds_it_again(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert "No dossiers yet" in client.get(address("dossiers", bid)).text
    for _ in range(2):
        answer = client.post(address("dossier-request", bid), {"language": "fr"}, follow=True)
        assert "Draft, French" in answer.text
    dossier = Dossier.objects.get(bid=bid)
    assert (dossier.state, dossier.kind, dossier.created_by) == (JobState.QUEUED, DossierKind.DRAFT, ada)
    assert f'hx-get="{address("dossier-status", bid, dossier)}"' in answer.text
    assert "You may leave this page" in answer.text


def test_ada_asks_what_changed_since_the_last_round(client: Client, bid: Bid, ada: User, vic: User) -> None:
    client.force_login(ada)
    sent = {"language": "en", "kind": "difference"}
    assert "Show what changed" not in client.get(address("dossiers", bid)).text
    refused = client.post(address("dossier-request", bid), sent)
    assert "There is no round to compare with" in refused.text
    factories.a_snapshot(bid, ada)
    assert "Show what changed since round 1" in client.get(address("dossiers", bid)).text
    assert (
        "What changed since the last round, English"
        in client.post(address("dossier-request", bid), sent, follow=True).text
    )
    made = Dossier.objects.get(bid=bid)
    Dossier.objects.update(state=JobState.DONE, file_sha256=SHA256, finished_at=clock.now())
    answer = client.get(address("draft-download", bid, made))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SMALL-difference-en.pdf"'
    client.force_login(vic)
    assert client.get(address("draft-download", bid, made)).status_code == 403


def test_a_kind_that_is_no_draft_is_refused(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    for kind in ("submission", "review", "x" * 500, "\x00"):
        client.post(address("dossier-request", bid), {"language": "en", "kind": kind})
    assert Dossier.objects.count() == 0


def test_the_progress_is_a_piece_of_the_page(client: Client, bid: Bid, ada: User) -> None:
    dossier = a_draft(bid, JobState.RUNNING, progress=40)
    client.force_login(ada)
    url = address("dossier-status", bid, dossier)
    piece = client.get(url, headers={"HX-Request": "true"}).text
    assert 'value="40"' in piece
    assert "<html" not in piece
    assert client.get(url).headers["Location"].startswith(address("dossiers", bid))
    Dossier.objects.update(state=JobState.DONE, file_sha256=SHA256, progress=100)
    piece = client.get(url, headers={"HX-Request": "true"}).text
    assert address("draft-download", bid, dossier) in piece
    assert "hx-get" not in piece


def test_a_draft_is_fetched_by_those_who_may_make_one(client: Client, bid: Bid, ada: User, vic: User) -> None:
    dossier = a_draft(bid)
    client.force_login(ada)
    answer = client.get(address("draft-download", bid, dossier))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SMALL-draft-en.pdf"'
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    client.force_login(vic)
    assert client.get(address("draft-download", bid, dossier)).status_code == 403
    assert client.post(address("dossier-request", bid), {"language": "en"}).status_code == 403
    page = client.get(address("dossiers", bid)).text
    assert "Draft, English" in page
    assert address("draft-download", bid, dossier) not in page


def test_a_failure_says_why_and_can_be_tried_again(client: Client, bid: Bid, ada: User, vic: User) -> None:
    dossier = a_draft(bid, JobState.FAILED, reason="Chapter 9 is too long.", attempt=3)
    client.force_login(vic)
    assert client.post(address("draft-retry", bid, dossier)).status_code == 403
    client.force_login(ada)
    page = client.get(address("dossiers", bid)).text
    assert "Chapter 9 is too long." in page
    assert address("draft-retry", bid, dossier) in page
    assert client.get(address("draft-retry", bid, dossier)).status_code == 405
    assert client.post(address("draft-retry", bid, dossier)).status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts_allowed) == (JobState.QUEUED, 6)
    assert BidEvent.objects.filter(bid=bid, name="dossier_retried").count() == 1


def test_a_draft_is_stopped_by_those_who_may_make_one(client: Client, bid: Bid, ada: User, vic: User) -> None:
    dossier = a_draft(bid, JobState.RUNNING, progress=40)
    stop = address("draft-cancel", bid, dossier)
    client.force_login(vic)
    assert stop not in client.get(address("dossiers", bid)).text
    assert client.post(stop).status_code == 403
    client.force_login(ada)
    assert f'action="{stop}"' in client.get(address("dossiers", bid)).text
    assert client.get(stop).status_code == 405
    page = client.post(stop, follow=True).text
    assert "It was stopped before it was finished." in page
    assert f'action="{address("draft-retry", bid, dossier)}"' in page
    assert stop not in page
    dossier.refresh_from_db()
    assert dossier.state is JobState.CANCELLED
    assert BidEvent.objects.filter(bid=bid, name="dossier_cancelled").count() == 1


def test_a_draft_that_is_done_and_a_dossier_of_a_round_are_not_stopped(client: Client, bid: Bid, ada: User) -> None:
    done, waited_for = a_draft(bid), factories.a_dossier(factories.a_snapshot(bid, ada), state=JobState.RUNNING)
    client.force_login(ada)
    assert "Stop it" not in client.get(address("dossiers", bid)).text
    assert client.post(address("draft-cancel", bid, done)).status_code == 302
    assert client.post(address("draft-cancel", bid, waited_for)).status_code == 404
    assert [Dossier.objects.get(pk=each.pk).state for each in (done, waited_for)] == [JobState.DONE, JobState.RUNNING]


def test_only_a_dossier_that_went_wrong_by_itself_is_said_to_be_tried_again(
    client: Client, bid: Bid, ada: User
) -> None:
    dossier = a_draft(bid, JobState.QUEUED, attempt=1)
    client.force_login(ada)
    assert "Something went wrong" in client.get(address("dossiers", bid)).text
    client.post(address("draft-cancel", bid, dossier))
    page = client.post(address("draft-retry", bid, dossier), follow=True).text
    assert "Something went wrong" not in page
    assert "Waiting for a printer." in page


def test_a_deleted_draft_says_so_and_is_gone(client: Client, bid: Bid, ada: User) -> None:
    dossier = a_draft(bid, purged_at=clock.now(), picture=None)
    client.force_login(ada)
    assert "deleted on" in client.get(address("dossiers", bid)).text
    assert client.get(address("draft-download", bid, dossier)).status_code == 404


def test_a_lost_file_is_not_found(client: Client, bid: Bid, ada: User) -> None:
    dossier = a_draft(bid, file_sha256="0" * 64)
    client.force_login(ada)
    assert client.get(address("draft-download", bid, dossier)).status_code == 404


def test_a_language_nobody_prints_is_refused(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.post(address("dossier-request", bid), {"language": "xx"})
    assert (answer.status_code, "Error:" in answer.text) == (200, True)
    assert not Dossier.objects.exists()


def test_the_dossier_of_a_round_is_everybodys(client: Client, bid: Bid, vic: User, frozen: Snapshot) -> None:
    dossier, draft = finished(frozen), a_draft(bid)
    client.force_login(vic)
    assert "Submission, round 1, English" in client.get(address("dossiers", bid)).text
    assert client.get(address("dossier-download", bid, dossier)).status_code == 200
    assert client.get(address("dossier-download", bid, draft)).status_code == 404
    assert client.get(address("draft-download", bid, dossier)).status_code == 403


def test_only_ada_has_the_dossier_of_a_round_made_again(
    client: Client, bid: Bid, ada: User, vic: User, frozen: Snapshot
) -> None:
    dossier = factories.a_dossier(frozen, state=JobState.FAILED, reason="No.")
    client.force_login(vic)
    assert address("dossier-retry", bid, dossier) not in client.get(address("dossiers", bid)).text
    answer = client.post(address("dossier-retry", bid, dossier))
    assert (answer.status_code, "Only the coordinator" in answer.text) == (403, True)
    client.force_login(ada)
    assert client.post(address("dossier-retry", bid, dossier)).status_code == 302


def test_reviews_stay_within_the_ministry(client: Client, bid: Bid, ada: User, frozen: Snapshot, moved_to: Any) -> None:
    review = finished(frozen, DossierKind.REVIEW)
    moved_to(bid, BidState.APPROVED)
    record(bid, "decision_published", by=None)
    client.force_login(ada)
    assert "Review, round" not in client.get(address("dossiers", bid)).text
    assert client.get(address("dossier-status", bid, review), headers={"HX-Request": "true"}).status_code == 404
    assert client.get(address("dossier-download", bid, review)).status_code == 403
    assert client.post(address("dossier-retry", bid, review)).status_code == 404


def test_the_decision_is_under_embargo_until_it_is_published(
    client: Client, bid: Bid, ada: User, frozen: Snapshot, moved_to: Any
) -> None:
    decision = finished(frozen, DossierKind.DECISION)
    moved_to(bid, BidState.APPROVED)
    record(bid, "approved", by=None)
    client.force_login(ada)
    for name, seen, status in (("decision_published", False, 403), ("approved", True, 200), ("", False, 403)):
        assert ("Decision, round 1" in client.get(address("dossiers", bid)).text) is seen
        assert client.get(address("dossier-download", bid, decision)).status_code == status
        if name:
            record(bid, name, by=None)


@pytest.mark.parametrize("name", ["dossiers", "dossier-status", "draft-download", "dossier-download"])
def test_a_stranger_finds_nothing(client: Client, bid: Bid, frank: User, name: str) -> None:
    dossier = a_draft(bid)
    client.force_login(frank)
    assert client.get(address(name, bid, None if name == "dossiers" else dossier)).status_code == 404


def test_a_dossier_of_another_bid_stays_there(client: Client, bid: Bid, foreign_bid: Bid, ada: User) -> None:
    theirs = a_draft(foreign_bid)
    client.force_login(ada)
    for name in ("dossier-status", "draft-download"):
        assert client.get(address(name, bid, theirs), headers={"HX-Request": "true"}).status_code == 404
    assert client.post(address("draft-retry", bid, theirs)).status_code == 404


def test_the_list_asks_as_often_for_three_dossiers_as_for_one(
    client: Client, bid: Bid, ada: User, django_assert_num_queries: Any
) -> None:
    a_draft(bid, created_by=ada)
    client.force_login(ada)
    for more in (0, 2):
        for _ in range(more):
            a_draft(bid, created_by=ada)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(address("dossiers", bid))

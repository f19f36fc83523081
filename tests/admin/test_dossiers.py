"""Dossiers at the desk: asked for, made again, downloaded by those who may read what is in them."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from bids.actions import preflight
from bids.dossier import files
from bids.models import Bid, BidEvent, Dossier
from bids.rulebook.readiness import Finding
from bids.rulebook.text import sentence
from bids.rulebook.vocabulary import BidState, DossierKind, JobState, Language
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of

PDF = b"%PDF-1.7 a dossier"
QUESTIONS = 9


def a_made(bid: Bid, kind: DossierKind = DossierKind.SUBMISSION, digest: str = "ab" * 32) -> Dossier:
    """A dossier whose file is on the shelf."""
    files.keep(digest, PDF)
    return factories.a_dossier(
        bid.snapshots.latest("round"), kind=kind, language=Language.NL, state=JobState.DONE, file_sha256="fa" * 32,
        sealed_sha256=digest, size=len(PDF), progress=100,
    )  # fmt: skip


def ask(client: Any, bid: Bid, kind: str = "submission", language: str = "fr") -> Any:
    return client.post(page_of(bid, "bid-dossiers"), {"kind": kind, "language": language})


def test_a_reader_asks_for_another_language_and_sees_it_coming(
    at: At, in_review: Bid, ministry: SimpleNamespace
) -> None:
    page = at(ministry.ines).get(page_of(in_review, "bid-dossiers")).text
    assert "round 1, English" in page
    assert ask(at(ministry.ines), in_review).headers["Location"] == page_of(in_review, "bid-dossiers")
    made = Dossier.objects.get(bid=in_review, language=Language.FR)
    page = at(ministry.ines).get(page_of(in_review, "bid-dossiers")).text
    assert page_of(in_review, "bid-dossier-status", made.pk) in page
    fragment = at(ministry.ines).get(page_of(in_review, "bid-dossier-status", made.pk)).text
    assert ("<progress" in fragment, "<html" in fragment) == (True, False)
    ask(at(ministry.ines), in_review)
    assert Dossier.objects.filter(bid=in_review, language=Language.FR).count() == 1


def test_a_letter_that_changed_on_disk_is_told_before_anything_is_made(
    at: At, in_review: Bid, ministry: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = sentence("The file of “Letter of X” is missing.")
    found = (Finding("letter", "block", None, words, "documents/letter", "HOUSE"),)
    monkeypatch.setattr(preflight, "look", lambda *_: found)
    client = at(ministry.ines)
    assert ask(client, in_review).headers["Location"] == page_of(in_review, "bid-dossiers")
    assert "The file of “Letter of X” is missing." in client.get(page_of(in_review, "bid-dossiers")).text
    assert not Dossier.objects.filter(bid=in_review, language=Language.FR).exists()


def test_a_kind_or_language_that_is_none_is_refused(at: At, in_review: Bid, clara: User) -> None:
    for typed in HOSTILE:
        for sent in ({"kind": typed}, {"language": typed}, {"kind": "draft"}, {"kind": "decision"}):
            answer = ask(at(clara), in_review, **sent)
            assert (answer.status_code, "aria-invalid" in answer.text) == (200, True)
        assert Dossier.objects.filter(bid=in_review).exclude(kind=DossierKind.RECEIPT).count() == 1


def test_an_approver_asks_what_changed_once_there_is_a_round_before(
    at: At, in_review: Bid, ministry: SimpleNamespace, clara: User
) -> None:
    assert "Select a valid choice" in ask(at(clara), in_review, "difference").text
    factories.a_snapshot(in_review, clara)
    assert ask(at(ministry.dora), in_review, "difference").status_code == 302
    made = Dossier.objects.get(bid=in_review, kind=DossierKind.DIFFERENCE)
    assert (made.snapshot.round, made.is_draft) == (2, False)  # type: ignore[union-attr]
    assert (
        "Difference from the round before, round 2, French"
        in at(ministry.dora).get(page_of(in_review, "bid-dossiers")).text
    )


def test_a_draft_of_the_consortium_stays_with_it(at: At, in_review: Bid, clara: User) -> None:
    picture = factories.a_picture(in_review)
    files.keep("ef" * 32, PDF)
    draft = Dossier.objects.create(
        bid=in_review, kind=DossierKind.DIFFERENCE, language=Language.NL, source_digest=picture.sha256,
        picture=picture, state=JobState.DONE, file_sha256="ef" * 32, template_version="x",
    )  # fmt: skip
    assert (
        page_of(in_review, "bid-dossier-status", draft.pk) not in at(clara).get(page_of(in_review, "bid-dossiers")).text
    )
    for name in ("bid-dossier-status", "bid-dossier-download"):
        assert at(clara).get(page_of(in_review, name, draft.pk)).status_code == 404


def test_the_review_dossier_is_built_by_the_case_manager(at: At, judged: Bid, ministry: SimpleNamespace) -> None:
    refused = ask(at(ministry.leo), judged, "review")
    assert (refused.status_code, "Select a valid choice" in refused.text) == (200, True)
    assert ask(at(ministry.clara), judged, "review").status_code == 302
    assert Dossier.objects.get(bid=judged, kind=DossierKind.REVIEW).created_by == ministry.clara


def test_an_auditor_downloads_and_asks_for_nothing(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    made = a_made(in_review)
    answer = at(ministry.otto).get(page_of(in_review, "bid-dossier-download", made.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="BE-SOUND-submission-1-nl.pdf"'
    assert "Ask for a dossier" not in at(ministry.otto).get(page_of(in_review, "bid-dossiers")).text
    refused = ask(at(ministry.otto), in_review)
    assert (refused.status_code, "You can read here, but not write." in refused.text) == (403, True)


def test_the_review_dossier_is_hidden_from_a_reviewer_who_has_not_sent(
    at: At, in_review: Bid, ministry: SimpleNamespace
) -> None:
    """It holds what the others said."""
    made = a_made(in_review, DossierKind.REVIEW)
    assert "Review dossier" not in at(ministry.rik).get(page_of(in_review, "bid-dossiers")).text
    for name in ("bid-dossier-download", "bid-dossier-status"):
        assert at(ministry.rik).get(page_of(in_review, name, made.pk)).status_code in (403, 404)
        assert at(ministry.leo).get(page_of(in_review, name, made.pk)).status_code == 200


def test_a_draft_of_the_consortium_is_nobody_s_at_the_desk(at: At, in_review: Bid, clara: User) -> None:
    picture = factories.a_picture(in_review)
    made = Dossier.objects.create(
        bid=in_review, picture=picture, source_digest=picture.sha256, template_version="tests", kind=DossierKind.DRAFT,
        language=Language.EN, state=JobState.DONE, file_sha256="ab" * 32,
    )  # fmt: skip
    for name in ("bid-dossier-download", "bid-dossier-status"):
        assert at(clara).get(page_of(in_review, name, made.pk)).status_code == 404


def test_a_dossier_that_is_not_finished_or_of_another_bid_is_not_there(
    at: At, in_review: Bid, foreign_bid: Bid, clara: User
) -> None:
    unfinished = Dossier.objects.get(bid=in_review, kind=DossierKind.SUBMISSION)
    factories.a_snapshot(foreign_bid, clara)
    foreign = a_made(foreign_bid)
    for number in (unfinished.pk, foreign.pk, 999999, 10**30):
        address = page_of(in_review, "bid-dossiers") + f"{number}/"
        assert at(clara).get(address).status_code == 404


def test_a_failed_dossier_is_made_again_by_the_case_manager(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    failed = Dossier.objects.get(bid=in_review, kind=DossierKind.SUBMISSION)
    Dossier.objects.filter(pk=failed.pk).update(state=JobState.FAILED, attempt=3)
    again = page_of(in_review, "bid-dossier-retry", failed.pk)
    assert again not in at(ministry.leo).get(page_of(in_review, "bid-dossiers")).text
    for user in (ministry.leo, ministry.otto):
        refused = at(user).post(again)
        assert (refused.status_code, "The case manager can have this dossier made again." in refused.text) == (
            403,
            True,
        )
    assert again in at(ministry.clara).get(page_of(in_review, "bid-dossiers")).text
    assert at(ministry.clara).post(again).status_code == 302
    failed.refresh_from_db()
    assert failed.state == JobState.QUEUED
    assert BidEvent.objects.filter(name="dossier_retried").count() == 1
    assert at(ministry.clara).get(again).status_code == 405


def test_before_the_bid_is_taken_in_reviewers_have_no_dossier(at: At, staffed: Bid, ministry: SimpleNamespace) -> None:
    assert at(ministry.rik).get(page_of(staffed, "bid-dossiers")).status_code == 403
    assert at(ministry.clara).get(page_of(staffed, "bid-dossiers")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_dossiers_cost_the_same_for_one_and_for_three(
    at: At, ada: User, clara: User, bid: Bid, django_assert_num_queries: Callable[..., Any], moved_to: Any, rows: int
) -> None:
    frozen = factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.IN_REVIEW)
    for language in list(Language)[:rows]:
        factories.a_seal(factories.a_dossier(frozen, language=language))
    client = at(clara)
    with django_assert_num_queries(QUESTIONS):
        page = client.get(page_of(bid, "bid-dossiers")).text
    assert page.count('class="job"') == rows


def test_the_page_of_the_consortium_is_no_way_around_the_desk(
    at: At, in_review: Bid, ministry: SimpleNamespace
) -> None:
    made = a_made(in_review, DossierKind.REVIEW)
    answer = at(ministry.rik).get(f"/bids/{in_review.reference}/dossiers/{made.pk}/", follow=True)
    assert answer.redirect_chain == [(page_of(in_review, "bid-dossier-download", made.pk), 302)]
    assert answer.status_code == 403  # the own review is not sent yet
    assert at(ministry.clara).get(f"/bids/{in_review.reference}/dossiers/{made.pk}/", follow=True).status_code == 200

"""What the consortium and the clock move: lock, unlock, submit, reopen, resubmit, withdraw, appeal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import Appeal
from tests.rulebook.workflow.situations import (
    ADA,
    CLARA,
    DESK_CLOSES,
    DORA,
    NOW,
    blocking,
    by,
    by_clock,
    lands,
    saying,
    why,
)

DRAFT, LOCKED, SUBMITTED, IN_REVIEW = BidState.DRAFT, BidState.LOCKED, BidState.SUBMITTED, BidState.IN_REVIEW
CHANGES_REQUESTED = BidState.CHANGES_REQUESTED
A_MOMENT = timedelta(microseconds=1)
NOT_CHECKED = "This has not been checked yet. Reload the page and try again."
UNCONFIRMED = "These partners have not confirmed their card and figures: Imec, Cenaero."


def test_a_confirmed_bid_without_blocking_findings_is_locked() -> None:
    assert lands("lock", DRAFT, by(ADA)) is LOCKED
    assert why("lock", DRAFT, by(CLARA)) == ["Your role does not allow this. It is for: Coordinator."]


NOT_READY: list[tuple[dict[str, Any], str]] = [
    ({"unconfirmed": ("Imec", "Cenaero")}, UNCONFIRMED),
    ({"unconfirmed": None}, NOT_CHECKED),
    ({"findings": None}, NOT_CHECKED),
    ({"findings": (blocking("C41", "submit"),)}, "C41 is not met."),
    (
        {"findings": (blocking("C01", "submit"), blocking("C41", "submit"))},
        "2 findings block this step. The first one: C01 is not met.",
    ),
]


@pytest.mark.parametrize(("flaw", "reason"), NOT_READY)
@pytest.mark.parametrize(("move", "state"), [("lock", DRAFT), ("submit", LOCKED), ("resubmit", CHANGES_REQUESTED)])
def test_a_bid_that_is_not_ready_stays(move: str, state: BidState, flaw: dict[str, Any], reason: str) -> None:
    assert why(move, state, by(ADA, **flaw)) == [reason]


def test_findings_of_later_gates_do_not_stop_a_submission() -> None:
    later = (blocking("C07", "approve"), blocking("C16", "recommend"), blocking("C13", "file"))
    assert lands("submit", LOCKED, by(ADA, findings=later)) is SUBMITTED


def test_unlocking_and_reopening_end_when_the_desk_closes() -> None:
    assert lands("unlock", LOCKED, by(ADA)) is DRAFT
    assert lands("reopen", SUBMITTED, by(ADA)) is DRAFT
    for move, state in (("unlock", LOCKED), ("reopen", SUBMITTED)):
        assert lands(move, state, by(ADA, now=DESK_CLOSES - A_MOMENT)) is DRAFT
        (reason,) = why(move, state, by(ADA, now=DESK_CLOSES))
        assert reason.startswith("Received at ")
        assert lands(move, state, by(ADA, desk_closes=None)) is DRAFT
        assert why(move, state, by(ADA, now=None)) == [NOT_CHECKED]


def test_reopening_ends_when_the_file_is_taken_in() -> None:
    assert why("reopen", IN_REVIEW, by(ADA)) == [
        "The bid's state is “In review”. This can be done in: Submitted to the desk."
    ]


def test_what_counts_is_when_the_request_was_received() -> None:
    waited = by(ADA, now=DESK_CLOSES + timedelta(seconds=9), received_at=DESK_CLOSES - A_MOMENT)
    assert lands("submit", LOCKED, waited) is SUBMITTED
    late = by(ADA, now=NOW, received_at=DESK_CLOSES)
    (reason,) = why("submit", LOCKED, late)
    assert reason.startswith("Received at 2026-03-12 12:00:00")


@pytest.mark.parametrize("seen", [6, 8, None])
@pytest.mark.parametrize(("move", "state"), [("submit", LOCKED), ("resubmit", CHANGES_REQUESTED)])
def test_only_the_version_that_was_seen_is_submitted(move: str, state: BidState, seen: int | None) -> None:
    stale = ["The bid has changed since you opened this page. Look at it again, then repeat."]
    assert why(move, state, saying(ADA, revision_seen=seen)) == stale
    assert why(move, state, by(ADA, revision=None)) == stale


def test_a_reopened_bid_returns_to_its_valid_round_when_the_desk_closes() -> None:
    for state in (DRAFT, LOCKED):
        assert lands("reopen_expired", state, by_clock(now=DESK_CLOSES)) is SUBMITTED
        assert why("reopen_expired", state, by_clock(now=DESK_CLOSES - A_MOMENT)) == ["The desk has not closed yet."]
        assert why("reopen_expired", state, by_clock(now=DESK_CLOSES, desk_closes=None)) == [
            "The desk has not closed yet."
        ]
        assert why("reopen_expired", state, by_clock(now=None)) == ["The desk has not closed yet."]
        assert why("reopen_expired", state, by_clock(now=DESK_CLOSES, round=0)) == [
            "This bid has not been submitted yet."
        ]


def test_changes_come_before_their_due_date() -> None:
    due = NOW + timedelta(days=3)
    assert lands("resubmit", CHANGES_REQUESTED, by(ADA, now=due - A_MOMENT)) is IN_REVIEW
    (reason,) = why("resubmit", CHANGES_REQUESTED, by(ADA, now=due))
    assert "the changes were due by" in reason
    assert why("resubmit", CHANGES_REQUESTED, by(ADA, changes_due=None)) == [NOT_CHECKED]


def test_the_desk_may_be_closed_while_changes_are_made() -> None:
    assert lands("resubmit", CHANGES_REQUESTED, by(ADA, desk_closes=NOW - timedelta(days=1))) is IN_REVIEW


def test_overdue_changes_return_to_review_by_the_clock() -> None:
    due = NOW + timedelta(days=3)
    assert lands("changes_due_passed", CHANGES_REQUESTED, by_clock(now=due)) is IN_REVIEW
    not_yet = ["The due date of the changes lies ahead."]
    assert why("changes_due_passed", CHANGES_REQUESTED, by_clock(now=due - A_MOMENT)) == not_yet
    assert why("changes_due_passed", CHANGES_REQUESTED, by_clock(changes_due=None)) == not_yet


def test_only_opened_sections_may_have_changed() -> None:
    changed = frozenset({"budget/L1", "risks/r1", "bid"})
    assert why("resubmit", CHANGES_REQUESTED, by(ADA, changed_sections=changed)) == [
        "These sections changed although they were not opened: bid, risks/r1."
    ]
    assert why("resubmit", CHANGES_REQUESTED, by(ADA, changed_sections=None)) == [NOT_CHECKED]
    assert lands("resubmit", CHANGES_REQUESTED, by(ADA, changed_sections=frozenset())) is IN_REVIEW


@pytest.mark.parametrize("actor", [ADA, DORA])
@pytest.mark.parametrize("state", [SUBMITTED, IN_REVIEW, CHANGES_REQUESTED, BidState.RECOMMENDED, BidState.APPROVED])
def test_a_bid_is_withdrawn_with_a_reason(actor: Any, state: BidState) -> None:
    assert lands("withdraw", state, by(actor)) is BidState.WITHDRAWN
    assert why("withdraw", state, saying(actor, note=" \n")) == ["Give the reason."]


@pytest.mark.parametrize("state", [DRAFT, LOCKED, BidState.FILED, BidState.SELECTED, BidState.WITHDRAWN])
def test_elsewhere_nothing_is_withdrawn(state: BidState) -> None:
    assert len(why("withdraw", state, by(ADA))) == 1


@pytest.mark.parametrize("state", [BidState.REJECTED, BidState.INADMISSIBLE])
def test_an_appeal_is_lodged_once_in_time_and_with_reasons(state: BidState) -> None:
    assert lands("lodge_appeal", state, by(ADA)) is state
    assert why("lodge_appeal", state, by(ADA, appeal=Appeal())) == [
        "An appeal against this decision has been lodged already."
    ]
    assert why("lodge_appeal", state, by(ADA, appeal=Appeal(is_decided=True)))
    assert why("lodge_appeal", state, saying(ADA, note="")) == ["Give the reason."]
    (reason,) = why("lodge_appeal", state, by(ADA, now=NOW + timedelta(days=10)))
    assert reason.startswith("An appeal could be lodged until")

"""What the case manager moves: take in, request changes, recommend, file, record, propose."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.readiness import OpinionGiven
from bids.rulebook.vocabulary import BidState, OpinionVerdict, Role
from bids.rulebook.workflow import Assignee, Ground
from bids.rulebook.workflow.states import UNION_OUTCOMES
from tests.rulebook.workflow.situations import (
    ADA,
    CLARA,
    CUTOFF,
    DESK_CLOSES,
    DORA,
    NOW,
    blocking,
    by,
    lands,
    saying,
    well,
    why,
)

SUBMITTED, IN_REVIEW, RECOMMENDED = BidState.SUBMITTED, BidState.IN_REVIEW, BidState.RECOMMENDED
APPROVED, FILED, DRAFT = BidState.APPROVED, BidState.FILED, BidState.DRAFT
NOT_CHECKED = "This has not been checked yet. Reload the page and try again."
NO_LAWYER, NO_INSPECTOR = "Assign a legal reviewer first.", "Assign an Inspector of Finance first."


def reviewers(ready: int) -> str:
    return f"Two reviewers without a conflict of interest are needed; so far {ready} declared that."


def test_a_bid_is_taken_in_any_time_after_it_was_submitted() -> None:
    assert lands("take_in", SUBMITTED, by(CLARA)) is IN_REVIEW
    assert lands("take_in", SUBMITTED, by(CLARA, now=DESK_CLOSES)) is IN_REVIEW


def test_in_a_competitive_call_only_once_the_desk_has_closed() -> None:
    early = by(CLARA, competitive=True)
    assert why("take_in", SUBMITTED, early) == ["In a competitive call bids are taken in once the desk has closed."]
    assert lands("take_in", SUBMITTED, replace(early, now=DESK_CLOSES)) is IN_REVIEW
    assert why("take_in", SUBMITTED, replace(early, desk_closes=None))


lawyer, inspector = Assignee(13, Role.LEGAL_REVIEWER), Assignee(14, Role.FINANCE_INSPECTOR)


@pytest.mark.parametrize(
    ("declared", "ready"),
    [((), 0), (("none",), 1), (("none", None), 1), (("none", "conflict"), 1)],
)
def test_two_reviewers_have_to_declare_no_conflict(declared: tuple[str | None, ...], ready: int) -> None:
    people = tuple(Assignee(20 + place, Role.REVIEWER, coi) for place, coi in enumerate(declared))
    assert why("take_in", SUBMITTED, by(CLARA, assignees=(*people, lawyer, inspector))) == [reviewers(ready)]


def test_one_reviewer_assigned_twice_is_one() -> None:
    twice = (Assignee(11, Role.REVIEWER, "none"),) * 2
    assert why("take_in", SUBMITTED, by(CLARA, assignees=(*twice, lawyer, inspector))) == [reviewers(1)]


def test_the_givers_of_required_opinions_have_to_be_assigned() -> None:
    people = well.assignees[:2]
    assert why("take_in", SUBMITTED, by(CLARA, assignees=people)) == [NO_LAWYER, NO_INSPECTOR]
    conflicted = (replace(lawyer, coi="conflict"), replace(inspector, coi="conflict"))
    assert why("take_in", SUBMITTED, by(CLARA, assignees=(*people, *conflicted))) == [NO_LAWYER, NO_INSPECTOR]
    assert why("take_in", SUBMITTED, by(CLARA, assignees=people, required_opinions=("legal",))) == [NO_LAWYER]
    assert lands("take_in", SUBMITTED, by(CLARA, assignees=people, required_opinions=())) is IN_REVIEW


@pytest.mark.parametrize(("state", "actor"), [(IN_REVIEW, CLARA), (RECOMMENDED, DORA)])
def test_changes_are_requested_for_named_sections_and_a_date(state: BidState, actor: Any) -> None:
    assert lands("request_changes", state, by(actor)) is BidState.CHANGES_REQUESTED
    assert why("request_changes", state, saying(actor, sections=())) == ["Name the sections that open for changes."]
    assert why("request_changes", state, saying(actor, due=None)) == ["Say until when the changes are due."]
    assert why("request_changes", state, saying(actor, due=NOW)) == ["The due date has to lie ahead."]
    assert why("request_changes", state, saying(actor, note="")) == ["Give the reason."]
    assert why("request_changes", state, by(actor, now=None)) == [NOT_CHECKED]


def test_changes_are_due_two_working_days_before_the_cutoff() -> None:
    latest = datetime(2026, 4, 27, 17, 0, tzinfo=BRUSSELS)  # Monday; the cut-off is on Wednesday
    assert lands("request_changes", IN_REVIEW, saying(CLARA, due=latest)) is BidState.CHANGES_REQUESTED
    (reason,) = why("request_changes", IN_REVIEW, saying(CLARA, due=latest + timedelta(seconds=1)))
    assert reason == ("Changes are due at least two working days before the cut-off: by 2026-04-27 17:00:00+02:00.")
    open_end = replace(saying(CLARA, due=latest + timedelta(days=900)), cutoff=None)
    assert lands("request_changes", IN_REVIEW, open_end) is BidState.CHANGES_REQUESTED


def test_a_bid_is_recommended_when_reviews_and_opinions_are_there() -> None:
    assert lands("recommend", IN_REVIEW, by(CLARA)) is RECOMMENDED


@pytest.mark.parametrize("flaw", [{"is_sent": False}, {"round": 2}, {"reviewer_id": 99}])
def test_every_review_of_the_newest_round_has_to_be_sent(flaw: dict[str, Any]) -> None:
    assert well.reviews is not None
    reviews = (well.reviews[0], replace(well.reviews[1], **flaw))
    assert why("recommend", IN_REVIEW, by(CLARA, reviews=reviews)) == [
        "1 of 2 reviews of the newest round has not been sent."
    ]


def test_reviews_are_expected_of_reviewers_without_conflict_only() -> None:
    third = Assignee(15, Role.REVIEWER, "conflict")
    assert lands("recommend", IN_REVIEW, by(CLARA, assignees=(*well.assignees, third))) is RECOMMENDED
    silent = Assignee(15, Role.REVIEWER)
    assert why("recommend", IN_REVIEW, by(CLARA, assignees=(*well.assignees, silent)))
    assert why("recommend", IN_REVIEW, by(CLARA, assignees=())) == ["No reviewer is assigned to this bid."]
    assert why("recommend", IN_REVIEW, by(CLARA, reviews=None)) == [NOT_CHECKED]


def opinion(kind: str = "finance", **given: Any) -> OpinionGiven:
    plain: dict[str, Any] = {"verdict": OpinionVerdict.FAVOURABLE, "has_lapsed": False}
    return OpinionGiven(kind=kind, **plain | given)


def test_every_required_opinion_has_to_be_given_and_fresh() -> None:
    legal = opinion("legal")
    assert why("recommend", IN_REVIEW, by(CLARA, opinions=(legal,))) == [
        "Opinion of the Inspector of Finance has not been given."
    ]
    assert why("recommend", IN_REVIEW, by(CLARA, opinions=(legal, opinion(has_lapsed=True)))) == [
        "Opinion of the Inspector of Finance has lapsed, because what it read has changed."
    ]
    assert why("recommend", IN_REVIEW, by(CLARA, opinions=None)) == [NOT_CHECKED]
    assert lands("recommend", IN_REVIEW, by(CLARA, opinions=(legal,), required_opinions=("legal",))) is RECOMMENDED
    (reason,) = why("recommend", IN_REVIEW, by(CLARA, required_opinions=("privacy",)))
    assert reason == "privacy has not been given."


def test_not_competent_counts_as_given() -> None:
    opinions = (opinion("legal", verdict=OpinionVerdict.NOT_COMPETENT), opinion())
    assert lands("recommend", IN_REVIEW, by(CLARA, opinions=opinions)) is RECOMMENDED


@pytest.mark.parametrize("verdict", [OpinionVerdict.RESERVED, OpinionVerdict.UNFAVOURABLE])
def test_a_reserved_opinion_is_answered_by_a_recorded_decision(verdict: OpinionVerdict) -> None:
    against = opinion(verdict=verdict)
    (reason,) = why("recommend", IN_REVIEW, by(CLARA, opinions=(opinion("legal"), against)))
    assert reason == (
        f"Opinion of the Inspector of Finance: {verdict.label}. Record the decision that answers it, with its document."
    )
    answered = replace(against, is_answered=True)
    assert lands("recommend", IN_REVIEW, by(CLARA, opinions=(opinion("legal"), answered))) is RECOMMENDED


def test_findings_at_the_gate_stop_the_recommendation() -> None:
    assert why("recommend", IN_REVIEW, by(CLARA, findings=(blocking("C16", "recommend"),))) == ["C16 is not met."]
    assert why("recommend", IN_REVIEW, by(CLARA, findings=None)) == [NOT_CHECKED]


def test_a_signature_is_recorded_for_a_commitment_of_the_file() -> None:
    for state in (SUBMITTED, IN_REVIEW, RECOMMENDED, APPROVED):
        assert lands("record_signature", state, by(CLARA)) is state
    assert why("record_signature", SUBMITTED, saying(CLARA, commitment="c9")) == [
        "Choose a commitment of the submitted version."
    ]
    assert why("record_signature", SUBMITTED, saying(CLARA, has_document=False)) == ["Upload the document first."]


def test_a_filing_in_time_is_one_persons_record() -> None:
    assert lands("file", APPROVED, by(CLARA)) is FILED
    assert why("file", APPROVED, by(DORA)) == ["This has to be proposed by a colleague first; you can then confirm it."]
    assert lands("file", APPROVED, saying(CLARA, receipt_at=CUTOFF - timedelta(microseconds=1))) is FILED
    assert lands("file", APPROVED, replace(saying(CLARA, receipt_at=CUTOFF), cutoff=None)) is FILED


def test_a_late_filing_takes_an_incident_and_two_persons() -> None:
    late = saying(CLARA, receipt_at=CUTOFF)
    (reason,) = why("file", APPROVED, late)
    assert reason.startswith("The receipt is later than the cut-off")
    recorded = saying(CLARA, receipt_at=CUTOFF, incident="The portal was down.")
    assert lands("file", APPROVED, recorded) is APPROVED
    confirmed = replace(recorded, actor=DORA, proposed_by=CLARA.user_id)
    assert lands("file", APPROVED, confirmed) is FILED
    assert why("file", APPROVED, replace(recorded, proposed_by=CLARA.user_id)) == [
        "Another person has to confirm this."
    ]
    assert why("file", APPROVED, replace(confirmed, proposed_by=DORA.user_id)) == [
        "You proposed this yourself: another person has to confirm it."
    ]


def test_what_is_filed_has_a_receipt_and_is_what_was_sealed() -> None:
    assert why("file", APPROVED, saying(CLARA, has_document=False)) == ["Upload the document first."]
    assert why("file", APPROVED, saying(CLARA, receipt_at=None)) == [
        "Say when the Union received the bid, as its receipt shows."
    ]
    other = saying(CLARA, filed_digest="0" * 64)
    assert why("file", APPROVED, other) == ["What was filed is not the sealed dossier. Write why it differs."]
    explained = saying(CLARA, filed_digest="0" * 64, difference="The portal merged the annexes.")
    assert lands("file", APPROVED, explained) is FILED


def test_findings_at_the_gate_stop_the_filing_but_for_the_date() -> None:
    assert lands("file", APPROVED, by(CLARA, findings=(blocking("C13", "file"),))) is FILED
    assert why("file", APPROVED, by(CLARA, findings=(blocking("C99", "file"),))) == ["C99 is not met."]


@pytest.mark.parametrize("outcome", UNION_OUTCOMES)
def test_the_decision_of_the_union_is_one_of_four(outcome: BidState) -> None:
    assert lands("record_decision", FILED, saying(CLARA, outcome=outcome)) is outcome


@pytest.mark.parametrize("outcome", [None, BidState.REJECTED, BidState.APPROVED])
def test_nothing_else_is_a_decision_of_the_union(outcome: BidState | None) -> None:
    assert why("record_decision", FILED, saying(CLARA, outcome=outcome)) == ["Say what the Union decided."]


def test_the_letter_of_the_union_is_uploaded() -> None:
    assert why("record_decision", FILED, saying(CLARA, has_document=False)) == ["Upload the document first."]


def test_inadmissible_is_proposed_by_one_and_confirmed_by_another() -> None:
    assert lands("declare_inadmissible", SUBMITTED, by(CLARA)) is SUBMITTED
    assert lands("declare_inadmissible", SUBMITTED, by(DORA, proposed_by=CLARA.user_id)) is BidState.INADMISSIBLE
    assert why("declare_inadmissible", SUBMITTED, by(DORA)) == [
        "This has to be proposed by a colleague first; you can then confirm it."
    ]
    assert why("declare_inadmissible", SUBMITTED, by(CLARA, proposed_by=9)) == [
        "You can propose this; another person has to confirm it."
    ]
    assert why("declare_inadmissible", SUBMITTED, by(DORA, proposed_by=DORA.user_id))
    assert why("declare_inadmissible", SUBMITTED, by(ADA))


def test_inadmissible_needs_a_ground_of_the_list_and_a_reason() -> None:
    (reason,) = why("declare_inadmissible", SUBMITTED, saying(CLARA, ground=None))
    assert "A clerical error is none" in reason
    assert why("declare_inadmissible", SUBMITTED, saying(CLARA, note="")) == ["Give the reason."]
    assert all("clerical" not in ground.label for ground in Ground)


def test_a_deadline_is_moved_by_two_persons() -> None:
    assert lands("move_deadline", DRAFT, by(CLARA)) is DRAFT
    assert lands("move_deadline", DRAFT, by(DORA, proposed_by=CLARA.user_id)) is DRAFT
    assert why("move_deadline", DRAFT, by(DORA))
    assert why("move_deadline", DRAFT, by(CLARA, proposed_by=9))


def test_after_the_deadline_only_an_incident_moves_it() -> None:
    closed = replace(saying(CLARA, new_closing=DESK_CLOSES + timedelta(days=2)), now=DESK_CLOSES)
    assert why("move_deadline", DRAFT, closed) == [
        "The deadline has passed. Record the incident that makes an extension necessary."
    ]
    told = replace(closed, said=replace(closed.said, incident="The desk was unreachable."))
    assert lands("move_deadline", DRAFT, told) is DRAFT


def test_a_new_deadline_lies_ahead_and_before_the_cutoff() -> None:
    assert why("move_deadline", DRAFT, saying(CLARA, new_closing=None)) == ["Say until when the desk stays open."]
    assert why("move_deadline", DRAFT, saying(CLARA, new_closing=NOW)) == ["The new date has to lie ahead."]
    (reason,) = why("move_deadline", DRAFT, saying(CLARA, new_closing=CUTOFF))
    assert reason.startswith("The new date has to lie before the cut-off")
    free = replace(saying(CLARA, new_closing=CUTOFF), cutoff=None)
    assert lands("move_deadline", DRAFT, free) is DRAFT
    told = replace(saying(CLARA, incident="x"), now=None)
    assert why("move_deadline", DRAFT, told) == [NOT_CHECKED]

"""The conditions on what the ministry does, and on appeals."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bids.rulebook.permits import About, Act, Manner, Standing, decide
from bids.rulebook.vocabulary import BidState, Role
from tests.rulebook.permits.people import (
    ADA,
    BRUNO,
    DUE,
    NOW,
    REJECTED,
    A,
    D,
    M,
    R,
    S,
    ada,
    administrator,
    approver,
    auditor,
    code,
    inspector,
    lawyer,
    manager,
    reviewer,
)


@pytest.mark.parametrize("manner", [Manner.PROPOSE, Manner.CONFIRM])
def test_the_ministry_only_replaces_a_lost_coordinator(manner: Manner) -> None:
    lost = {"manner": manner, "proposed_by": BRUNO, "coordinator_is_lost": True}
    assert code(Act.MANAGE_PEOPLE, manager, S, role_given=Role.COORDINATOR, **lost) == "allowed"
    assert code(Act.MANAGE_PEOPLE, manager, S, role_given=Role.VIEWER, **lost) == "replaces_a_lost_coordinator"
    lost["coordinator_is_lost"] = False
    assert code(Act.MANAGE_PEOPLE, manager, S, role_given=Role.COORDINATOR, **lost) == "replaces_a_lost_coordinator"
    assert code(Act.MANAGE_PEOPLE, manager, S, role_given=Role.COORDINATOR, coordinator_is_lost=True) == "manner"


@pytest.mark.parametrize("who", [reviewer, inspector, lawyer])
@pytest.mark.parametrize("act", [Act.SEE_BID, Act.READ_SNAPSHOT, Act.DECLARE_INTEREST, Act.LIST_BIDS])
def test_advisers_see_only_what_they_are_assigned_to(act: Act, who: Standing) -> None:
    assert code(act, replace(who, assigned=False), R) == "is_assigned"
    assert code(act, who, R) == "allowed"


@pytest.mark.parametrize("who", [reviewer, inspector, lawyer, approver])
def test_without_a_declaration_only_title_and_parties_are_seen(who: Standing) -> None:
    silent = replace(who, coi=None)
    assert code(Act.SEE_BID, silent, R) == "allowed"
    assert code(Act.LIST_BIDS, silent, R) == "allowed"
    assert code(Act.DECLARE_INTEREST, silent, R) == "allowed"
    assert code(Act.READ_SNAPSHOT, silent, R) == "declared_no_conflict"
    assert code(Act.DOWNLOAD_DOSSIER, silent, R) == "declared_no_conflict"


@pytest.mark.parametrize("who", [reviewer, inspector, lawyer, approver])
@pytest.mark.parametrize("act", [Act.SEE_BID, Act.LIST_BIDS, Act.DECLARE_INTEREST])
def test_a_conflict_hides_the_bid(act: Act, who: Standing) -> None:
    assert code(act, replace(who, coi="conflict"), R) == "has_no_known_conflict"
    assert code(act, replace(who, own_partner_keys=frozenset({"imec"})), R) == "has_no_known_conflict"


@pytest.mark.parametrize("who", [reviewer, inspector, lawyer, approver])
def test_a_conflict_closes_every_content(who: Standing) -> None:
    assert code(Act.READ_SNAPSHOT, replace(who, coi="conflict"), R) == "declared_no_conflict"
    assert code(Act.READ_SNAPSHOT, replace(who, coi="unheard of"), R) == "declared_no_conflict"
    computed = replace(who, own_partner_keys=frozenset({"imec"}))
    assert code(Act.READ_SNAPSHOT, computed, R) == "declared_no_conflict"


def test_a_reviewer_reads_the_others_after_sending_the_own_review() -> None:
    assert code(Act.READ_REVIEWS, reviewer, R) == "own_review_is_sent"
    assert code(Act.READ_REVIEWS, reviewer, R, own_review_sent=True) == "allowed"
    assert code(Act.READ_REVIEWS, inspector, R) == "allowed"


def test_each_opinion_has_its_own_author() -> None:
    assert code(Act.WRITE_OPINION, inspector, R, opinion="finance") == "allowed"
    assert code(Act.WRITE_OPINION, inspector, R, opinion="legal") == "opinion_is_financial"
    assert code(Act.WRITE_OPINION, lawyer, R, opinion="legal") == "allowed"
    assert code(Act.WRITE_OPINION, lawyer, R, opinion="finance") == "opinion_is_legal"
    assert code(Act.WRITE_OPINION, lawyer, R) == "opinion_is_legal"


@pytest.mark.parametrize("step", ["reviewed", "recommended", "proposed"])
def test_who_took_part_before_does_not_decide(step: str) -> None:
    assert code(Act.DECIDE_BID, approver, M, took_part=frozenset({step})) == "took_no_part_before"
    assert code(Act.DECIDE_APPEAL, approver, REJECTED, took_part=frozenset({step})) == "decided_nothing_before"


def test_what_somebody_did_before_must_be_known() -> None:
    assert code(Act.DECIDE_BID, approver, M) == "took_no_part_before"
    assert code(Act.DECIDE_BID, approver, M, took_part=frozenset()) == "allowed"
    assert code(Act.DECIDE_APPEAL, approver, REJECTED) == "decided_nothing_before"


def test_an_appeal_is_not_decided_by_a_first_decider() -> None:
    assert code(Act.DECIDE_APPEAL, approver, REJECTED, took_part=frozenset({"decided"})) == "decided_nothing_before"
    assert code(Act.DECIDE_BID, approver, M, took_part=frozenset({"decided"})) == "allowed"


TWO_PERSONS = [
    (Act.DECLARE_INADMISSIBLE, approver, S),
    (Act.MOVE_CALL_DEADLINE, approver, None),
    (Act.MOVE_BID_DEADLINE, approver, D),
    (Act.FILE_BID, approver, A),
    (Act.EDIT_CALL, approver, None),
    (Act.MANAGE_ACCOUNTS, administrator, None),
    (Act.BREAK_GLASS, auditor, R),
]


@pytest.mark.parametrize(("act", "who", "state"), TWO_PERSONS)
def test_what_one_proposes_another_confirms(act: Act, who: Standing, state: BidState | None) -> None:
    particulars: dict[str, Any] = {"now": NOW, "is_late": True, "subject_id": 9, "manner": Manner.CONFIRM}
    assert code(act, who, state, proposed_by=BRUNO, **particulars) == "allowed"
    assert code(act, who, state, proposed_by=ADA, **particulars) == "another_person_proposed"
    assert code(act, who, state, **particulars) == "another_person_proposed"
    assert code(act, who, state, **particulars | {"manner": Manner.DO}) == "manner"


PROPOSALS = [
    (Act.DECLARE_INADMISSIBLE, manager, S),
    (Act.MOVE_CALL_DEADLINE, manager, None),
    (Act.MOVE_BID_DEADLINE, manager, D),
    (Act.EDIT_CALL, manager, None),
    (Act.MANAGE_ACCOUNTS, manager, None),
    (Act.REQUEST_CHANGES, reviewer, R),
    (Act.REQUEST_CHANGES, inspector, R),
]


@pytest.mark.parametrize(("act", "who", "state"), PROPOSALS)
def test_who_may_only_propose_does_not_act_alone(act: Act, who: Standing, state: BidState | None) -> None:
    particulars: dict[str, Any] = {"now": NOW, "subject_id": 9, "proposed_by": BRUNO}
    assert code(act, who, state, manner=Manner.PROPOSE, **particulars) == "allowed"
    assert code(act, who, state, manner=Manner.DO, **particulars) == "manner"
    assert code(act, who, state, manner=Manner.CONFIRM, **particulars) == "manner"


@pytest.mark.parametrize("act", [Act.MOVE_CALL_DEADLINE, Act.MOVE_BID_DEADLINE])
def test_a_deadline_that_has_passed_moves_only_with_an_incident(act: Act) -> None:
    refused = "deadline_is_ahead_or_an_incident_recorded"
    asked: dict[str, Any] = {"manner": Manner.PROPOSE, "desk_closes": NOW}
    assert code(act, manager, D, now=NOW - timedelta(seconds=1), **asked) == "allowed"
    assert code(act, manager, D, now=NOW, **asked) == refused
    assert code(act, manager, D, **asked) == refused
    assert code(act, manager, D, now=NOW, incident="INC-7", **asked) == "allowed"


def test_an_approver_confirms_late_filings_only() -> None:
    confirming: dict[str, Any] = {"manner": Manner.CONFIRM, "proposed_by": BRUNO}
    assert code(Act.FILE_BID, approver, A, is_late=True, **confirming) == "allowed"
    assert code(Act.FILE_BID, approver, A, **confirming) == "filing_is_late"


@pytest.mark.parametrize("state", [BidState.INADMISSIBLE, BidState.WITHDRAWN])
def test_without_a_decision_there_is_nothing_to_publish(state: BidState) -> None:
    assert code(Act.PUBLISH_DECISION, manager, state) == "decision_was_taken"


@pytest.mark.parametrize("state", [BidState.SELECTED, BidState.WITHDRAWN, BidState.NOT_SELECTED])
def test_only_a_rejection_can_be_appealed(state: BidState) -> None:
    assert code(Act.LODGE_APPEAL, ada, state, now=NOW, appeal_closes=DUE) == "decision_can_be_appealed"
    assert code(Act.DECIDE_APPEAL, approver, state, took_part=frozenset()) == "decision_can_be_appealed"


def test_an_appeal_has_its_time() -> None:
    assert code(Act.LODGE_APPEAL, ada, REJECTED, now=DUE - timedelta(seconds=1), appeal_closes=DUE) == "allowed"
    assert code(Act.LODGE_APPEAL, ada, REJECTED, now=DUE, appeal_closes=DUE) == "appeal_is_in_time"
    assert code(Act.LODGE_APPEAL, ada, REJECTED, appeal_closes=DUE) == "appeal_is_in_time"
    assert code(Act.LODGE_APPEAL, ada, REJECTED, now=NOW) == "appeal_is_in_time"


def test_the_decision_is_under_embargo_until_published() -> None:
    asked = Act.READ_REVIEW_DOSSIER
    assert code(asked, ada, A, dossier="decision") == "is_the_published_decision"
    assert code(asked, ada, A, dossier="decision", is_published=True) == "allowed"
    assert code(asked, ada, A, dossier="review", is_published=True) == "is_the_published_decision"
    assert code(asked, reviewer, A, dossier="review") == "allowed"


def test_each_side_reads_its_own_trail() -> None:
    mine = decide(Act.READ_AUDIT, ada, R, About())
    assert (mine.allowed, mine.scope) == (True, "own_side")
    assert code(Act.READ_AUDIT, ada, R, entries="own_side") == "allowed"
    assert code(Act.READ_AUDIT, ada, R, entries="ministry") == "entries_are_of_the_own_side"
    assert code(Act.READ_AUDIT, administrator, None) == "entries_are_technical"
    assert decide(Act.READ_AUDIT, administrator, None, About(entries="technical")).scope == "technical"
    assert decide(Act.READ_AUDIT, auditor, R).scope == ""


def test_nobody_changes_the_own_account() -> None:
    asked: dict[str, Any] = {"manner": Manner.CONFIRM, "proposed_by": BRUNO}
    assert code(Act.MANAGE_ACCOUNTS, administrator, None, subject_id=ADA, **asked) == "is_not_about_oneself"
    assert code(Act.MANAGE_ACCOUNTS, administrator, None, **asked) == "is_not_about_oneself"


@pytest.mark.parametrize(
    ("since", "by", "answer"),
    [
        (timedelta(0), BRUNO, "allowed"),
        (timedelta(minutes=59), BRUNO, "allowed"),
        (timedelta(hours=1), BRUNO, "an_auditor_cosigned_within_the_hour"),
        (timedelta(seconds=-1), BRUNO, "an_auditor_cosigned_within_the_hour"),
        (timedelta(minutes=5), ADA, "an_auditor_cosigned_within_the_hour"),
        (timedelta(minutes=5), None, "an_auditor_cosigned_within_the_hour"),
    ],
)
def test_an_emergency_reading_lasts_an_hour_and_needs_an_auditor(since: timedelta, by: int | None, answer: str) -> None:
    assert code(Act.BREAK_GLASS, administrator, R, now=NOW, cosigned_at=NOW - since, cosigned_by=by) == answer


def test_an_emergency_reading_needs_a_known_hour() -> None:
    refused = "an_auditor_cosigned_within_the_hour"
    assert code(Act.BREAK_GLASS, administrator, R, cosigned_at=NOW, cosigned_by=BRUNO) == refused
    assert code(Act.BREAK_GLASS, administrator, R, now=NOW, cosigned_by=BRUNO) == refused


def test_the_auditor_reads_ministry_comments_but_writes_none() -> None:
    assert code(Act.MINISTRY_COMMENT, auditor, R, manner=Manner.READ) == "allowed"
    assert code(Act.MINISTRY_COMMENT, auditor, R) == "manner"

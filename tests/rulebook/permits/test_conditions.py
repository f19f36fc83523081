"""The conditions of the permit table: each refuses what it should, with its name and a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.permits import About, Act, Manner, Standing, decide
from bids.rulebook.vocabulary import BidState, Role

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=BRUSSELS)
DUE = NOW + timedelta(days=3)
ADA, BRUNO = 1, 2

ada = Standing(ADA, frozenset({Role.COORDINATOR}), own_partner_keys=frozenset({"imec"}))
editor = Standing(
    ADA,
    frozenset({Role.PARTNER_EDITOR}),
    own_partner_keys=frozenset({"cenaero"}),
    own_sections=frozenset({"chapters/6", "sites/charleroi"}),
)
officer = Standing(ADA, frozenset({Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"cenaero"}))
reviewer = Standing(ADA, frozenset({Role.REVIEWER}), assigned=True, coi="none")
inspector = Standing(ADA, frozenset({Role.FINANCE_INSPECTOR}), assigned=True, coi="none")
lawyer = Standing(ADA, frozenset({Role.LEGAL_REVIEWER}), assigned=True, coi="none")
approver = Standing(ADA, frozenset({Role.APPROVER}), coi="none")
manager = Standing(ADA, frozenset({Role.CASE_MANAGER}))
auditor = Standing(ADA, frozenset({Role.AUDITOR}))
administrator = Standing(ADA, frozenset({Role.SYSTEM_ADMIN}))

D, K, S, R, C = (
    BidState.DRAFT,
    BidState.LOCKED,
    BidState.SUBMITTED,
    BidState.IN_REVIEW,
    BidState.CHANGES_REQUESTED,
)
M, A, F, REJECTED = BidState.RECOMMENDED, BidState.APPROVED, BidState.FILED, BidState.REJECTED


def code(act: Act, who: Standing, state: BidState | None, **about: Any) -> str:
    decision = decide(act, who, state, About(**about))
    assert decision.allowed == (decision.reason is None)
    return decision.code


@pytest.mark.parametrize(
    ("section", "answer"),
    [
        ("chapters/6", "allowed"),
        ("chapters/7", "section_is_theirs"),
        (None, "section_is_theirs"),
    ],
)
def test_an_editor_writes_only_in_sections_of_the_own_organisation(section: str | None, answer: str) -> None:
    assert code(Act.EDIT_CHAPTER, editor, D, section=section) == answer


@pytest.mark.parametrize(
    ("opened", "section", "answer"),
    [
        ({"chapters/6"}, "chapters/6", "allowed"),
        ({"chapters"}, "chapters/6", "allowed"),
        ({"chapters/6"}, "chapters/7", "section_is_open"),
        ({"chapters/6"}, "chapters", "section_is_open"),
        ({"budget"}, "chapters/6", "section_is_open"),
        (set(), "chapters/6", "section_is_open"),
    ],
)
def test_while_changes_are_requested_only_opened_sections_move(opened: set[str], section: str, answer: str) -> None:
    who = replace(ada, open_sections=frozenset(opened), changes_due=DUE)
    assert code(Act.EDIT_CHAPTER, who, C, section=section, now=NOW) == answer


@pytest.mark.parametrize(
    ("act", "opened", "partner"),
    [
        (Act.EDIT_OWN_BUDGET, "budget", "imec"),
        (Act.EDIT_PARTNER_BUDGET, "budget", "cenaero"),
        (Act.EDIT_PARTNER, "partners/imec", "imec"),
        (Act.EDIT_COMMITMENTS, "commitments", None),
        (Act.UPLOAD_DOCUMENT, "documents", None),
        (Act.REMOVE_DOCUMENT, "documents", None),
        (Act.EDIT_CHAPTER, "chapters", None),
    ],
)
def test_an_act_knows_the_section_it_is_about(act: Act, opened: str, partner: str | None) -> None:
    who = replace(ada, open_sections=frozenset({opened}), changes_due=DUE)
    assert code(act, who, C, now=NOW, partner=partner) == "allowed"
    assert code(act, replace(who, open_sections=frozenset({"risks"})), C, now=NOW, partner=partner) == "section_is_open"


def test_the_plan_has_no_section_of_its_own() -> None:
    who = replace(ada, open_sections=frozenset({"sites"}), changes_due=DUE)
    assert code(Act.EDIT_PLAN, who, C, now=NOW) == "section_is_open"
    assert code(Act.EDIT_PLAN, who, C, now=NOW, section="sites/zellik") == "allowed"


@pytest.mark.parametrize(
    ("now", "due", "answer"),
    [
        (DUE - timedelta(microseconds=1), DUE, "allowed"),
        (DUE, DUE, "section_is_open"),
        (None, DUE, "section_is_open"),
        (NOW, None, "section_is_open"),
    ],
)
def test_after_the_due_date_nothing_moves(now: datetime | None, due: datetime | None, answer: str) -> None:
    who = replace(ada, open_sections=frozenset({"chapters"}), changes_due=due)
    assert code(Act.EDIT_CHAPTER, who, C, section="chapters/1", now=now) == answer


def test_figures_are_confirmed_until_the_due_date() -> None:
    who = replace(officer, changes_due=DUE)
    assert code(Act.CONFIRM_PARTNER, who, C, partner="cenaero", now=NOW) == "allowed"
    assert code(Act.CONFIRM_PARTNER, who, C, partner="cenaero", now=DUE) == "changes_are_not_due"
    assert code(Act.CONFIRM_PARTNER, who, K, partner="cenaero") == "allowed"


@pytest.mark.parametrize("act", [Act.EDIT_OWN_BUDGET, Act.EDIT_PARTNER, Act.EXPORT_BID, Act.CONFIRM_PARTNER])
def test_a_finance_officer_keeps_to_the_own_organisation(act: Act) -> None:
    refused = "is_own_organisation"
    assert code(act, officer, D, partner="cenaero") == "allowed"
    assert code(act, officer, D, partner="imec") == refused
    assert code(act, officer, D) == refused


@pytest.mark.parametrize("act", [Act.EDIT_PARTNER_BUDGET, Act.EDIT_COMMITMENTS])
def test_only_the_finance_officer_of_the_lead_goes_further(act: Act) -> None:
    assert code(act, officer, D, partner="imec") == "is_lead_finance"
    assert code(act, replace(officer, is_lead_finance=True), D, partner="imec") == "allowed"


def test_the_coordinator_confirms_for_others_only_with_a_mandate() -> None:
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="imec") == "allowed"
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="cenaero") == "is_own_organisation_or_mandated"
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="cenaero", is_mandated=True) == "allowed"


def test_a_file_is_removed_by_its_owner_or_the_coordinator() -> None:
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=BRUNO, partner="imec") == "is_own_document"
    assert code(Act.REMOVE_DOCUMENT, officer, D) == "is_own_document"
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=ADA) == "allowed"
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=BRUNO, partner="cenaero") == "allowed"
    assert code(Act.REMOVE_DOCUMENT, ada, D, author_id=BRUNO) == "allowed"


def test_an_editor_uploads_to_own_sections_or_for_the_own_organisation() -> None:
    assert code(Act.UPLOAD_DOCUMENT, editor, D) == "section_is_theirs"
    assert code(Act.UPLOAD_DOCUMENT, editor, D, partner="cenaero") == "allowed"
    assert code(Act.UPLOAD_DOCUMENT, editor, D, section="sites/charleroi") == "allowed"


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
    assert code(Act.DECLARE_INTEREST, silent, R) == "allowed"
    assert code(Act.READ_SNAPSHOT, silent, R) == "declared_no_conflict"
    assert code(Act.DOWNLOAD_DOSSIER, silent, R) == "declared_no_conflict"


@pytest.mark.parametrize("who", [reviewer, inspector, lawyer, approver])
@pytest.mark.parametrize("act", [Act.SEE_BID, Act.DECLARE_INTEREST])
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


SOMEWHERE = [
    (Act.EDIT_CHAPTER, editor, D),
    (Act.EDIT_OWN_BUDGET, officer, D),
    (Act.CONFIRM_PARTNER, ada, D),
    (Act.CONFIRM_PARTNER, officer, D),
    (Act.REMOVE_DOCUMENT, editor, D),
    (Act.MANAGE_PEOPLE, manager, S),
    (Act.WRITE_OPINION, inspector, R),
    (Act.WRITE_OPINION, lawyer, R),
    (Act.DECIDE_BID, approver, M),
    (Act.DECLARE_INADMISSIBLE, approver, S),
    (Act.MOVE_BID_DEADLINE, manager, D),
    (Act.FILE_BID, approver, A),
    (Act.LODGE_APPEAL, ada, REJECTED),
    (Act.DECIDE_APPEAL, approver, REJECTED),
    (Act.MANAGE_ACCOUNTS, manager, None),
]


@pytest.mark.parametrize(("act", "who", "state"), SOMEWHERE)
def test_a_page_may_ask_before_the_particulars_are_known(act: Act, who: Standing, state: BidState | None) -> None:
    assert code(act, who, state, somewhere=True) == "allowed"
    assert code(act, who, state, somewhere=False) != "allowed"


def test_asking_in_general_does_not_open_what_is_closed_everywhere() -> None:
    assert code(Act.EDIT_CHAPTER, replace(editor, own_sections=frozenset(), own_partner_keys=frozenset()), D,
                somewhere=True) == "section_is_theirs"  # fmt: skip
    closed = replace(ada, changes_due=DUE)
    assert code(Act.EDIT_CHAPTER, closed, C, somewhere=True, now=NOW) == "section_is_open"
    opened = replace(closed, open_sections=frozenset({"risks"}))
    assert code(Act.EDIT_CHAPTER, opened, C, somewhere=True, now=NOW) == "allowed"
    assert code(Act.READ_REVIEW_DOSSIER, ada, A, somewhere=True) == "is_the_published_decision"
    assert code(Act.READ_REVIEW_DOSSIER, ada, A, somewhere=True, is_published=True) == "allowed"
    assert code(Act.EDIT_OWN_BUDGET, replace(officer, own_partner_keys=frozenset()), D, somewhere=True) == (
        "is_own_organisation"
    )


def test_a_token_reaches_no_further_than_its_scope_and_its_owner() -> None:
    reader = replace(ada, token_scopes=frozenset({"read"}))
    writer = replace(ada, token_scopes=frozenset({"write-draft"}))
    assert code(Act.READ_WORKING_COPY, reader, D) == "allowed"
    assert code(Act.READ_WORKING_COPY, writer, D) == "token"
    assert code(Act.EDIT_CHAPTER, writer, D) == "allowed"
    assert code(Act.EDIT_CHAPTER, writer, K) == "state"
    assert code(Act.EDIT_CHAPTER, reader, D) == "token"
    everything = replace(ada, token_scopes=frozenset({"read", "write-draft"}))
    assert code(Act.SUBMIT_BID, everything, K) == "token"
    assert code(Act.READ_WORKING_COPY, replace(ada, token_scopes=frozenset()), D) == "token"


def test_of_several_roles_the_one_that_allows_counts() -> None:
    both = Standing(ADA, frozenset({Role.VIEWER, Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"imec"}))
    assert code(Act.EDIT_OWN_BUDGET, both, D, partner="imec") == "allowed"
    whole = Standing(ADA, frozenset({Role.COORDINATOR, Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"imec"}))
    assert decide(Act.EXPORT_BID, whole, D, About(partner="cenaero")).scope == ""


def test_a_refusal_says_who_may_and_when() -> None:
    assert str(decide(Act.LOCK_BID, editor, D).reason) == "Your role does not allow this. It is for: Coordinator."
    assert str(decide(Act.LOCK_BID, ada, R).reason) == (
        "The bid's state is “In review”. This can be done in: Draft or Locked for the final check."
    )
    assert str(decide(Act.CHANGE_HISTORY, auditor, R).reason) == "Nobody may do this."
    assert str(decide(Act.EDIT_CHAPTER, ada, None).reason) == "This can only be done on a bid."
    assert str(decide(Act.DECLARE_INADMISSIBLE, approver, S).reason) == (
        "This has to be proposed by a colleague first; you can then confirm it."
    )


def test_the_refusal_nearest_to_a_yes_is_told() -> None:
    both = replace(officer, roles=frozenset({Role.FINANCE_OFFICER, Role.APPROVER}))
    assert code(Act.CONFIRM_PARTNER, both, D, partner="imec") == "is_own_organisation"
    assert code(Act.REQUEST_CHANGES, replace(reviewer, roles=frozenset({Role.REVIEWER, Role.APPROVER})), R) == "manner"

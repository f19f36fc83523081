"""The life of a bid on one page: every step, from where, by whom, on what conditions.

Who may take a step is also in the permit table; a test sees that both say the same.
"""

from __future__ import annotations

from collections.abc import Iterable

from bids.rulebook.permits import Act
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import ApprovalVerdict, BidState, Role
from bids.rulebook.workflow.guards import consortium, decision, desk
from bids.rulebook.workflow.moves import (
    Move,
    Roles,
    after_two_votes,
    as_the_appeal_ends,
    as_the_union_decided,
    confirming_what_was_late,
    once_in_time_or_confirmed,
    proposing_or_confirming,
    stays,
    to,
    when_confirmed,
)
from bids.rulebook.workflow.states import APPEALABLE, UNION_OUTCOMES

DRAFT, LOCKED, SUBMITTED, IN_REVIEW = BidState.DRAFT, BidState.LOCKED, BidState.SUBMITTED, BidState.IN_REVIEW
CHANGES_REQUESTED, RECOMMENDED = BidState.CHANGES_REQUESTED, BidState.RECOMMENDED
APPROVED, FILED, REJECTED = BidState.APPROVED, BidState.FILED, BidState.REJECTED

COORDINATOR, APPROVER, CASE_MANAGER = (
    frozenset({role}) for role in (Role.COORDINATOR, Role.APPROVER, Role.CASE_MANAGER)
)
CLOCK: Roles = frozenset()


def _from(states: Iterable[BidState], roles: Roles) -> dict[BidState, Roles]:
    return dict.fromkeys(states, roles)


_MOVES = (
    Move(
        "lock",
        gettext_noop("Lock for the final check"),
        Act.LOCK_BID,
        _from([DRAFT], COORDINATOR),
        (LOCKED,),
        to(LOCKED),
        guards=(consortium.every_partner_confirmed, consortium.nothing_blocks_submission),
    ),
    Move(
        "unlock",
        gettext_noop("Unlock"),
        Act.LOCK_BID,
        _from([LOCKED], COORDINATOR),
        (DRAFT,),
        to(DRAFT),
        guards=(consortium.desk_is_open,),
    ),
    Move(
        "submit",
        gettext_noop("Submit"),
        Act.SUBMIT_BID,
        _from([LOCKED], COORDINATOR),
        (SUBMITTED,),
        to(SUBMITTED),
        guards=(
            consortium.desk_is_open,
            consortium.every_partner_confirmed,
            consortium.nothing_blocks_submission,
        ),
        asks=(consortium.is_the_version_seen,),
    ),
    Move(
        "reopen",
        gettext_noop("Reopen"),
        Act.SUBMIT_BID,
        _from([SUBMITTED], COORDINATOR),
        (DRAFT,),
        to(DRAFT),
        guards=(consortium.desk_is_open,),
    ),
    Move(
        "reopen_expired",
        gettext_noop("Return to the submitted version when the desk closes"),
        None,
        _from([DRAFT, LOCKED], CLOCK),
        (SUBMITTED,),
        to(SUBMITTED),
        guards=(consortium.was_submitted_before, consortium.desk_has_closed),
    ),
    Move(
        "take_in",
        gettext_noop("Take in"),
        Act.TAKE_IN_BID,
        _from([SUBMITTED], CASE_MANAGER),
        (IN_REVIEW,),
        to(IN_REVIEW),
        guards=(
            desk.desk_has_closed_if_competitive,
            desk.two_reviewers_without_conflict,
            desk.legal_reviewer_is_assigned,
            desk.inspector_is_assigned,
        ),
    ),
    Move(
        "declare_inadmissible",
        gettext_noop("Declare inadmissible"),
        Act.DECLARE_INADMISSIBLE,
        _from([SUBMITTED], CASE_MANAGER | APPROVER),
        (SUBMITTED, BidState.INADMISSIBLE),
        when_confirmed(BidState.INADMISSIBLE),
        asks=(decision.ground_is_on_the_list, consortium.reason_is_given),
        manner=proposing_or_confirming,
    ),
    Move(
        "request_changes",
        gettext_noop("Request changes"),
        Act.REQUEST_CHANGES,
        _from([IN_REVIEW], CASE_MANAGER) | _from([RECOMMENDED], APPROVER),
        (CHANGES_REQUESTED,),
        to(CHANGES_REQUESTED),
        asks=(desk.sections_are_named, desk.due_date_leaves_time, consortium.reason_is_given),
    ),
    Move(
        "resubmit",
        gettext_noop("Resubmit"),
        Act.SUBMIT_BID,
        _from([CHANGES_REQUESTED], COORDINATOR),
        (IN_REVIEW,),
        to(IN_REVIEW),
        guards=(
            consortium.due_date_is_ahead,
            consortium.only_opened_sections_changed,
            consortium.every_partner_confirmed,
            consortium.nothing_blocks_submission,
        ),
        asks=(consortium.is_the_version_seen,),
    ),
    Move(
        "changes_due_passed",
        gettext_noop("Return to review when the changes are overdue"),
        None,
        _from([CHANGES_REQUESTED], CLOCK),
        (IN_REVIEW,),
        to(IN_REVIEW),
        guards=(consortium.due_date_has_passed,),
    ),
    Move(
        "record_signature",
        gettext_noop("Record a signature"),
        Act.RECORD_SIGNATURE,
        _from([SUBMITTED, IN_REVIEW, RECOMMENDED, APPROVED], CASE_MANAGER),
        (),
        stays,
        asks=(desk.commitment_is_in_the_file, desk.document_is_uploaded),
    ),
    Move(
        "recommend",
        gettext_noop("Recommend"),
        Act.RECOMMEND_BID,
        _from([IN_REVIEW], CASE_MANAGER),
        (RECOMMENDED,),
        to(RECOMMENDED),
        guards=(
            desk.all_reviews_sent,
            desk.opinions_given_and_fresh,
            desk.unfavourable_opinions_are_answered,
            desk.nothing_blocks_recommendation,
        ),
    ),
    Move(
        "approve",
        gettext_noop("Approve"),
        Act.DECIDE_BID,
        _from([RECOMMENDED], APPROVER),
        (RECOMMENDED, APPROVED, IN_REVIEW),
        after_two_votes(ApprovalVerdict.APPROVE, APPROVED),
        guards=(
            decision.is_another_approver,
            decision.commitments_are_signed,
            decision.nothing_blocks_approval,
            decision.no_alternative_takes_the_money,
        ),
        asks=(decision.is_the_newest_round,),
    ),
    Move(
        "reject",
        gettext_noop("Reject"),
        Act.DECIDE_BID,
        _from([RECOMMENDED], APPROVER),
        (RECOMMENDED, REJECTED, IN_REVIEW),
        after_two_votes(ApprovalVerdict.REJECT, REJECTED),
        guards=(decision.is_another_approver,),
        asks=(decision.is_the_newest_round, consortium.reason_is_given),
    ),
    Move(
        "file",
        gettext_noop("Record the filing with the Union"),
        Act.FILE_BID,
        _from([APPROVED], CASE_MANAGER | APPROVER),
        (APPROVED, FILED),
        once_in_time_or_confirmed(FILED),
        guards=(decision.nothing_blocks_filing,),
        asks=(
            desk.document_is_uploaded,
            decision.receipt_is_in_time_or_an_incident_recorded,
            decision.filed_is_what_was_sealed,
        ),
        manner=confirming_what_was_late,
    ),
    Move(
        "record_decision",
        gettext_noop("Record the Union's decision"),
        Act.RECORD_DECISION,
        _from([FILED], CASE_MANAGER),
        UNION_OUTCOMES,
        as_the_union_decided,
        asks=(desk.document_is_uploaded, decision.outcome_is_of_the_union),
    ),
    Move(
        "withdraw",
        gettext_noop("Withdraw"),
        Act.WITHDRAW_BID,
        _from([SUBMITTED, IN_REVIEW, CHANGES_REQUESTED, RECOMMENDED, APPROVED], COORDINATOR | APPROVER),
        (BidState.WITHDRAWN,),
        to(BidState.WITHDRAWN),
        asks=(consortium.reason_is_given,),
    ),
    Move(
        "move_deadline",
        gettext_noop("Move the date the desk closes"),
        Act.MOVE_BID_DEADLINE,
        _from([DRAFT, LOCKED, CHANGES_REQUESTED], CASE_MANAGER | APPROVER),
        (),
        stays,
        asks=(decision.new_closing_is_possible, consortium.reason_is_given),
        manner=proposing_or_confirming,
    ),
    Move(
        "lodge_appeal",
        gettext_noop("Lodge an appeal"),
        Act.LODGE_APPEAL,
        _from(sorted(APPEALABLE), COORDINATOR),
        (),
        stays,
        guards=(consortium.no_appeal_was_lodged,),
        asks=(consortium.reason_is_given,),
    ),
    Move(
        "decide_appeal",
        gettext_noop("Decide the appeal"),
        Act.DECIDE_APPEAL,
        _from(sorted(APPEALABLE), APPROVER),
        (*sorted(APPEALABLE), IN_REVIEW),
        as_the_appeal_ends,
        guards=(decision.appeal_is_pending, decision.is_another_judge),
        asks=(decision.verdict_is_given, consortium.reason_is_given),
    ),
)

MOVES: dict[str, Move] = {move.name: move for move in _MOVES}

"""The table of moves as a whole: it agrees with the permits, and it draws the life of a bid."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bids.rulebook.permits import Act, Manner, decide
from bids.rulebook.permits.cells import IMPARTIAL
from bids.rulebook.vocabulary import BidState, Role
from bids.rulebook.workflow import MOVES, Situation, offers, refusals
from bids.rulebook.workflow.moves import Move
from bids.rulebook.workflow.states import APPEALABLE, CLOSED, OPEN, TAKES_THE_MONEY, UNION_OUTCOMES
from tests.rulebook.permits.test_matrix import all_is_well, nothing_missing
from tests.rulebook.workflow.situations import ADA, CLARA, DORA, by, by_clock, why

# from -> to, by whom, as the design draws it; the clock has no role
LIFE = """
lock                 draft              locked             coordinator
unlock               locked             draft              coordinator
submit               locked             submitted          coordinator
reopen               submitted          draft              coordinator
reopen_expired       draft              submitted
reopen_expired       locked             submitted
take_in              submitted          in_review          case_manager
declare_inadmissible submitted          submitted          case_manager,approver
declare_inadmissible submitted          inadmissible       case_manager,approver
request_changes      in_review          changes_requested  case_manager
request_changes      recommended        changes_requested  approver
resubmit             changes_requested  in_review          coordinator
changes_due_passed   changes_requested  in_review
recommend            in_review          recommended        case_manager
approve              recommended        recommended        approver
approve              recommended        approved           approver
approve              recommended        in_review          approver
reject               recommended        recommended        approver
reject               recommended        rejected           approver
reject               recommended        in_review          approver
file                 approved           approved           case_manager,approver
file                 approved           filed              case_manager,approver
record_decision      filed              selected           case_manager
record_decision      filed              reserve            case_manager
record_decision      filed              not_selected       case_manager
record_decision      filed              ineligible         case_manager
withdraw             submitted          withdrawn          coordinator,approver
withdraw             in_review          withdrawn          coordinator,approver
withdraw             changes_requested  withdrawn          coordinator,approver
withdraw             recommended        withdrawn          coordinator,approver
withdraw             approved           withdrawn          coordinator,approver
decide_appeal        rejected           rejected           approver
decide_appeal        rejected           in_review          approver
decide_appeal        inadmissible       inadmissible       approver
decide_appeal        inadmissible       in_review          approver
lodge_appeal         rejected           rejected           coordinator
lodge_appeal         inadmissible       inadmissible       coordinator
record_signature     submitted          submitted          case_manager
record_signature     in_review          in_review          case_manager
record_signature     recommended        recommended        case_manager
record_signature     approved           approved           case_manager
move_deadline        draft              draft              case_manager,approver
move_deadline        locked             locked             case_manager,approver
move_deadline        changes_requested  changes_requested  case_manager,approver
"""


def arrows(move: Move) -> set[tuple[str, str, str, tuple[str, ...]]]:
    """Every (name, from, to, by) of a move."""
    return {
        (move.name, start.value, end.value, tuple(sorted(roles)))
        for start, roles in move.starts.items()
        for end in move.ends_from(start)
    }


def test_the_life_of_a_bid_is_the_one_that_was_drawn() -> None:
    drawn = set()
    for text in LIFE.strip().splitlines():
        name, start, end, *roles = text.split()
        drawn.add((name, start, end, tuple(sorted(",".join(roles).split(","))) if roles else ()))
    assert set().union(*(arrows(move) for move in MOVES.values())) == drawn


STEP_UP = {"submit", "reopen", "resubmit", "withdraw", "approve", "reject", "decide_appeal"}


@pytest.mark.parametrize("name", MOVES)
def test_step_up(name: str) -> None:
    assert MOVES[name].step_up == (name in STEP_UP)


@pytest.mark.parametrize("name", [name for name, move in MOVES.items() if not move.by_clock])
def test_whoever_may_take_a_step_has_the_permit(name: str) -> None:
    """The roles of the table are those whom the permit table lets do, propose or confirm it there."""
    move = MOVES[name]
    for state in BidState:
        permitted = {
            role
            for role in Role
            for manner in Manner
            if move.act is not None
            and decide(move.act, all_is_well(role, move.act), state, nothing_missing(role, move.act, manner.value))
        }
        if move.act is Act.REQUEST_CHANGES:  # reviewers and advisers propose to the case manager, outside the table
            permitted -= IMPARTIAL - {Role.APPROVER}
        if state in move.starts:
            assert move.starts[state] == permitted
        elif name not in SHARED:
            assert permitted == set()


SHARED = {"lock", "unlock", "submit", "reopen", "resubmit", "take_in"}  # several steps, or more, under one permit


def test_groups_of_states() -> None:
    assert {BidState.DRAFT, BidState.CHANGES_REQUESTED} == OPEN
    assert {BidState.APPROVED, BidState.FILED, BidState.SELECTED} == TAKES_THE_MONEY
    assert set(UNION_OUTCOMES) < CLOSED
    assert APPEALABLE < CLOSED
    starts = {state for move in MOVES.values() for state in move.starts}
    assert CLOSED - starts == CLOSED - APPEALABLE  # nothing leads on from there


def names(state: BidState, situation: Situation) -> list[str]:
    return [offer.move.name for offer in offers(state, situation)]


def test_everybody_is_offered_the_own_steps_only() -> None:
    assert names(BidState.SUBMITTED, by(ADA)) == ["reopen", "withdraw"]
    assert names(BidState.SUBMITTED, by(CLARA)) == ["take_in", "declare_inadmissible", "record_signature"]
    assert names(BidState.RECOMMENDED, by(DORA)) == ["request_changes", "approve", "reject", "withdraw"]
    assert names(BidState.DRAFT, by_clock()) == ["reopen_expired"]
    assert names(BidState.SELECTED, by(ADA)) == []
    assert names(BidState.SUBMITTED, replace(by(ADA), actor=replace(ADA, roles=frozenset()))) == []


def test_an_offer_does_not_ask_for_what_is_still_to_be_typed() -> None:
    silent = Situation(actor=DORA, took_part=frozenset(), findings=(), alternatives_taken=())
    offered = {offer.move.name: offer.open for offer in offers(BidState.RECOMMENDED, silent)}
    assert offered == {"request_changes": True, "approve": True, "reject": True, "withdraw": True}
    assert all(refusals(name, BidState.RECOMMENDED, silent) for name in offered)


def test_a_closed_offer_gives_each_reason_once() -> None:
    unchecked = by(ADA, findings=None, unconfirmed=None)
    (offer, *_) = offers(BidState.DRAFT, unchecked)
    assert (offer.move.name, offer.open) == ("lock", False)
    assert [str(reason) for reason in offer.reasons] == [
        "This has not been checked yet. Reload the page and try again."
    ]


def test_a_step_from_another_state_is_refused_with_the_states_it_starts_from() -> None:
    assert why("submit", BidState.DRAFT, by(ADA)) == [
        "The bid's state is “Draft”. This can be done in: Locked for the final check."
    ]
    assert refusals(MOVES["submit"], BidState.DRAFT, by(ADA)) == refusals("submit", BidState.DRAFT, by(ADA))


def test_nobody_does_what_the_clock_does_and_the_clock_does_nothing_else() -> None:
    assert why("reopen_expired", BidState.DRAFT, by(ADA)) == ["This happens by itself."]
    assert why("submit", BidState.LOCKED, by_clock()) == ["Your role does not allow this. It is for: Coordinator."]


def test_the_two_sides_of_one_permit_stay_apart() -> None:
    assert why("request_changes", BidState.IN_REVIEW, by(DORA))
    both = replace(DORA, roles=frozenset({Role.APPROVER, Role.REVIEWER}), assigned=True)
    assert why("request_changes", BidState.IN_REVIEW, by(both)) == [
        "You can propose this; another person has to confirm it."
    ]

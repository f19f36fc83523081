"""Which steps start here, which are open to this person, and why not."""

from __future__ import annotations

from dataclasses import dataclass

from bids.rulebook.permits import About, decide
from bids.rulebook.text import Sentence, gettext_noop, one_of, sentence
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow.guards.asking import Guard
from bids.rulebook.workflow.guards.decision import is_no_older_round
from bids.rulebook.workflow.moves import Move
from bids.rulebook.workflow.situation import Situation
from bids.rulebook.workflow.table import MOVES

_TO_BE_TOLD = "to be told"  # an incident, while nobody has typed anything yet


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that starts here and belongs to this person: open, or closed with its reasons."""

    move: Move
    open: bool
    reasons: tuple[Sentence, ...] = ()


def offers(state: BidState, situation: Situation) -> tuple[Offer, ...]:
    """The person's steps (or the clock's) from a state; what is still to be typed is not asked yet."""
    return tuple(_offer(move, state, situation) for move in MOVES.values() if _is_theirs(move, state, situation))


def refusals(move: Move | str, state: BidState, situation: Situation) -> tuple[Sentence, ...]:
    """Every reason why this step can't be taken now; none means that it can."""
    step = MOVES[move] if isinstance(move, str) else move
    if state not in step.starts:
        return (_not_from_here(step, state),)
    refused = _permit(step, state, situation, situation.said.incident)
    return (refused,) if refused else _reasons((*step.guards, is_no_older_round, *step.asks), situation)


def _offer(move: Move, state: BidState, situation: Situation) -> Offer:
    refused = _permit(move, state, situation, situation.said.incident or _TO_BE_TOLD)
    reasons = (refused,) if refused else _reasons(move.guards, situation)
    return Offer(move, not reasons, reasons)


def _is_theirs(move: Move, state: BidState, situation: Situation) -> bool:
    roles = move.starts.get(state)
    if roles is None:
        return False
    return situation.is_clock if move.by_clock else bool(roles & situation.actor.roles)


def _permit(move: Move, state: BidState, situation: Situation, incident: str) -> Sentence | None:
    """What the permit table has against it."""
    if move.act is None:
        return None if situation.is_clock else sentence(gettext_noop("This happens by itself."))
    return decide(move.act, situation.actor, state, _particulars(move, situation, incident)).reason


def _particulars(move: Move, situation: Situation, incident: str) -> About:
    return About(
        now=situation.moment,
        manner=move.manner(situation),
        took_part=situation.took_part,
        proposed_by=situation.proposed_by,
        is_late=situation.is_late_filing or situation.proposed_by is not None,
        desk_closes=situation.desk_closes,
        incident=incident,
        appeal_closes=situation.appeal_closes,
    )


def _reasons(guards: tuple[Guard, ...], situation: Situation) -> tuple[Sentence, ...]:
    """What the guards have against it, each reason once."""
    reasons: list[Sentence] = []
    for guard in guards:
        reason = guard(situation)
        if reason is not None and reason not in reasons:
            reasons.append(reason)
    return tuple(reasons)


def _not_from_here(move: Move, state: BidState) -> Sentence:
    return sentence(
        gettext_noop("The bid's state is “%(state)s”. This can be done in: %(states)s."),
        state=Sentence(state.label),
        states=one_of([start.label for start in BidState if start in move.starts]),
    )

"""How a move is written: from where, by whom, on what conditions, and where it lands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bids.rulebook.permits import TABLE, Act, Manner
from bids.rulebook.vocabulary import ApprovalVerdict, BidState, Role
from bids.rulebook.workflow.guards.asking import Guard
from bids.rulebook.workflow.situation import Situation

Landing = Callable[[BidState, Situation], BidState]
Roles = frozenset[Role]


@dataclass(frozen=True, slots=True)
class Move:
    """One step in the life of a bid.

    `starts` maps each state it starts from to the roles that may take it there (none: the clock);
    `ends` lists where it may land (none: it stays), `lands` tells where it does. `guards` ask about
    the bid and the person, and decide whether the button is open; `asks` check what the person says.
    """

    name: str
    label: str
    act: Act | None  # of the permit table; None for the clock
    starts: Mapping[BidState, Roles]
    ends: tuple[BidState, ...]
    lands: Landing
    guards: tuple[Guard, ...] = ()
    asks: tuple[Guard, ...] = ()
    manner: Callable[[Situation], Manner] = lambda situation: Manner.DO

    @property
    def by_clock(self) -> bool:
        """Whether it happens by itself."""
        return self.act is None

    def ends_from(self, start: BidState) -> tuple[BidState, ...]:
        """Where it may land from there; a step that changes no state stays where it is."""
        return tuple(end for end in self.ends if end is start or end not in self.starts) or (start,)

    @property
    def step_up(self) -> bool:
        """Whether the person has to prove who they are, at most five minutes before."""
        return self.act is not None and TABLE[self.act].step_up


def to(state: BidState) -> Landing:
    """Always there."""
    return lambda start, situation: state


def stays(start: BidState, situation: Situation) -> BidState:
    """The move changes something else than the state."""
    return start


def after_two_votes(verdict: ApprovalVerdict, decided: BidState) -> Landing:
    """A first vote waits for the second; two alike decide; one of each goes back to review."""

    def lands(start: BidState, situation: Situation) -> BidState:
        earlier = [vote.verdict for vote in situation.votes_now()]
        if not earlier:
            return start
        return decided if earlier == [verdict] else BidState.IN_REVIEW

    return lands


def when_confirmed(state: BidState) -> Landing:
    """A proposal waits for another person's confirmation."""
    return lambda start, situation: start if situation.proposed_by is None else state


def once_in_time_or_confirmed(state: BidState) -> Landing:
    """What is late waits for a second person."""
    return lambda start, situation: start if situation.is_late_filing and situation.proposed_by is None else state


def as_the_union_decided(start: BidState, situation: Situation) -> BidState:
    """One of the four outcomes."""
    return situation.said.outcome or start


def as_the_appeal_ends(start: BidState, situation: Situation) -> BidState:
    """Upheld by two persons the bid is reviewed again; else it stays closed."""
    earlier = [vote.upholds for vote in situation.appeal_votes_now()]
    return BidState.IN_REVIEW if earlier == [True] and situation.said.upholds else start


def proposing_or_confirming(situation: Situation) -> Manner:
    """The first of two persons proposes, the second confirms."""
    return Manner.PROPOSE if situation.proposed_by is None else Manner.CONFIRM


def confirming_what_was_late(situation: Situation) -> Manner:
    """Recording is one person's act; only a late filing that was recorded awaits a second."""
    return Manner.DO if situation.proposed_by is None else Manner.CONFIRM

"""What the permit table lets an address answer, worked out without asking the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts import clock
from accounts.declare import PUBLIC
from bids.models import Bid
from bids.rulebook.permits import About, Act, Standing, decide, visible
from bids.rulebook.vocabulary import BidState
from tests.walk import desk
from tests.walk.addresses import Address
from tests.walk.people import Visitor

FINE = frozenset({200, 302})
LOG_IN = frozenset({302})
REFUSED = frozenset({403})
NOT_THERE = frozenset({404})
ONLY_POSTED = frozenset({405})
USED_UP = frozenset({410})  # a link that worked once
NOT_READY = frozenset({503})  # nobody works on the dossiers of a test, so the house may say that they wait too long
SIGNED_IN = "signed_in"


@dataclass(frozen=True)
class Expected:
    """The statuses that are right, and whether the answer has to be a way to the log-in page."""

    statuses: frozenset[int]
    to_log_in: bool = False

    def __contains__(self, status: int) -> bool:
        return status in self.statuses


def expected(visitor: Visitor, to: Address, bid: Bid | None, method: str = "GET") -> Expected:
    """What this person may get from this address."""
    act = to.route.act
    wrong_method = ONLY_POSTED if method not in (to.route.methods or (method,)) else frozenset()
    if act == PUBLIC:
        return Expected(
            FINE | NOT_THERE | USED_UP | wrong_method | (NOT_READY if to.route.name == "readyz" else frozenset())
        )
    if not visitor.is_signed_in:
        return Expected(LOG_IN | wrong_method, to_log_in=not wrong_method)
    if to.is_at_the_desk and not visitor.may_enter_the_desk:
        return Expected(REFUSED)
    if act == SIGNED_IN:
        return Expected(FINE | NOT_THERE | wrong_method)
    return Expected(wrong_method or _of_the_table(visitor, to, bid, Act(act)))


def _of_the_table(visitor: Visitor, to: Address, bid: Bid | None, act: Act) -> frozenset[int]:
    who = desk.in_the_call(to.route.name, visitor.user) or visitor.standing(bid)
    if bid is not None and not visible(who, bid.state):
        return NOT_THERE
    fine = FINE if to.exists else FINE | NOT_THERE
    if to.is_at_the_desk:
        about = About(**{"now": clock.now()} | visitor.at_the_desk(bid) | to.about)
        states = list(BidState) if to.route.name == desk.OF_EVERY_BID else [bid.state if bid else None]
        asked = (decide(act, who, state, about) for state in states)
        return fine if all(desk.is_enough(to.route.name, decision) for decision in asked) else REFUSED
    return _somewhere_or_precisely(act, who, bid.state if bid else None, to.about, fine)


def _somewhere_or_precisely(
    act: Act, who: Standing, state: BidState | None, about: dict[str, Any], fine: frozenset[int]
) -> frozenset[int]:
    """A page of the workspace that opens in general may still be refused for its particulars."""
    somewhere = decide(act, who, state, About(now=clock.now(), somewhere=True, **about))
    precisely = decide(act, who, state, About(now=clock.now(), **about))
    if not somewhere.allowed:
        return REFUSED
    return fine if precisely.allowed else fine | REFUSED


def may_not(visitor: Visitor, to: Address, bid: Bid | None) -> bool:
    """Whether this person is refused here, whatever the particulars."""
    if to.route.act == PUBLIC or (to.route.act == SIGNED_IN and not to.is_at_the_desk):
        return False
    right = expected(visitor, to, bid, (to.route.methods or ("GET",))[0])
    return not right.statuses & {200}

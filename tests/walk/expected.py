"""What the permit table lets an address answer, worked out without asking the page."""

from __future__ import annotations

from dataclasses import dataclass

from accounts import clock
from accounts.declare import PUBLIC
from bids import access
from bids.models import Bid
from bids.rulebook.permits import About, Act, decide, visible
from tests.walk.addresses import Address
from tests.walk.people import Visitor

FINE = frozenset({200, 302})
LOG_IN = frozenset({302})
REFUSED = frozenset({403})
NOT_THERE = frozenset({404})
ONLY_POSTED = frozenset({405})
USED_UP = frozenset({410})  # a link that worked once
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
        return Expected(FINE | NOT_THERE | USED_UP | wrong_method)
    if not visitor.is_signed_in:
        return Expected(LOG_IN | wrong_method, to_log_in=not wrong_method)
    if act == SIGNED_IN:
        return Expected(FINE | NOT_THERE | wrong_method)
    return Expected(wrong_method or _of_the_table(visitor, to, bid, Act(act)))


def _of_the_table(visitor: Visitor, to: Address, bid: Bid | None, act: Act) -> frozenset[int]:
    who = access.standing(visitor.user, bid)
    state = bid.state if bid else None
    if bid is not None and not visible(who, bid.state):
        return NOT_THERE
    somewhere = decide(act, who, state, About(now=clock.now(), somewhere=True, **to.about))
    precisely = decide(act, who, state, About(now=clock.now(), **to.about))
    if not somewhere.allowed:
        return REFUSED
    allowed = FINE if to.exists else FINE | NOT_THERE
    return allowed if precisely.allowed else allowed | REFUSED


def may_not(visitor: Visitor, to: Address, bid: Bid | None) -> bool:
    """Whether the table refuses this person here, whatever the particulars."""
    if to.route.act in (PUBLIC, SIGNED_IN):
        return False
    right = expected(visitor, to, bid, (to.route.methods or ("GET",))[0])
    return not right.statuses & {200}

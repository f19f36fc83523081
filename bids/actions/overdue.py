"""What the clock moves: reopened bids whose desk has closed, and changes that are overdue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import structlog

from accounts import clock
from bids import snapshot
from bids.actions import transition
from bids.actions.surroundings import facts_in_force, surroundings
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import MOVES, refusals

log = structlog.get_logger(__name__)


def move_what_is_due() -> int:
    """Take every step that falls to the clock now; how many were taken.

    One bid that can't be moved is logged and doesn't hold up the others.
    """
    moved = 0
    for bid, name in _due(clock.now()):
        try:
            moved += _move(bid, name)
        except transition.Closed as closed:
            log.warning("overdue_step_refused", bid=bid.reference, step=name, reasons=str(closed))
    return moved


def _due(now: datetime) -> Iterator[tuple[Bid, str]]:
    """Bids whose moment has come, with the step that is theirs."""
    kept = Bid.objects.kept().with_call()
    reopened = kept.filter(state__in=(BidState.DRAFT, BidState.LOCKED), round__gt=0, desk_closes__lte=now)
    for bid in reopened:
        yield bid, "reopen_expired"
    asked = kept.filter(change_requests__closed_at=None, change_requests__due_at__lte=now)
    for bid in asked.filter(state=BidState.CHANGES_REQUESTED):
        yield bid, "changes_due_passed"


def _move(bid: Bid, name: str) -> bool:
    """Take the step unless its guards speak against it: a refusal every minute would only fill the trail."""
    situation = surroundings(bid, None, facts_in_force(bid), snapshot.call_of(bid))
    if refusals(MOVES[name], bid.state, situation):
        return False
    transition.perform(bid, name, by=None)
    return True

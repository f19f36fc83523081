"""How an act of the ministry begins: the bid locked, and the permit asked once more under the lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bids import access
from bids.models import Bid, Snapshot
from bids.rulebook.permits import Act
from bids.rulebook.text import Sentence

if TYPE_CHECKING:
    from accounts.models import User


class NotNow(Exception):
    """The act is this person's, but not as things stand; nothing was written. `reason` is for the person."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


@contextmanager
def at_the_desk(bid: Bid, act: Act, *, by: User, **about: Any) -> Iterator[Bid]:
    """The bid as it stands, locked until the end; `access.Refused` where the act is no longer this person's."""
    with transaction.atomic():
        locked = Bid.objects.with_call().locked().get(pk=bid.pk)
        decision = access.can(by, act, locked, **about)
        if not decision:
            raise access.Refused(decision)
        yield locked


def newest_of(bid: Bid) -> Snapshot:
    """The newest round of a bid that has one."""
    newest: Snapshot = bid.snapshots.latest("round")
    return newest

"""What happened, written down: events in their chain, and saves that never overwrite a newer change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from bids import access
from bids.actions.changing import TABLE_OF, InUse, Stale, changing
from bids.models import Bid, BidEvent, Chain
from bids.rulebook.vocabulary import Role

if TYPE_CHECKING:
    from accounts.models import User

__all__ = ["InUse", "Stale", "changing", "record", "save_row", "verify_chain"]


def record(
    bid: Bid | None,
    name: str,
    *,
    by: User | None,
    about: str = "",
    before: Any = None,
    after: Any = None,
    note: str = "",
    role: str = "",
) -> BidEvent:
    """Write an event into the chain of a bid (or of the system), inside the transaction of what it tells."""
    held = _named(role) if role else access.roles(by, bid) if by else frozenset()
    return BidEvent.objects.append(bid, name, by=by, roles=held, about=about, before=before, after=after, note=note)


def save_row(row: Any, changes: Mapping[str, Any], *, expected: int, by: User | None) -> Any:
    """Write these columns of a row if it still has the version the person saw; give back the row as it is then.

    Raises `Stale` where somebody else was first: nothing is written then. For rows of a bid's content
    all that follows from a change happens too (see `changing`); a review only leaves an event.
    """
    if isinstance(row, Bid) or type(row) in TABLE_OF:
        with changing(row if isinstance(row, Bid) else row.bid, by=by) as change:
            return change.save(row, changes, expected=expected)
    return _save_apart(row, changes, expected, by)


@transaction.atomic
def _save_apart(row: Any, changes: Mapping[str, Any], expected: int, by: User | None) -> Any:
    """A row beside the content, such as a review."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    before = rows.get()
    if not rows.filter(version=expected).update(**changes, version=expected + 1):
        raise Stale(changes, rows.first())
    told = {name: getattr(before, name) for name in changes}
    name = f"{type(row).__name__.lower()}_changed"
    record(row.bid, name, by=by, about=f"{type(row).__name__.lower()}/{row.pk}", before=told, after=dict(changes))
    return rows.get()


def verify_chain(bid: Bid | None) -> str:
    """The first fault of a chain, in words; nothing where every event is as it was written."""
    chain = Chain.objects.filter(bid=bid).first()
    events = BidEvent.objects.filter(bid=bid).order_by("sequence")
    length, head = 0, ""
    for event in events.iterator():
        length += 1
        if event.sequence != length:
            return f"event {length} is missing"
        if event.previous_hash != head:
            return f"event {length} does not follow from the one before"
        if event.hash != event.own_hash():
            return f"event {length} was changed"
        head = event.hash
    written = (chain.length, chain.head) if chain else (0, "")
    return "" if written == (length, head) else f"{written[0]} events were written, {length} are there"


def _named(role: str) -> frozenset[Role]:
    return frozenset(word for word in Role if word.value == role)

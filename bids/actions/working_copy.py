"""The working copy and its way back to a submitted round, without losing what was not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bids import snapshot
from bids.actions import rewriting
from bids.models import Picture, Snapshot

if TYPE_CHECKING:
    from accounts.models import User


def return_to(frozen: Snapshot, *, by: User | None) -> Picture | None:
    """Make the working copy equal to a round again; what differed is kept as a picture, which is given back."""
    bid = frozen.bid
    text = snapshot.canonical(snapshot.take(bid))
    if text == frozen.text:
        return None
    picture, _ = Picture.objects.get_or_create(
        bid=bid,
        sha256=snapshot.digest(text),
        defaults={"text": text, "revision": bid.revision, "call_version": bid.call_version, "by": by},
    )
    rewriting.rewrite(bid, snapshot.read(frozen.text), by=by)
    return picture

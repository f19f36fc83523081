"""The working copy and its way back to a submitted round, without losing what was not sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bids import snapshot
from bids.actions import rewriting
from bids.actions.records import record
from bids.models import Bid, Picture, Snapshot

if TYPE_CHECKING:
    from accounts.models import User


def return_to(frozen: Snapshot, *, by: User | None) -> Picture | None:
    """Make the working copy equal to a round again; what differed is kept as a picture, which is given back.

    The bid goes back to the rules of the round, too: pages and paper count by the same ones.
    """
    bid = frozen.bid
    text = snapshot.canonical(snapshot.take(bid))
    is_under_other_rules = bid.call_version_id != frozen.call_version_id
    if text == frozen.text and not is_under_other_rules:
        return None
    kept = None if text == frozen.text else _keep(bid, text, by)
    if is_under_other_rules:
        _put_under_the_rules_of(frozen, by)
    rewriting.rewrite(bid, snapshot.read(frozen.text), by=by)
    return kept


def _keep(bid: Bid, text: str, by: User | None) -> Picture:
    picture, _ = Picture.objects.get_or_create(
        bid=bid,
        sha256=snapshot.digest(text),
        defaults={"text": text, "revision": bid.revision, "call_version": bid.call_version, "by": by},
    )
    return picture


def _put_under_the_rules_of(frozen: Snapshot, by: User | None) -> None:
    bid, before = frozen.bid, frozen.bid.call_version
    bid.call_version = frozen.call_version
    bid.version += 1
    bid.save(update_fields=["call_version", "version"])
    was, is_now = {"rule_set": str(before)}, {"rule_set": str(bid.call_version)}
    record(bid, "rule_set_changed", by=by, about="bid", before=was, after=is_now)

"""Plain rows of a bid, such as risks and links: added, revised, dropped, with all that follows from a change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bids.actions.changing import changing
from bids.models import Bid

if TYPE_CHECKING:
    from django.db import models

    from accounts.models import User


def add(bid: Bid, model: type[models.Model], prefix: str, values: Mapping[str, Any], *, by: User) -> Any:
    """A new row at the end of its list, under the next free key of this prefix."""
    with changing(bid, by=by) as change:
        return change.add(model(key=change.free_key(model, prefix), **values))


def revise(row: Any, changes: Mapping[str, Any], *, seen: int, by: User) -> Any:
    """Write what a person changed; raises `Stale` where somebody else was first."""
    with changing(row.bid, by=by) as change:
        return change.save(row, changes, expected=seen)


def drop(row: Any, *, seen: int, by: User) -> None:
    """Take a row out of its list; raises `InUse` while others point at it."""
    with changing(row.bid, by=by) as change:
        change.remove(row, expected=seen)

"""Budget lines: added, copied and put back; they are revised and dropped like any other row (`rows`)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bids.actions import rows
from bids.actions.changing import changing, writable
from bids.models import Bid, BudgetLine

if TYPE_CHECKING:
    from accounts.models import User

PREFIX = "L"
NOT_COPIED = ("key", "alternative_of")  # an alternative pays for one line only


def add_line(bid: Bid, values: Mapping[str, Any], *, by: User) -> BudgetLine:
    """A new line at the end of the budget; its key is the next free one."""
    line: BudgetLine = rows.add(bid, BudgetLine, PREFIX, values, by=by)
    return line


def copy_line(line: BudgetLine, *, by: User) -> BudgetLine:
    """The same cost once more, at the end of the budget, to be changed there."""
    return add_line(line.bid, {name: getattr(line, name) for name in writable(BudgetLine) - {*NOT_COPIED}}, by=by)


def restore_line(line: BudgetLine, *, by: User) -> BudgetLine:
    """Put a removed line back in its place; one that is there stays as it is."""
    with changing(line.bid, by=by) as change:
        restored: BudgetLine = change.restore(line)
        return restored

"""Many budget lines at once, in few statements: each is checked, each leaves an event, as if it were the only one.

The lines were read under the lock of the change, with what they point at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from accounts import clock
from bids.actions.changing import Change, Stale, columns_of, place, writable
from bids.models import BidEvent, BudgetLine
from bids.models.event import Telling

BATCH = 200  # rows per statement

Edit = tuple[BudgetLine, Mapping[str, Any]]


def save_lines(change: Change, edits: Iterable[Edit]) -> None:
    """Write these columns of each line."""
    told = []
    for line, changes in edits:
        before = {name: getattr(line, name) for name in changes}
        for name, value in changes.items():
            setattr(line, name, value)
        _check(line, changes)
        rows = BudgetLine.objects.filter(pk=line.pk, version=line.version)
        if not rows.update(**changes, version=line.version + 1):
            raise Stale(changes, line)
        line.version += 1
        told.append(Telling("budget_line_changed", place(line), before, changes))
    _tell(change, told)


def add_lines(change: Change, lines: Sequence[BudgetLine]) -> None:
    """Write new lines at the end of the budget, in this order."""
    last = BudgetLine.objects.filter(bid=change.bid).aggregate(last=Max("position"))["last"] or 0
    for position, line in enumerate(lines, last + 1):
        line.bid, line.position = change.bid, position
        _check(line, writable(BudgetLine))
    BudgetLine.objects.bulk_create(lines, batch_size=BATCH)
    _tell(change, [Telling("budget_line_added", place(line), after=columns_of(line)) for line in lines])


def remove_lines(change: Change, lines: Sequence[BudgetLine]) -> None:
    """Take lines out; they can be put back."""
    _mark(lines, removed_at=clock.now(), removed_by=change.by)
    _tell(change, [Telling("budget_line_removed", place(line), before=columns_of(line)) for line in lines])


def restore_lines(change: Change, lines: Sequence[BudgetLine]) -> None:
    """Put removed lines back as they were."""
    _mark(lines, removed_at=None, removed_by=None)
    _tell(change, [Telling("budget_line_restored", place(line), after=columns_of(line)) for line in lines])


def _mark(lines: Sequence[BudgetLine], **marks: Any) -> None:
    for line in lines:
        line.version += 1
        for name, value in marks.items():
            setattr(line, name, value)
    BudgetLine.objects.bulk_update(lines, [*marks, "version"], batch_size=BATCH)


def _check(line: BudgetLine, names: Iterable[str]) -> None:
    """Refuse values the columns can't hold; pointers were looked up in the bid itself."""
    chosen = set(names)
    columns = line._meta.fields
    line.clean_fields(exclude={column.name for column in columns if column.is_relation or column.name not in chosen})


def _tell(change: Change, told: Sequence[Telling]) -> None:
    if told:
        change.touch(BudgetLine)
        BidEvent.objects.append_many(change.bid, told, by=change.by, roles=change.roles)

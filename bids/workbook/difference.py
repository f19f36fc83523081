"""A workbook beside the budget as it is: cells that differ and whose change it is, lines that came or went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from bids.rulebook.facts import CostFact
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.workbook.cells import plain_line
from bids.workbook.columns import VALUES
from bids.workbook.read import EMPTY, Cell, Row, was_cut
from bids.workbook.stamp import Stamp

_TWICE = gettext_noop("Line %(line)s stands in row %(row)s already. If this is a copy, empty its first cell.")
_UNREADABLE = gettext_noop("%(place)s: %(problem)s")
_MANY_UNREADABLE = gettext_noop("%(first)s Cells of this row that can't be read: %(count)s.")


class Whose(Enum):
    """Who changed a cell since the workbook was made; nobody knows of a sheet that is none of ours."""

    MINE = "mine"  # the workbook alone: taken unless somebody says no
    THEIRS = "theirs"  # here alone: the workbook holds what it was, left unless somebody says otherwise
    BOTH = "both"  # here and there: somebody has to say


class What(Enum):
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    PUT_BACK = "put_back"  # removed here, changed in the workbook


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell. `before` is what it was when the workbook was made, None where that is not known."""

    id: str
    name: str
    before: str | None
    now: str
    mine: Cell
    whose: Whose
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line that differs. What is added, removed or put back is taken as a whole under the `id` of the line."""

    id: str
    what: What
    key: str
    row: int = 0
    cells: tuple[Difference, ...] = ()
    whose: Whose = Whose.MINE
    values: dict[str, Any] | None = None  # of a line that is not there now
    problem: Sentence | None = None

    @property
    def choices(self) -> list[tuple[str, bool]]:
        """What can be taken or left, by id, with what is proposed."""
        if self.what is not What.CHANGED:
            return [(self.id, self.whose is Whose.MINE and self.what is not What.PUT_BACK and self.problem is None)]
        return [(each.id, each.whose is Whose.MINE) for each in self.cells if each.problem is None]


def compare(rows: Sequence[Row], lines: Sequence[CostFact], stamp: Stamp | None) -> list[LineChange]:
    """Everything in which the workbook differs from the lines as they are now, line by line."""
    return list(_Comparison(rows, lines, stamp).changes())


class _Comparison:
    def __init__(self, rows: Sequence[Row], lines: Sequence[CostFact], stamp: Stamp | None) -> None:
        self.rows = rows
        self.now = {line.key: plain_line(line) for line in lines}
        self.base: Mapping[str, Mapping[str, str]] | None = stamp.base if stamp else None
        self.first: dict[str, int] = {}

    def changes(self) -> Iterator[LineChange]:
        for row in self.rows:
            if (change := self._of(row)) is not None:
                yield change
        yield from self._gone()

    def _of(self, row: Row) -> LineChange | None:
        """How a row differs; None where it does not."""
        if row.key and self.first.setdefault(row.key, row.number) != row.number:
            words = sentence(_TWICE, line=row.key, row=self.first[row.key])
            return LineChange(f"row{row.number}", What.ADDED, row.key, row.number, problem=words)
        if row.key in self.now and not self._came_meanwhile(row.key):
            cells = tuple(self._cells(row))
            return LineChange(row.key, What.CHANGED, row.key, row.number, cells) if cells else None
        if self.base is not None and row.key in self.base:
            return self._put_back(row, self.base[row.key])
        return self._added(row)

    def _came_meanwhile(self, key: str) -> bool:
        """Somebody gave this key to another line after the workbook was made."""
        return self.base is not None and key not in self.base

    def _cells(self, row: Row) -> Iterator[Difference]:
        now, base = self.now[row.key], (self.base or {}).get(row.key)
        for name, cell in row.cells.items():
            if name == "key":
                continue
            before = base.get(name) if base else None
            if cell.problem is not None:
                yield Difference(f"{row.key}:{name}", name, before, now[name], cell, Whose.MINE, cell.problem)
            elif cell.plain != now[name]:
                whose = _whose(before, now[name], cell.plain)
                yield Difference(f"{row.key}:{name}", name, before, now[name], cell, whose, was_cut(cell.plain))

    def _put_back(self, row: Row, base: Mapping[str, str]) -> LineChange | None:
        """A line that was removed here: told only where the workbook changed it."""
        if all(cell.plain == base.get(name) and not cell.problem for name, cell in row.cells.items()):
            return None
        return LineChange(
            f"row{row.number}", What.PUT_BACK, row.key, row.number, (), Whose.BOTH, _values(row), _problem(row)
        )

    def _added(self, row: Row) -> LineChange:
        return LineChange(
            f"row{row.number}", What.ADDED, row.key, row.number, values=_values(row), problem=_problem(row)
        )

    def _gone(self) -> Iterator[LineChange]:
        """Lines that were in the workbook when it was made and are in it no more."""
        for key, base in (self.base or {}).items():
            if key not in self.first and key in self.now:
                whose = Whose.MINE if base == self.now[key] else Whose.BOTH
                yield LineChange(f"{key}:gone", What.REMOVED, key, whose=whose)


def _whose(before: str | None, now: str, mine: str) -> Whose:
    if before is None or before == now:
        return Whose.MINE
    return Whose.THEIRS if before == mine else Whose.BOTH


def _values(row: Row) -> dict[str, Any]:
    """Every column of a new line; what the sheet does not have is empty."""
    names = (column.name for column in VALUES)
    return {name: row.cells[name].value if name in row.cells else EMPTY[name] for name in names}


def _problem(row: Row) -> Sentence | None:
    """Why a row as a whole can't be taken: the first of its cells that can't be read."""
    wrong = [(cell, cell.problem or was_cut(cell.plain)) for cell in row.cells.values()]
    found = [sentence(_UNREADABLE, place=cell.place, problem=problem) for cell, problem in wrong if problem]
    if len(found) < 2:
        return found[0] if found else None
    return sentence(_MANY_UNREADABLE, first=found[0], count=len(found))

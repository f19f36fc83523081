"""The differences of a workbook as a page shows them: line by line, each cell as people write it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from bids import wording
from bids.actions.brought import Brought
from bids.dossier.names import figure_titles
from bids.rulebook.facts import CostFact
from bids.rulebook.funding import Assessment
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop
from bids.workbook.cells import plain
from bids.workbook.columns import BY_NAME, VALUES, Kind
from bids.workbook.difference import Difference, LineChange, What, Whose

ON_A_PAGE = 100  # lines
FIGURES = ("total", "eligible", "eu", "eu_share", "national", "uncovered")
LONGEST = 300  # characters of a text that are shown

NAMED = {
    What.CHANGED: gettext_noop("Changed"),
    What.ADDED: gettext_noop("New"),
    What.REMOVED: gettext_noop("Removed in the workbook"),
    What.PUT_BACK: gettext_noop("Removed here"),
}
COLORS = {What.CHANGED: "info", What.ADDED: "success", What.REMOVED: "danger", What.PUT_BACK: "warning"}
REMARKS = {
    Whose.THEIRS: gettext_noop("Changed here since the workbook was made"),
    Whose.BOTH: gettext_noop("Changed here and in the workbook"),
}


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell that differs: what it was, is here, and is in the workbook."""

    id: str
    title: str
    now: str
    mine: str
    before: str | None
    remark: Sentence | None
    problem: Sentence | None
    is_taken: bool


@dataclass(frozen=True, slots=True)
class LineRows:
    """One line that differs, with its cells; without them it is taken as a whole."""

    id: str
    key: str
    what: Sentence
    color: str
    row: int
    words: str
    cells: tuple[CellRow, ...]
    facts: tuple[tuple[str, str], ...]
    remark: Sentence | None
    problem: Sentence | None
    can_be_taken: bool
    is_taken: bool


class Review:
    """One page of what differs."""

    def __init__(self, brought: Brought, number: str = "") -> None:
        self.brought, self.proposal = brought, brought.proposal
        self.page: Page[LineChange] = Paginator(list(brought.changes), ON_A_PAGE).get_page(number)
        self.lines = brought.proposal.lines

    def rows(self) -> list[LineRows]:
        return [self._line(change) for change in self.page]

    def ids(self) -> list[str]:
        """Everything on this page that can be taken or left."""
        return [id_ for change in self.page for id_, _is_taken in change.choices]

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind differ, and how many cells can't be read."""
        counts = {what.value: sum(change.what is what for change in self.brought.changes) for what in What}
        unread = (cell for row in self.brought.rows for cell in row.cells.values() if cell.problem is not None)
        return counts | {"unread": sum(1 for _cell in unread), "taken": len(self.proposal.edits)}

    def _line(self, change: LineChange) -> LineRows:
        standing = self.lines.get(change.key) if change.what in (What.CHANGED, What.REMOVED) else None
        problem = self.proposal.refusals.get(change.id) or change.problem
        values = change.values or {}
        return LineRows(
            id=change.id,
            key=change.key,
            what=Sentence(NAMED[change.what]),
            color=COLORS[change.what],
            row=change.row,
            words=_short(standing.description if standing else str(values.get("description") or "")),
            cells=tuple(self._cell(cell) for cell in change.cells),
            facts=tuple(self._facts(standing if change.what is What.REMOVED else None, values)),
            remark=Sentence(REMARKS[change.whose]) if change.what is What.REMOVED and change.whose in REMARKS else None,
            problem=problem,
            can_be_taken=change.what is not What.CHANGED and change.problem is None,
            is_taken=change.id in self.proposal.taken,
        )

    def _cell(self, cell: Difference) -> CellRow:
        return CellRow(
            id=cell.id,
            title=BY_NAME[cell.name].title(wording.active()),
            now=self._shown(cell.name, cell.now),
            mine=_short(cell.mine.text) if cell.problem else self._shown(cell.name, cell.mine.plain),
            before=None if cell.before is None or cell.whose is not Whose.BOTH else self._shown(cell.name, cell.before),
            remark=Sentence(REMARKS[cell.whose]) if cell.whose in REMARKS else None,
            problem=cell.problem,
            is_taken=cell.id in self.proposal.taken,
        )

    def _facts(self, line: CostFact | None, values: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What a line holds that comes or goes, its description aside."""
        told = []
        for column in VALUES:
            fact = getattr(line, column.name) if line is not None else values.get(column.name)
            if column.name != "description" and (text := plain(column, fact)):
                told.append((column.title(wording.active()), self._shown(column.name, text)))
        return told

    def _shown(self, name: str, text: str) -> str:
        """A cell in its plain form as people write it."""
        column = BY_NAME[name]
        if not text:
            return wording.UNKNOWN
        match column.kind:
            case Kind.CHOICE:
                return self.brought.choices.label(name, text)
            case Kind.AMOUNT:
                return wording.amount(Euro.of(text))
            case Kind.NUMBER:
                return wording.decimal(Decimal(text))
            case Kind.FLAG:
                return _("yes")
        return _short(text)


def before_and_after(before: Assessment, after: Assessment) -> list[dict[str, Any]]:
    """The figures of the bid as they are, and as they would be."""
    return [
        {
            "title": figure_titles()[name],
            "is_share": name == "eu_share",
            "before": getattr(before, name),
            "after": getattr(after, name),
            "moves": getattr(before, name) != getattr(after, name),
        }
        for name in FIGURES
    ]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"

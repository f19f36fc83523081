"""The budget table: the lines that were asked for, in groups with their sums, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page, Paginator

from bids.dossier.names import UNNAMED, Names
from bids.forms.budget import CellsForm
from bids.forms.budget_filter import GROUPS, KEYS, BudgetFilter
from bids.rulebook.facts import CostFact
from bids.rulebook.funding import Assessment, LineShare
from bids.rulebook.money import Euro
from bids.views.budget_row import Row, RowMaker
from bids.views.budget_workspace import MoneyWorkspace

ON_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines add up to: as stated, with their indirect costs, and the Union's part."""

    amount: Euro
    total: Euro
    eu: Euro
    count: int


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that have something in common; `sums` are those of the whole group, on whatever page."""

    key: str
    title: str
    kind: str
    sums: Sums
    rows: tuple[Row, ...]


class BudgetTable:
    """The table of one request."""

    def __init__(self, work: MoneyWorkspace, asked: BudgetFilter, number: str = "", new: str = "") -> None:
        self.work, self.asked, self.number, self.new = work, asked, number, new

    @cached_property
    def lines(self) -> list[CostFact]:
        return self.asked.keep(self.work.facts.budget)

    @cached_property
    def sums(self) -> Sums:
        return _sums(self.lines, self.work.assessment)

    @cached_property
    def page(self) -> Page[CostFact]:
        return Paginator(self._in_order, ON_A_PAGE).get_page(self.number or self._page_of(self.new))

    @cached_property
    def maker(self) -> RowMaker:
        return RowMaker(self.work, Names(self.work.facts), self.asked.query)

    def groups(self) -> list[Group]:
        """The lines of this page, group by group."""
        by: dict[str, list[Row]] = {}
        for line in self.page:
            by.setdefault(self._key(line), []).append(self.maker.row(line, is_new=line.key == self.new))
        return [self._group(key, tuple(rows)) for key, rows in by.items()]

    def row(self, key: str, form: CellsForm | None = None, error: str = "") -> Row:
        """One row, whether or not it is among those asked for."""
        line = next(line for line in self.work.facts.budget if line.key == key)
        return self.maker.row(line, form=form, error=error)

    def sums_by_group(self) -> dict[str, Sums]:
        """The sums of every group that has a line on this page."""
        keys = dict.fromkeys(self._key(line) for line in self.page)
        return {key: self._sums_of(key) for key in keys} if self.asked.grouped_by else {}

    def shares(self) -> list[tuple[str, LineShare]]:
        """What each line of this page costs and gets: one edit can move the cents of all."""
        return [(line.key, self.work.assessment.lines[line.key]) for line in self.page]

    def _group(self, key: str, rows: tuple[Row, ...]) -> Group:
        name = self.asked.grouped_by
        title = self.asked.labels[name].get(key) if name else ""
        return Group(key, title, str(GROUPS[name]) if name else "", self._sums_of(key), rows)

    def _sums_of(self, key: str) -> Sums:
        return _sums((line for line in self.lines if self._key(line) == key), self.work.assessment)

    def _key(self, line: CostFact) -> str:
        return KEYS[self.asked.grouped_by](line) if self.asked.grouped_by else ""

    @cached_property
    def _in_order(self) -> list[CostFact]:
        """Groups one after the other, those without a key last; within a group as in the budget."""
        if not self.asked.grouped_by:
            return self.lines
        return sorted(self.lines, key=lambda line: (self._key(line) == UNNAMED, self._key(line)))

    def _page_of(self, key: str) -> int:
        """The page on which a line stands that has just been added."""
        order = [line.key for line in self._in_order]
        return order.index(key) // ON_A_PAGE + 1 if key in order else 1


def _sums(lines: Iterable[CostFact], money: Assessment) -> Sums:
    shares = [money.lines[line.key] for line in lines]
    return Sums(
        amount=Euro.total(share.amount for share in shares),
        total=Euro.total(share.total for share in shares),
        eu=Euro.total(share.eu for share in shares),
        count=len(shares),
    )

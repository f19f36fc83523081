"""One row of the budget table: its cells as inputs or as text, each with what is wrong with it in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bids import wording
from bids.dossier.names import Names
from bids.forms.budget import CELLS, CellsForm, categories_of
from bids.forms.formula import FORMULAS
from bids.rulebook.facts import CostFact
from bids.rulebook.funding import LineShare
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Finding
from bids.views.budget_workspace import MoneyWorkspace
from bids.views.shared import bid_url

FIGURES = ("year", "quantity", "unit_cost", "amount")
SELECTED = SafeString(" selected")
WRONG = SafeString(' aria-invalid="true"')
KEY = "~"  # stands for the key of a line in an address, and in no key
ADDRESSES = {"edit": "line-edit", "cells": "line-cells", "copy": "line-duplicate", "remove": "line-delete"}
AT_THE_AMOUNT = ("C06", "C14", "C29")  # checks about what a line costs


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `value` stands in its input, `words` is what one reads where it is text."""

    name: str
    column: str
    value: str
    words: str
    is_input: bool
    attributes: SafeString | str = ""  # of its input: how it is found, sent and heard
    options: SafeString | str = ""
    problem: str = ""
    is_wrong: bool = False
    is_explained: bool = False

    @property
    def is_figure(self) -> bool:
        return self.name in FIGURES

    @property
    def is_long(self) -> bool:
        """A text that may need a second line."""
        return self.name == "description"


@dataclass(frozen=True, slots=True)
class Row:
    """One line as the table shows it."""

    key: str
    label: str  # how the inputs of this row are told apart by those who hear them
    version: int
    may_edit: bool
    cells: tuple[Cell, ...]
    share: LineShare
    url: Mapping[str, str]  # where it is edited, saved, copied, removed and explained
    note: str = ""
    is_new: bool = False
    is_unsaved: bool = False
    errors: tuple[str, ...] = field(default=())  # about the row as a whole


class RowMaker:
    """Writes rows; what many of them share, such as the options of a column, is written once."""

    def __init__(self, work: MoneyWorkspace, names: Names, query: str = "") -> None:
        self.work, self.names, self.query = work, names, query
        self.columns = columns()
        self._options: dict[tuple[str, str, str], SafeString] = {}

    def row(self, line: CostFact, *, form: CellsForm | None = None, is_new: bool = False, error: str = "") -> Row:
        """The row of a line; with a form, as somebody typed it and with what is wrong."""
        share = self.work.assessment.lines[line.key]
        may_edit = line.key in self.work.versions and bool(self.work.may_edit(line.partner, line.key))
        notes, label = self._notes(line), _("line %(line)s") % {"line": line.key}
        told = any(notes.values()) or share.reason is None
        return Row(
            key=line.key,
            label=label,
            version=self.work.versions.get(line.key, 0),
            may_edit=may_edit,
            cells=tuple(self._cell(name, line, share, may_edit, notes.get(name, []), form, label) for name in CELLS),
            share=share,
            url={name: address.replace(KEY, line.key) for name, address in self._addresses.items()},
            note="" if told or share.reason is None else wording.say(share.reason),
            is_new=is_new,
            is_unsaved=form is not None,
            errors=(*(form.non_field_errors() if form else ()), *([error] if error else ())),
        )

    def _cell(
        self,
        name: str,
        line: CostFact,
        share: LineShare,
        may_edit: bool,
        remarks: Sequence[Finding],
        form: CellsForm | None,
        label: str,
    ) -> Cell:
        typed = form[name] if form is not None and name in form.fields else None
        value = _typed(typed) if typed else _written(getattr(line, name))
        errors = [str(error) for error in typed.errors] if typed else []
        said = [*errors, *(wording.say(remark.sentence) for remark in remarks)]
        is_input = may_edit and (typed is not None or _is_typed(name, line))
        is_wrong = bool(errors) or any(remark.severity == "block" for remark in remarks)
        named = f"{self.columns[name]}, {label}"
        return Cell(
            name=name,
            column=self.columns[name],
            value=value,
            words="" if is_input else self._words(name, line, share),
            is_input=is_input,
            attributes=_attributes(line.key, name, named, is_wrong, bool(said)) if is_input else "",
            options=self._options_of(name, line, value) if is_input else "",
            problem=" ".join(said),
            is_wrong=is_wrong,
            is_explained=name == "amount" and not is_input,
        )

    def _notes(self, line: CostFact) -> dict[str, list[Finding]]:
        notes: dict[str, list[Finding]] = {}
        for remark in self.work.remarks.get(line.key, ()):
            notes.setdefault(self._place(remark, line), []).append(remark)
        return notes

    def _place(self, remark: Finding, line: CostFact) -> str:
        """The cell in which a remark about a line is mended."""
        scheme = self.work.call.scheme(line.stream)
        if remark.check in AT_THE_AMOUNT:
            return "amount"
        if remark.check == "C01" and scheme is not None:
            if line.category not in categories_of(scheme):
                return "category"
            if line.partner is None and scheme.stream.is_grant:
                return "partner"
        return "description"

    def _words(self, name: str, line: CostFact, share: LineShare) -> str:
        match name:
            case "partner":
                return self.names.partners.get(line.partner)
            case "site":
                return self.names.sites.get(line.site)
            case "work_package":
                return line.work_package or wording.UNKNOWN
            case "category":
                return self.names.categories.get(line.category)
            case "amount":
                return wording.amount(share.amount)
            case "unit_cost" if line.pricing is not None:
                return str(FORMULAS[line.pricing.kind])
        return _written(getattr(line, name)) or wording.UNKNOWN

    @cached_property
    def _addresses(self) -> dict[str, str]:
        """The addresses of a row, written once: only the key differs from row to row."""
        after = f"?{self.query}" if self.query else ""
        acts = {name: bid_url(view, self.work.bid, key=KEY) + after for name, view in ADDRESSES.items()}
        figures = ("amount", "total", "eu")
        return acts | {name: bid_url("why", self.work.bid, figure=f"lines/{KEY}/{name}") for name in figures}

    def _options_of(self, name: str, line: CostFact, value: str) -> SafeString | str:
        if name not in ("partner", "site", "work_package", "category"):
            return ""
        place = (name, (line.stream or "-") if name == "category" else (line.partner or ""), value)
        if place not in self._options:
            self._options[place] = _options(self._choices(name, line), value)
        return self._options[place]

    def _choices(self, name: str, line: CostFact) -> list[tuple[str, str]]:
        match name:
            case "partner":
                keys = [key for key in self._partners if key in self.work.partners or key == line.partner]
                return [(key or "", self.names.partners.get(key)) for key in keys]
            case "site":
                return [("", wording.UNKNOWN), *((site.key, site.name or site.key) for site in self.work.facts.sites)]
            case "work_package":
                packages = self.work.facts.work_packages
                return [("", wording.UNKNOWN), *((each.key, self.names.packages.get(each.key)) for each in packages)]
        codes = dict.fromkeys(code for scheme in self._schemes(line) for code in categories_of(scheme))
        codes.setdefault(line.category)
        codes.pop("", None)
        return [("", wording.UNKNOWN), *((code, self.names.categories.get(code)) for code in codes)]

    def _schemes(self, line: CostFact) -> Sequence[Any]:
        own = self.work.call.scheme(line.stream)
        return (own,) if own else self.work.call.streams

    @cached_property
    def _partners(self) -> list[str | None]:
        return [None, *(partner.key for partner in self.work.facts.partners)]


def columns() -> dict[str, str]:
    """The heading of each cell, in the order of the table."""
    return {
        "description": _("Description"),
        "partner": _("Partner"),
        "site": _("Site"),
        "work_package": _("Work package"),
        "category": _("Category"),
        "year": _("Year"),
        "quantity": _("Quantity"),
        "unit_cost": _("Unit cost (€)"),
        "amount": _("Amount (€)"),
    }


def is_computed(line: CostFact) -> bool:
    """The line's price follows from something else than a typed amount."""
    return line.pricing is not None or (line.quantity is not None and line.unit_cost is not None)


def _is_typed(name: str, line: CostFact) -> bool:
    """Whether a cell is an input: what is computed, or belongs to a formula, is text."""
    if name == "amount":
        return line.amount is not None or not is_computed(line)
    return not (name in ("quantity", "unit_cost") and line.pricing is not None)


def _written(value: Any) -> str:
    """A value as it stands in an input, and as the form reads it back."""
    match value:
        case None:
            return ""
        case Euro():
            return wording.amount(value)
        case Decimal():
            return wording.decimal(value)
    return str(value)


def _typed(box: Any) -> str:
    value = box.value()
    return "" if value is None else str(value)


def _attributes(key: str, name: str, label: str, is_wrong: bool, has_problem: bool) -> SafeString:
    """What an input of a row says about itself; it is sent with the form in the last cell."""
    described = format_html(' aria-describedby="{}-{}-problem"', key, name) if has_problem else ""
    return format_html(
        'id="{0}-{1}" name="{1}" form="form-{0}" aria-label="{2}"{3}{4}',
        key, name, label, WRONG if is_wrong else "", described,
    )  # fmt: skip


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> SafeString:
    """The choices of a cell as HTML."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", words) for value, words in choices),
    )

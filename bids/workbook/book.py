"""The workbook while it is being written: its sheets, looks and names, and the picture of the bid it shows."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.workbook.choices import Choices
from bids.workbook.stamp import SHEET as STAMP

EURO, RATE = "#,##0.00", "0.0#####%"
INK, PAPER, QUIET = "#1e2b4d", "#eef1f7", "#5b6478"
LISTS, SHARES = "_lists", "_shares"
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


class OldFormulas(Worksheet):
    """A sheet whose formulas use functions of 2007 alone: they are not searched for the thirty newer ones.

    That search is four fifths of the time a large workbook takes; a test recalculates every formula.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


class Book:
    """`money` is the assessment of `facts` under `call`: every formula is written with the value it will have."""

    def __init__(self, facts: BidFacts, call: CallFacts, money: Assessment, language: str, today: date | None) -> None:
        self.facts, self.call, self.money, self.language, self.today = facts, call, money, language, today
        self.choices = Choices(facts, call)
        self.bytes = BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_numbers": False,
            "strings_to_urls": False,
        }
        self.file = xlsxwriter.Workbook(self.bytes, options)
        self.lines = self._visible(_("Budget lines"))
        self.partners = self._visible(_("Partners"))
        self.rules = self._visible(_("Rates and rules"))
        self.totals = self._visible(_("Totals"))
        self.lists, self.shares, self.stamp = (self._hidden(name) for name in (LISTS, SHARES, STAMP))
        self.looks = {
            "title": self._look(bold=True, font_size=14, font_color=INK),
            "head": self._look(bold=True, bg_color=INK, font_color="#ffffff", text_wrap=True, valign="top", border=1),
            "text": self._look(valign="top", text_wrap=True),
            "plain": self._look(valign="top"),
            "euro": self._look(num_format=EURO, valign="top"),
            "number": self._look(num_format="#,##0.####", valign="top"),
            "year": self._look(num_format="0", valign="top"),
            "rate": self._look(num_format=RATE, valign="top", align="right"),
            "computed": self._look(num_format=EURO, bg_color=PAPER, valign="top"),
            "spare": self._look(num_format=f"{EURO};-{EURO};", bg_color=PAPER, valign="top"),
            "quiet": self._look(font_color=QUIET, bg_color=PAPER, valign="top"),
            "note": self._look(font_color=QUIET, text_wrap=True, valign="top"),
            "sum": self._look(num_format=EURO, bold=True, top=1),
            "bold": self._look(bold=True, top=1),
        }

    def _visible(self, title: str) -> Worksheet:
        """A sheet by a name that every programme takes."""
        return self.file.add_worksheet(_NOT_IN_NAMES.sub(" ", title)[:31].strip(), OldFormulas)

    def _hidden(self, name: str) -> Worksheet:
        sheet = self.file.add_worksheet(name, OldFormulas)
        sheet.very_hidden()
        return sheet

    def _look(self, **look: Any) -> Any:
        return self.file.add_format(look)

    def name(self, name: str, sheet: Worksheet, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Give a range a name that formulas use."""
        self.file.define_name(name, f"={area(sheet, first, last or first)}")

    def head(self, sheet: Worksheet, row: int, titles: list[str]) -> None:
        for column, title in enumerate(titles):
            sheet.write_string(row, column, title, self.looks["head"])


def cell(sheet: Worksheet, row: int, column: int) -> str:
    """A cell as formulas on any sheet name it."""
    return f"'{sheet.get_name()}'!{xl_rowcol_to_cell(row, column, True, True)}"


def area(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> str:
    """A block of cells as formulas on any sheet name it."""
    corners = ":".join(xl_rowcol_to_cell(row, column, True, True) for row, column in (first, last))
    return f"'{sheet.get_name()}'!{corners}"

"""The sheet of budget lines: one row per line, drop-downs where only some words are right, and what each line costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_col_to_name

from bids import wording
from bids.rulebook.facts import CostFact
from bids.rulebook.facts.shapes import Between, Year
from bids.rulebook.funding.eligibility import INDIRECT as INDIRECT_COSTS
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop
from bids.rulebook.vocabulary import PartnerRole
from bids.workbook import formulas, lists_sheet
from bids.workbook.book import Book, area
from bids.workbook.choices import YES
from bids.workbook.columns import COLUMNS, COST, FORMULA, MOST_LINES, Column, Kind
from bids.workbook.guard import guarded
from bids.workbook.lists_sheet import Class, class_in

SPARE = 200  # rows below the lines that count too once they are filled
FIRST_ROW = 1

AT = {column.name: number for number, column in enumerate(COLUMNS)}
AT |= {name: len(COLUMNS) + number for number, name in enumerate(
    ("formula", "cost", "partner_no", "stream_no", "class", "many", "each", "cross", "cents")
)}  # fmt: skip
LETTER = {name: xl_col_to_name(number) for name, number in AT.items()}
PRICINGS = {
    "personnel": gettext_noop("Personnel by days"),
    "person_months": gettext_noop("Person-months"),
    "sme_owner": gettext_noop("SME owner"),
    "depreciation": gettext_noop("Depreciation"),
    "full_cost": gettext_noop("Full cost"),
    "energy": gettext_noop("Energy"),
}


def rows_of(book: Book) -> int:
    """Rows that carry formulas."""
    return len(book.facts.budget) + min(SPARE, MOST_LINES - len(book.facts.budget))


def column_of(book: Book, name: str) -> str:
    """A column of all lines, as formulas name it."""
    return area(book.lines, (FIRST_ROW, AT[name]), (FIRST_ROW + rows_of(book) - 1, AT[name]))


def write_lines(book: Book) -> None:
    sheet = book.lines
    titles = [column.title(book.language) for column in COLUMNS]
    titles += [titles_[book.language] for titles_ in (FORMULA, COST)]
    book.head(sheet, 0, titles)
    sheet.set_row(0, 32)
    for column in AT.values():
        width = COLUMNS[column].width if column < len(COLUMNS) else 15
        sheet.set_column(column, column, width, None, {"hidden": column > AT["cost"]})
    writer = _Lines(book)
    for number, line in enumerate(book.facts.budget):
        writer.line(FIRST_ROW + number, line)
    for number in range(len(book.facts.budget), rows_of(book)):
        writer.spare(FIRST_ROW + number)
    _validate(book)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(book.facts.budget), 1), AT["cost"])
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


class _Lines:
    """Writes rows; what many of them need is looked up once."""

    def __init__(self, book: Book) -> None:
        self.book, self.sheet = book, book.lines
        self.partners = {each.key: number for number, each in enumerate(book.facts.partners, 1)}
        self.associated = {each.key for each in book.facts.partners if each.role is PartnerRole.ASSOCIATED}
        self.streams = {stream: number for number, stream in enumerate(book.choices.streams, 1)}
        self.classes = {
            (stream, code): class_in(book, stream, code)
            for stream in book.choices.streams for code in book.choices.categories
        }  # fmt: skip
        self.yes = wording.say(Sentence(YES))
        self.templates = _templates()
        self.pricings = {kind: _(words) for kind, words in PRICINGS.items()}

    def line(self, row: int, line: CostFact) -> None:
        for number, column in enumerate(COLUMNS):
            self._fact(row, number, column, getattr(line, column.name))
        if line.pricing is not None:
            self.sheet.write_string(row, AT["formula"], self.pricings[line.pricing.kind], self.book.looks["quiet"])
        self._computed(row, self._values(line), "computed", fixed=line.pricing is not None)

    def spare(self, row: int) -> None:
        self._computed(row, _EMPTY, "spare", fixed=False)

    def _fact(self, row: int, number: int, column: Column, fact: Any) -> None:
        """One cell: numbers as numbers, everything else as text that is never a formula."""
        if fact is None or fact is False or fact == "":
            return
        looks = self.book.looks
        match fact:
            case Euro():
                self.sheet.write_number(row, number, fact.cents / 100, looks["euro"])
            case Decimal():
                self.sheet.write_number(row, number, float(fact), looks["number"])
            case int() if column.kind is Kind.YEAR:
                self.sheet.write_number(row, number, fact, looks["year"])
            case _:
                look = looks["quiet"] if column.kind is Kind.KEY else looks["text" if column.width > 40 else "plain"]
                self.sheet.write_string(row, number, self._words(column, fact), look)

    def _words(self, column: Column, fact: Any) -> str:
        if column.kind is Kind.FLAG:
            return self.yes
        if column.kind is Kind.CHOICE:
            return self.book.choices.label(column.name, fact)
        return guarded(str(fact)) if column.kind is Kind.TEXT else str(fact)

    def _values(self, line: CostFact) -> dict[str, float]:
        """What the formulas of a line come to."""
        many, each = (-1 if fact is None else int(fact.scaleb(4)) for fact in (line.quantity, line.unit_cost))
        whole_many, rest_many = divmod(max(many, 0), formulas.TEN_THOUSAND)
        whole_each, rest_each = divmod(max(each, 0), formulas.TEN_THOUSAND)
        cents = self.book.money.lines[line.key].amount.cents
        return {
            "partner_no": self.partners.get(line.partner or "", 0),
            "stream_no": self.streams[line.stream] if line.stream else 0,
            "class": self._class(line),
            "many": many,
            "each": each,
            "cross": whole_many * rest_each + whole_each * rest_many if min(many, each) >= 0 else -1,
            "cents": cents,
            "cost": cents / 100,
        }

    def _class(self, line: CostFact) -> Class:
        if line.category == INDIRECT_COSTS:
            return Class.COMPARED
        if line.funded_elsewhere or line.partner in self.associated:
            return Class.ELSEWHERE
        if line.stream is None or (line.stream.is_grant and line.partner is None):
            return Class.APART
        return self.classes.get((line.stream, line.category), Class.APART)

    def _computed(self, row: int, values: Mapping[str, float], look: str, *, fixed: bool) -> None:
        """The formulas of a row; what a formula of this house priced stays as it was worked out."""
        here = str(row + 1)
        for name, template in self.templates.items():
            if name == "cents" and fixed:
                self.sheet.write_number(row, AT[name], values[name])
            else:
                cell_look = self.book.looks[look] if name == "cost" else None
                self.sheet.write_formula(row, AT[name], template.replace("#", here), cell_look, values[name])


_EMPTY = {"partner_no": 0, "stream_no": 0, "class": 0, "cents": 0, "cost": 0, "many": -1, "each": -1, "cross": -1}


def _templates() -> dict[str, str]:
    """The formulas of a line, `#` for its row. -1 stands for a number that is not there."""
    at = {name: f"{letter}#" for name, letter in LETTER.items()}
    many, each, cross, stated = at["many"], at["each"], at["cross"], at["amount"]
    stated_cents = formulas.cents(stated)
    product = formulas.product(many, each, cross)
    return {
        "partner_no": f'=IF({at["partner"]}="",0,IFERROR(MATCH({at["partner"]},{lists_sheet.PARTNERS},0),0))',
        "stream_no": f'=IF({at["stream"]}="",0,IFERROR(MATCH({at["stream"]},{lists_sheet.STREAMS},0),0))',
        "class": _class_formula(at),
        "many": f"=IF(ISNUMBER({at['quantity']}),{formulas.ten_thousandths(at['quantity'])},-1)",
        "each": f"=IF(ISNUMBER({at['unit_cost']}),{formulas.ten_thousandths(at['unit_cost'])},-1)",
        "cross": f"=IF(MIN({many},{each})<0,-1,{formulas.crossed(many, each)})",
        "cents": (
            f"=IF({cross}<0,IF(ISNUMBER({stated}),{stated_cents},0),"
            f"({product})*IF(ISNUMBER({stated}),--({stated_cents}={product}),1))"
        ),
        "cost": f"={at['cents']}/100",
    }


def _class_formula(at: dict[str, str]) -> str:
    """The same decisions as `_Lines._class`, in the same order."""
    partner, stream, category = at["partner_no"], at["stream_no"], at["category"]
    compared = f"{category}={lists_sheet.INDIRECT}"
    elsewhere = (
        f"OR({at['funded_elsewhere']}={lists_sheet.FLAG},"
        f"IF({partner}>0,INDEX({lists_sheet.ASSOCIATED},{partner})=1,FALSE))"
    )
    nobodys = f"AND({partner}=0,IF({stream}>0,INDEX({lists_sheet.GRANTS},{stream})=1,TRUE))"
    by_category = f"IFERROR(INDEX({lists_sheet.CLASSES},MATCH({category},{lists_sheet.CATEGORIES},0),{stream}),0)"
    rest = f"IF(OR({stream}=0,{nobodys}),{int(Class.APART)},{by_category})"
    return f"=IF({compared},{int(Class.COMPARED)},IF({elsewhere},{int(Class.ELSEWHERE)},{rest}))"


def _validate(book: Book) -> None:
    """Drop-downs and limits, on every row that may be filled."""
    rules: dict[Kind, Callable[[Column], dict[str, Any]]] = {
        Kind.CHOICE: lambda column: _one_of(lists_sheet.OF_COLUMN[column.name]),
        Kind.FLAG: lambda column: _one_of(lists_sheet.OF_COLUMN[column.name]),
        Kind.YEAR: lambda column: _year(),
        Kind.NUMBER: lambda column: _not_negative(),
        Kind.AMOUNT: lambda column: _not_negative(),
        Kind.KEY: lambda column: _key_note(),
    }
    for number, column in enumerate(COLUMNS):
        is_empty_list = column.kind is Kind.CHOICE and not book.choices.labels[column.name]
        if column.kind in rules and not is_empty_list:
            book.lines.data_validation(FIRST_ROW, number, MOST_LINES, number, rules[column.kind](column))


def _one_of(name: str) -> dict[str, Any]:
    words = _("Choose one of the list, or leave the cell empty.")
    return {"validate": "list", "source": f"={name}", "error_title": _("Not in the list"), "error_message": words}


def _year() -> dict[str, Any]:
    bounds: Between = Year.__metadata__[0]  # type: ignore[attr-defined]
    words = _("Write a year of four digits.")
    least, most = bounds.least, bounds.most
    return {"validate": "integer", "criteria": "between", "minimum": least, "maximum": most, "error_message": words}


def _not_negative() -> dict[str, Any]:
    words = _("Write a number of zero or more.")
    return {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": words}


def _key_note() -> dict[str, Any]:
    words = _("Names the line when the workbook is read again. For a new line leave it empty.")
    return {"validate": "any", "input_title": _("Line"), "input_message": words}

"""What the cells of a workbook mean for this bid, and why where they mean nothing that can be stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from typing import Any

from bids import numbers
from bids.rulebook.facts import CostFact
from bids.rulebook.facts.shapes import KEY, Between, Length, Line, LineReference, Text, Year
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Stream
from bids.workbook import cells
from bids.workbook.choices import NO, YES, Choices, flags
from bids.workbook.columns import BY_NAME, Column, Kind
from bids.workbook.guard import LONGEST, MORE, cell_text, unguarded
from bids.workbook.stamp import Stamp

Written = tuple[str, str]  # kind and text of a cell, as `look` tells them
FEW = 12  # names that are listed in a sentence

_FORMULA = gettext_noop("This cell holds a formula. Write its value, or have the results of formulas taken.")
_DATE = gettext_noop("This cell holds a date. Write what belongs there as a text or a number.")
_TICK = gettext_noop("This cell holds a yes or no. Write a number.")
_ERROR = gettext_noop("This cell holds the error %(error)s. Correct it in the workbook.")
_NO_KEY = gettext_noop("“%(text)s” can't name a line: write 1 to 32 letters, digits, dots, hyphens or underscores.")
_UNKNOWN = gettext_noop("“%(text)s” is not known here as: %(column)s.")
_KNOWN = gettext_noop("%(what)s Known are: %(known)s.")
_NO_YEAR = gettext_noop("“%(text)s” is not a year. Write four digits, such as 2027.")
_NO_FLAG = gettext_noop("“%(text)s” is neither yes nor no. Write one of them, or leave the cell empty for no.")
_NO_REFERENCE = gettext_noop(
    "“%(text)s” names no line of another bid. Write its reference and the line: BE-OTHER#L001."
)
_NEGATIVE = gettext_noop("%(number)s is below zero. Write a number of zero or more.")
_TOO_LONG = gettext_noop("This text has more characters than can be taken here: at most %(most)s.")
_WAS_CUT = gettext_noop(
    "This text is longer than a cell: the workbook holds its beginning. Change it on the page of the line."
)
_NOT_STORABLE = gettext_noop("This text contains a character that can't be stored. Remove it.")


class Meaningless(ValueError):
    """A cell that can't be read; `sentence` says why, and what to do."""

    def __init__(self, template: str, **params: object) -> None:
        self.sentence = sentence(template, **params)
        super().__init__(str(self.sentence))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: `plain` is its value as cells are compared, `problem` why there is none."""

    place: str
    text: str
    value: Any = None
    plain: str = ""
    problem: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the sheet: the key it names, and a cell for every column the sheet has."""

    number: int
    key: str
    cells: dict[str, Cell]


class Reader:
    """Reads the rows of one workbook for one bid; texts that are numbers follow the reader's language."""

    def __init__(self, choices: Choices, stamp: Stamp | None, language: str) -> None:
        self.choices, self.language = choices, language
        self.labels: Mapping[str, Mapping[str, str]] = stamp.labels if stamp else {}
        self.yes, self.no = flags(YES) | {"x"}, flags(NO)
        self.by_kind: dict[Kind, Callable[[Column, Written], Any]] = {
            Kind.KEY: self._key,
            Kind.CHOICE: self._choice,
            Kind.YEAR: self._year,
            Kind.TEXT: self._text,
            Kind.NUMBER: self._number,
            Kind.AMOUNT: self._amount,
            Kind.FLAG: self._flag,
            Kind.REFERENCE: self._reference,
        }
        self._meant: dict[tuple[str, str], str | None] = {}

    def rows(self, found: Mapping[str, Any]) -> list[Row]:
        """Every row that was found, in its order."""
        return [self._row(number, written, found["columns"]) for number, written in found["rows"]]

    def _row(self, number: int, written: Mapping[str, Any], columns: Mapping[str, str]) -> Row:
        read = {name: self._cell(name, f"{letter}{number}", written.get(name)) for name, letter in columns.items()}
        key = read.get("key")
        return Row(number, key.plain if key else "", read)

    def _cell(self, name: str, place: str, written: Any) -> Cell:
        column = BY_NAME[name]
        if written is None:
            return Cell(place, "", EMPTY[name])
        kind, text = written
        try:
            value = self.by_kind[column.kind](column, (_sound(kind, text), text))
        except Meaningless as problem:
            return Cell(place, text, problem=problem.sentence)
        except numbers.Unclear as unclear:
            return Cell(place, text, problem=unclear.sentence)
        return Cell(place, text, value, cells.plain(column, value))

    def _key(self, column: Column, written: Written) -> str:
        text = unguarded(written[1]).strip()
        if not re.fullmatch(KEY, text):
            raise Meaningless(_NO_KEY, text=_short(text))
        return text

    def _choice(self, column: Column, written: Written) -> str:
        text = unguarded(written[1]).strip()
        asked = (column.name, text)
        if asked not in self._meant:
            self._meant[asked] = self.choices.meant(column.name, text, self.labels.get(column.name))
        if (meant := self._meant[asked]) is not None:
            return Stream(meant) if column.name == "stream" else meant
        what = Sentence(_UNKNOWN, {"text": _short(text), "column": column.title(self.language)})
        names = list(self.choices.labels[column.name].values())
        if 0 < len(names) <= FEW:
            raise Meaningless(_KNOWN, what=what, known=", ".join(names))
        raise Meaningless(_UNKNOWN, **what.params)

    def _year(self, column: Column, written: Written) -> int:
        bounds: Between = Year.__metadata__[0]  # type: ignore[attr-defined]
        text = written[1].strip()
        if not re.fullmatch(r"[0-9]{4}", text) or not bounds.least <= int(text) <= bounds.most:
            raise Meaningless(_NO_YEAR, text=_short(text))
        return int(text)

    def _text(self, column: Column, written: Written) -> str:
        text = cell_text(unguarded(written[1]))
        length: Length = (Line if column.name == "unit" else Text).__metadata__[0]  # type: ignore[attr-defined]
        if text.endswith(MORE) and len(text) > LONGEST:
            return text  # compared with what stands there; changed, it is refused by `was_cut`
        if len(text) > length.most:
            raise Meaningless(_TOO_LONG, most=length.most)
        if any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text):
            raise Meaningless(_NOT_STORABLE)
        return text

    def _number(self, column: Column, written: Written) -> Decimal:
        kind, text = _figure(written)
        return _not_negative(_exact(text, 4) if kind == "n" else numbers.read_decimal(text, self.language, decimals=4))

    def _amount(self, column: Column, written: Written) -> Euro:
        kind, text = _figure(written)
        amount = Euro.of(_exact(text, 2)) if kind == "n" else numbers.read_amount(text, self.language)
        _not_negative(Decimal(str(amount)))
        return amount

    def _flag(self, column: Column, written: Written) -> bool:
        kind, text = written
        word = text.strip().casefold()
        if kind in ("b", "n") and word in ("", "0", "1"):
            return word == "1"
        if word not in self.yes | self.no:
            raise Meaningless(_NO_FLAG, text=_short(text))
        return word in self.yes

    def _reference(self, column: Column, written: Written) -> str:
        text = unguarded(written[1]).strip()
        if not re.fullmatch(LineReference.__metadata__[0].pattern, text):  # type: ignore[attr-defined]
            raise Meaningless(_NO_REFERENCE, text=_short(text))
        return text


EMPTY: dict[str, Any] = {part.name: part.default for part in fields(CostFact)} | {"key": ""}


def was_cut(text: str) -> Sentence | None:
    """Why a changed text can't be taken that had been longer than a cell."""
    return sentence(_WAS_CUT) if text.endswith(MORE) and len(text) > LONGEST else None


def _sound(kind: str, text: str) -> str:
    """The kind of a cell that holds a value."""
    match kind:
        case "f":
            raise Meaningless(_FORMULA)
        case "d":
            raise Meaningless(_DATE)
        case "e":
            raise Meaningless(_ERROR, error=_short(text))
    return kind


def _figure(written: Written) -> Written:
    """A cell that may hold a number: a tick or a truth value, which files keep as 1 and 0, is none."""
    if written[0] == "b":
        raise Meaningless(_TICK)
    return written


def _exact(text: str, decimals: int) -> Decimal:
    """The digits a spreadsheet shows of a number, if a column can hold them all."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise Meaningless(_ERROR, error=_short(text))
    number = Decimal(f"{number:f}")
    numbers.fits(number, text, decimals=decimals)
    return number


def _not_negative(number: Decimal) -> Decimal:
    if number < 0:
        raise Meaningless(_NEGATIVE, number=number)
    return number


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else f"{text[:39]}…"

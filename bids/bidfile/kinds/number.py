"""Numbers: amounts and decimals as text, whole numbers, days, yes and no."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bids.bidfile.kinds.kind import Definitions, Json, Kind
from bids.bidfile.problems import Problems
from bids.rulebook.facts.shapes import WHOLE_DIGITS
from bids.rulebook.money import Euro
from bids.rulebook.text import gettext_noop, quoted


class JsonNumber:
    """A JSON number with a point or an exponent, kept as the file writes it: never a float."""

    __slots__ = ("written",)

    def __init__(self, written: str) -> None:
        self.written = written

    def __str__(self) -> str:
        return self.written


_WHOLE = rf"(?:0|[1-9][0-9]{{0,{WHOLE_DIGITS - 1}}})"
_BELOW = {1: "0", 90: "(?:[1-8]?[0-9])", 180: "(?:[1-9]?[0-9]|1[0-7][0-9])"}  # whole parts below a maximum


class Numeral(Kind):
    """A decimal written as text, so that no cent and no digit is lost on the way."""

    example = "0.25"

    def __init__(self, places: int, signed: bool = False, most: int | None = None) -> None:
        self.places, self.signed, self.most = places, signed, most
        rest = rf"(?:\.[0-9]{{1,{places}}})?"
        number = f"{_WHOLE}{rest}" if most is None else rf"(?:{_BELOW[most]}{rest}|{most}(?:\.0{{1,{places}}})?)"
        self.pattern = f"^{'-?' if signed else ''}{number}$"
        self._form = re.compile(self.pattern[:-1] + r"\Z")
        self.definition = f"decimal_{places}" + ("_signed" if signed else "") + (f"_to_{most}" if most else "")
        self.blank = Decimal(0)

    def read(self, value: Json, path: str, problems: Problems) -> Decimal:
        if self.is_well_written(value, path, problems):
            return Decimal(value)
        return Decimal(0)

    def write(self, fact: Decimal) -> Json:
        return f"{fact:f}"

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "string", "pattern": self.pattern}

    def is_well_written(self, value: Json, path: str, problems: Problems) -> bool:
        """The text has the right form; if not, the first reason why is told."""
        if isinstance(value, str) and self._form.match(value):
            return True
        template, params = self._reason(value)
        problems.add(path, template, value=quoted(value), example=self.example, **params)
        return False

    def _reason(self, value: Json) -> tuple[str, dict[str, object]]:
        if isinstance(value, int | float | JsonNumber) and not isinstance(value, bool):
            return gettext_noop('Write %(value)s as text, such as "%(example)s": a JSON number can lose digits.'), {}
        written = _WRITTEN.fullmatch(value) if isinstance(value, str) else None
        if written is None:
            return gettext_noop('%(value)s is not a decimal: write digits and a point, such as "%(example)s".'), {}
        minus, whole, rest = written.groups()
        if minus and not self.signed:
            return gettext_noop("%(value)s is below zero. Write 0 or more."), {}
        if len(rest or "") > self.places:
            template = gettext_noop("%(value)s has more than %(places)s decimals. Round it yourself.")
            return template, {"places": self.places}
        if self.most == 1:
            return gettext_noop('%(value)s is above 1. A share is written as a part of one: "0.50" for 50 %%.'), {}
        if self.most:
            return gettext_noop("%(value)s is out of range. Write at most %(most)s."), {"most": self.most}
        if len(whole) > WHOLE_DIGITS:
            return gettext_noop("%(value)s is too large. Write at most %(digits)s digits."), {"digits": WHOLE_DIGITS}
        return gettext_noop("%(value)s starts with a zero too many. Remove it."), {}


_WRITTEN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?")


class Amount(Numeral):
    """Euro with at most two decimals, never below zero."""

    example = "1250.00"

    def __init__(self) -> None:
        super().__init__(2)
        self.definition = "amount"
        self.blank = Euro()

    def read(self, value: Json, path: str, problems: Problems) -> Euro:  # type: ignore[override]
        return Euro.of(value) if self.is_well_written(value, path, problems) else Euro()

    def write(self, fact: Euro) -> Json:  # type: ignore[override]
        return str(fact)


class Whole(Kind):
    """A whole number between two limits."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most
        self.blank = least

    def read(self, value: Json, path: str, problems: Problems) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            problems.add(path, gettext_noop("Write a whole number here, without quotes and without a point."))
        elif not self.least <= value <= self.most:
            template = gettext_noop("%(value)s is out of range: write %(least)s to %(most)s.")
            problems.add(path, template, value=quoted(value), least=self.least, most=self.most)
        else:
            return value
        return self.least

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


class Flag(Kind):
    """Yes or no."""

    blank = False

    def read(self, value: Json, path: str, problems: Problems) -> bool:
        if not isinstance(value, bool):
            problems.add(path, gettext_noop("Write true or false here, without quotes."))
        return value is True

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "boolean"}


class Day(Kind):
    """A day of the calendar."""

    definition = "day"
    blank = date.min
    _form = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")

    def read(self, value: Json, path: str, problems: Problems) -> date:
        try:
            if isinstance(value, str) and self._form.match(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        template = gettext_noop('%(value)s is not a day: write year, month and day, such as "2026-03-01".')
        problems.add(path, template, value=quoted(value))
        return self.blank

    def write(self, fact: date) -> Json:
        return fact.isoformat()

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

"""Reading single values of a call file: each function takes what stands there or refuses it with a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, quoted, sentence
from bids.rulebook.vocabulary import Word

T = TypeVar("T")
W = TypeVar("W", bound=Word)

_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,6})?")
_AMOUNT = re.compile(r"(?:0|[1-9][0-9]{0,14})\.[0-9]{2}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(_DAY.pattern + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2})?[+-][0-9]{2}:[0-9]{2}")
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class Refused(ValueError):
    """A value that can't be taken; the sentence says why and what to write."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(str(reason))
        self.reason = reason


def refuse(template: str, **params: object) -> Refused:
    return Refused(sentence(template, **params))


def text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise refuse(gettext_noop("Write a text here."))
    return value


def identifier(value: object) -> str:
    if not isinstance(value, str) or not _IDENTIFIER.fullmatch(value):
        raise refuse(gettext_noop("%(value)s is not an identifier: use letters, digits, . _ -"), value=quoted(value))
    return value


def flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise refuse(gettext_noop("Write true or false here."))
    return value


def whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 1_000_000_000:
        raise refuse(gettext_noop("Write a whole number here, 0 or more, without quotes."))
    return value


def positive(value: object) -> int:
    """A whole number that something is divided by."""
    if whole(value) == 0:
        raise refuse(gettext_noop("Write a whole number here, 1 or more."))
    return whole(value)


def decimal(value: object) -> Decimal:
    if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
        template = gettext_noop('%(value)s is not a decimal: write it in quotes with a point, such as "0.25".')
        raise refuse(template, value=quoted(value))
    return Decimal(value)


def share(value: object) -> Fraction:
    part = Fraction(decimal(value))
    if part > 1:
        raise refuse(gettext_noop('%(value)s is above 1: write 50 %% as "0.50".'), value=quoted(value))
    return part


def euro(value: object) -> Euro:
    if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
        template = gettext_noop('%(value)s is not an amount: write it in quotes with two decimals, such as "60000.00".')
        raise refuse(template, value=quoted(value))
    return Euro.of(value)


def day(value: object) -> date:
    try:
        return date.fromisoformat(_iso(value, _DAY))
    except ValueError:
        raise refuse(gettext_noop("%(value)s is not a day: write 2025-06-30."), value=quoted(value)) from None


def moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(_iso(value, _MOMENT))
    except ValueError:
        template = gettext_noop("%(value)s is not a moment: write 2025-06-30T17:00:00+02:00, with its offset.")
        raise refuse(template, value=quoted(value)) from None


def _iso(value: object, form: re.Pattern[str]) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError("not in this form")
    return value


def one_of(*allowed: str) -> Callable[[object], str]:
    """One of these words and no other."""

    def read(value: object) -> str:
        if value not in allowed:
            template = gettext_noop("%(value)s is not known here: write one of %(allowed)s.")
            raise refuse(template, value=quoted(value), allowed=", ".join(allowed))
        return str(value)

    return read


def word(kind: type[W]) -> Callable[[object], W]:
    """A word of the vocabulary."""
    words = {str(member): member for member in kind}
    read = one_of(*words)
    return lambda value: words[read(value)]


def each(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    """A list whose every item is read so."""

    def read_all(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise refuse(gettext_noop("Write a list here, in square brackets."))
        return tuple(read(item) for item in value)

    return read_all

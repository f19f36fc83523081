"""What drawing yields: the picture, its words, and the numbers in it as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bids import numbers, wording
from bids.rulebook.money import Euro

Size = Euro | Decimal | Fraction | int  # a Fraction is a share


@dataclass(frozen=True, slots=True)
class Plot:
    """`svg` is safe to print in a page; `head` and `rows` say the same in words and exact numbers.

    `words` are the columns (from 0) that hold words after the first one; the others are figures.
    """

    svg: SafeString
    title: str
    description: str
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    words: tuple[int, ...] = ()


def size_of(value: Size) -> Fraction:
    """How large to draw a value: never less than nothing."""
    return max(Fraction(0), level_of(value))


def level_of(value: Size) -> Fraction:
    """Where a value lies on a scale; cents for money."""
    return Fraction(value.cents if isinstance(value, Euro) else value)


def exact(value: Size) -> str:
    """The value in full, for the table."""
    return wording.show(value)


def short(value: Size, decimals: int = 1) -> str:
    """The value as a label: money in millions, shares rounded alike, other numbers as they are."""
    if isinstance(value, Euro):
        return numbers.write_millions(value, get_language() or "en", decimals)
    return wording.percent(value, decimals) if isinstance(value, Fraction) else wording.show(value)


def signed(value: Euro, words: str) -> str:
    """A difference: more is told by a plus, as less is by a minus."""
    return f"+{words}" if value.cents > 0 else words


def share_of(part: Fraction, whole: Fraction) -> str:
    """A share with one decimal, for labels and tables; a dash of nothing."""
    return wording.percent(part / whole, 1) if whole else wording.UNKNOWN


def told(rows: Sequence[Sequence[str]]) -> str:
    """The rows as one sentence, for those who hear the plot."""
    return "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in rows)

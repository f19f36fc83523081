"""Money in whole cents, rates as exact fractions: nothing here ever sees a float."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

_AMOUNT = re.compile(r"(-?)(\d+)(?:\.(\d{1,2}))?", re.ASCII)


class Rounding(StrEnum):
    """How a sub-cent rest is settled; stored with a rule set, never assumed in code."""

    HALF_UP = "half_up"
    DOWN = "down"


@dataclass(frozen=True, order=True, slots=True)
class Euro:
    """An exact amount in EUR, held as whole cents."""

    cents: int = 0

    @classmethod
    def of(cls, text: str | int | Decimal) -> Euro:
        """Read `"1234.56"` (EUR, at most two decimals); raise ValueError for anything else."""
        match = _AMOUNT.fullmatch(str(text))
        if match is None:
            raise ValueError(f"not an amount in euro and cents: {text!r}")
        sign, whole, part = match.groups()
        cents = int(whole) * 100 + int((part or "").ljust(2, "0"))
        return cls(-cents if sign else cents)

    @classmethod
    def total(cls, amounts: Iterable[Euro]) -> Euro:
        """Add up any number of amounts; nothing adds up to zero."""
        return cls(sum(amount.cents for amount in amounts))

    def times(self, rate: Fraction | int, rounding: Rounding = Rounding.HALF_UP) -> Euro:
        """Multiply by an exact rate and settle the rest of a cent as told."""
        return Euro(rounded(self.cents * Fraction(rate), rounding))

    def split(self, weights: Sequence[int | Fraction], keys: Sequence[str] = ()) -> tuple[Euro, ...]:
        """Share this amount by weights so that no cent is lost (F14, house rule).

        Each share is floored to the cent; the cents left over go to the largest remainders, ties
        to the smaller key, without keys to the earlier position. Weights that add up to nothing
        raise ValueError unless there is nothing to share.
        """
        whole = sum(weights)
        if whole <= 0 or min(weights, default=0) < 0:
            if self.cents == 0:
                return tuple(Euro() for _ in weights)
            raise ValueError("an amount can only be shared by weights that add up to more than zero")
        parts = [divmod(self.cents * weight, whole) for weight in weights]
        shares = [int(share) for share, _ in parts]
        order = sorted(range(len(parts)), key=lambda i: (-parts[i][1], keys[i] if keys else "", i))
        for position in order[: self.cents - sum(shares)]:
            shares[position] += 1
        return tuple(Euro(share) for share in shares)

    def __add__(self, other: Euro) -> Euro:
        return Euro(self.cents + other.cents)

    def __sub__(self, other: Euro) -> Euro:
        return Euro(self.cents - other.cents)

    def __neg__(self) -> Euro:
        return Euro(-self.cents)

    def __bool__(self) -> bool:
        return self.cents != 0

    def __str__(self) -> str:
        whole, part = divmod(abs(self.cents), 100)
        return f"{'-' if self.cents < 0 else ''}{whole}.{part:02d}"


def rounded(number: Fraction, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Round an exact number of units to a whole one; `DOWN` cuts towards minus infinity."""
    if rounding is Rounding.DOWN:
        return number.numerator // number.denominator
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def fraction(number: Decimal | str | int) -> Fraction:
    """The exact value of a decimal such as `"0.50"`."""
    return Fraction(str(number))


def ratio(part: Euro, whole: Euro, decimals: int = 6, rounding: Rounding = Rounding.HALF_UP) -> Decimal | None:
    """Part by whole as a decimal with a fixed number of places; None where the whole is zero."""
    if not whole:
        return None
    units = rounded(Fraction(part.cents * 10**decimals, whole.cents), rounding)
    return Decimal(units).scaleb(-decimals)

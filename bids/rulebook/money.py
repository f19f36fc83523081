"""Money in whole cents, rates as exact fractions: nothing here ever sees a float.

`Euro` is what facts and results are made of. The functions below it work on bare cents, for the
places where ten thousand lines are shared at once; both follow the same two rules, `rounded` and
`split_cents`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

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
        return Euro(quotient(self.cents * rate.numerator, rate.denominator, rounding))

    def split(self, weights: Sequence[int | Fraction], keys: Sequence[str] = ()) -> tuple[Euro, ...]:
        """Share this amount by weights so that no cent is lost: `split_cents` in Euro."""
        return tuple(Euro(cents) for cents in split_cents(self.cents, whole_weights(weights), keys))

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


def split_cents(cents: int, weights: Sequence[int], keys: Sequence[str] = ()) -> list[int]:
    """Share cents by whole weights so that none is lost (F14, house rule).

    Each share is floored; the cents left over go to the largest remainders, ties to the smaller
    key, without keys to the earlier position. Weights that add up to nothing, or a negative one,
    raise ValueError unless there is nothing to share.
    """
    whole = sum(weights)
    if cents == 0:
        return [0] * len(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("an amount can only be shared by weights that add up to more than zero")
    shares = [cents * weight // whole for weight in weights]
    left = cents - sum(shares)
    if left:
        rests = [cents * weight % whole for weight in weights]
        ranked = sorted(range(len(rests)), key=lambda i: (-rests[i], keys[i] if keys else "", i))
        for position in ranked[:left]:
            shares[position] += 1
    return shares


def whole_weights(weights: Sequence[int | Fraction]) -> list[int]:
    """The same proportions in whole numbers: 20, 37.5 become 40, 75."""
    scale = lcm(*(weight.denominator for weight in weights))
    return [weight.numerator * (scale // weight.denominator) for weight in weights]


def quotient(numerator: int, denominator: int, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Divide exactly and round to a whole number; the denominator is positive.

    `HALF_UP` takes a half to the next larger number, `DOWN` cuts towards minus infinity.
    """
    if rounding is Rounding.DOWN:
        return numerator // denominator
    return (2 * numerator + denominator) // (2 * denominator)


def rounded(number: Fraction, rounding: Rounding = Rounding.HALF_UP) -> int:
    """Round an exact number of units to a whole one."""
    return quotient(number.numerator, number.denominator, rounding)


def fraction(number: Decimal | str | int) -> Fraction:
    """The exact value of a decimal such as `"0.50"`."""
    return Fraction(number)


def ratio(part: Euro, whole: Euro, decimals: int = 6, rounding: Rounding = Rounding.HALF_UP) -> Decimal | None:
    """Part by whole as a decimal with a fixed number of places; None where the whole is zero."""
    if not whole:
        return None
    units = quotient(part.cents * 10**decimals, whole.cents, rounding)
    return Decimal(units).scaleb(-decimals)

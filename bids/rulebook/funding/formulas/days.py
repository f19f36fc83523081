"""Days of work: the most a person may declare (F1)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bids.rulebook.money import fraction, rounded

DAYS_PER_YEAR = 215


def max_days(
    months: Decimal | int, fte: Decimal, parental_leave_days: Decimal | int = 0, per_year: int = DAYS_PER_YEAR
) -> Decimal:
    """The most days a person may declare in a period: to the nearest half day, ties up (F1)."""
    days = Fraction(per_year, 12) * fraction(months) * fraction(fte) - fraction(parental_leave_days)
    return Decimal(rounded(2 * days)) / 2

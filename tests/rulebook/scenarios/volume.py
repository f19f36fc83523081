"""A bid of five hundred lines, and what is asked of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.facts import BidFacts, CostFact, PersonMonthsPricing
from bids.rulebook.scenarios import Change, LeverName, Measure
from bids.rulebook.vocabulary import Stream
from tests.rulebook.scenarios.bids import machine, put, tandem

LINES = 500
CATEGORIES = ("A1", "A2", "B", "C1", "C2", "C3")

WANTED: dict[str, tuple[Change, Measure, Fraction]] = {
    "accelerators": (put(LeverName.ACCELERATORS, "40"), Measure.NATIONAL, Fraction(280_000_000)),
    "amount": (put(LeverName.LINE_AMOUNT, "100000", "M5"), Measure.TOTAL, Fraction(2_000_000_000)),
    "rate": (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(45, 100)),
    "out of reach": (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(95, 100)),
}


def five_hundred_lines() -> BidFacts:
    """The small factory with costs of many kinds beside."""
    return replace(tandem, budget=(*tandem.budget, *map(_line, range(LINES - len(tandem.budget)))))


def _line(number: int) -> CostFact:
    site = ("zellik", "charleroi")[number % 2]
    if number % 3 == 0:
        return machine(f"X{number}", site, quantity=Decimal(3), unit="node", unit_cost=Decimal("1234.56"))
    return CostFact(
        f"X{number}", Stream.SERVICES, ("imec", "cenaero")[number % 2], site, category=CATEGORIES[number % 6],
        year=2026 + number % 4, pricing=PersonMonthsPricing(Decimal(10), Decimal("800.00")),
    )  # fmt: skip

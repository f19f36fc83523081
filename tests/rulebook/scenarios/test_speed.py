"""Questions about a bid of 500 lines are answered while one waits: the aims of `make deep`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from bids.rulebook.facts import BidFacts, CostFact, PersonMonthsPricing
from bids.rulebook.scenarios import Change, LeverName, Measure, drivers, solve, tornado
from bids.rulebook.vocabulary import Stream
from tests import measured
from tests.rulebook.scenarios.bids import FACTORY, machine, put, tandem

pytestmark = pytest.mark.deep

LINES = 500
CATEGORIES = ("A1", "A2", "B", "C1", "C2", "C3")


@pytest.fixture(scope="module")
def large() -> BidFacts:
    """The small factory with costs of many kinds beside."""
    return replace(tandem, budget=(*tandem.budget, *map(line, range(LINES - len(tandem.budget)))))


def line(number: int) -> CostFact:
    site = ("zellik", "charleroi")[number % 2]
    if number % 3 == 0:
        return machine(f"X{number}", site, quantity=Decimal(3), unit="node", unit_cost=Decimal("1234.56"))
    return CostFact(
        f"X{number}", Stream.SERVICES, ("imec", "cenaero")[number % 2], site, category=CATEGORIES[number % 6],
        year=2026 + number % 4, pricing=PersonMonthsPricing(Decimal(10), Decimal("800.00")),
    )  # fmt: skip


def quickest(act: Callable[[], object], tries: int = 3) -> float:
    """Seconds of the best of a few tries: what is slow is the machine, not the search."""
    taken = []
    for _ in range(tries):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return min(taken)


@pytest.mark.parametrize(
    ("lever", "measure", "target"),
    [
        (put(LeverName.ACCELERATORS, "40"), Measure.NATIONAL, Fraction(280_000_000)),
        (put(LeverName.LINE_AMOUNT, "100000", "M5"), Measure.TOTAL, Fraction(2_000_000_000)),
        (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(45, 100)),
        (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(95, 100)),
    ],
    ids=["accelerators", "amount", "rate", "out of reach"],
)
def test_a_value_is_found_within_a_second(large: BidFacts, lever: Change, measure: Measure, target: Fraction) -> None:
    seconds = quickest(lambda: solve(large, FACTORY, (), lever, measure, target))
    what = f"solve for {lever.lever.value} ({float(target):.2f}), {LINES} lines"
    measured.keep(what, f"{seconds:.2f} s", aim="1 s", command="make deep")
    assert seconds <= 1


def test_eight_drivers_swing_within_two_seconds(large: BidFacts) -> None:
    chosen = drivers(large, FACTORY)
    assert len(chosen) == 8
    seconds = quickest(lambda: tornado(large, FACTORY, chosen, Measure.NATIONAL))
    measured.keep(f"tornado with 8 drivers, {LINES} lines", f"{seconds:.2f} s", aim="2 s", command="make deep")
    assert seconds <= 2

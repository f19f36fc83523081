"""Which drivers matter most: each is moved down and up by itself, and the widest swing comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, EnergyPricing
from bids.rulebook.funding import assess
from bids.rulebook.scenarios.apply import apply
from bids.rulebook.scenarios.change import Change
from bids.rulebook.scenarios.levers import LEVERS, LeverName
from bids.rulebook.scenarios.machines import accelerators_at
from bids.rulebook.scenarios.money import scaled
from bids.rulebook.scenarios.outcome import MEASURES, Measure
from bids.rulebook.scenarios.standing import standing
from bids.rulebook.vocabulary import Category, Stream

MOST_DRIVERS = 8
AROUND = (Fraction(9, 10), Fraction(11, 10))
POINTS = Decimal("0.05")
A_YEAR = Decimal(12)

Aimed = tuple[LeverName, str]  # a lever and what it points at


@dataclass(frozen=True, slots=True)
class Driver:
    """A lever at two values around the one it has now."""

    low: Change
    high: Change


@dataclass(frozen=True, slots=True)
class Swing:
    """What a measure is at both ends of a driver; `now` is what it is without a change."""

    driver: Driver
    now: Fraction
    at_low: Fraction
    at_high: Fraction

    @property
    def width(self) -> Fraction:
        return max(self.now, self.at_low, self.at_high) - min(self.now, self.at_low, self.at_high)


def tornado(
    facts: BidFacts, call: CallFacts, drivers: Iterable[Driver], measure: Measure, *, on: date | None = None
) -> list[Swing]:
    """Widest swing first; a driver that moves nothing comes last."""

    def measured(*changes: Change) -> Fraction:
        return MEASURES[measure](assess(apply(facts, changes).facts, call, on=on))

    now = measured()
    swings = [Swing(driver, now, measured(driver.low), measured(driver.high)) for driver in drivers]
    return sorted(swings, key=lambda swing: -swing.width)


def drivers(facts: BidFacts, call: CallFacts) -> list[Driver]:
    """What usually moves a bid like this one; at most eight."""
    found = (_of_the_machine(facts), _of_rates(facts, call), _of_people(facts), _of_energy(facts))
    chosen = islice(chain(*found), MOST_DRIVERS)
    return [driver for lever, target in chosen if (driver := around(facts, call, lever, target))]


def around(facts: BidFacts, call: CallFacts, lever: LeverName, target: str = "") -> Driver | None:
    """A lever a tenth below and above its value, within its bounds; nothing where the bid doesn't give it one.

    More than the rate that is asked for now is rarely to be had, so rates go down by five points; time is only lost.
    """
    now = standing(facts, call, lever, target)
    if now is None:
        return None
    low, high = (scaled(now, factor, LEVERS[lever].scale.places) for factor in AROUND)
    if lever in (LeverName.RATE_ACQUISITION, LeverName.RATE_OPERATION):
        low, high = now - POINTS, now
    elif lever is LeverName.DELAY:
        low, high = now, now + A_YEAR
    least, most = LEVERS[lever].least, LEVERS[lever].most
    return Driver(*(Change(lever, target, _tidy(min(max(end, least), most))) for end in (low, high)))


def _tidy(number: Decimal) -> Decimal:
    """The number without idle zeros behind its point."""
    return Decimal(format(number.normalize(), "f"))


def _of_the_machine(facts: BidFacts) -> Iterator[Aimed]:
    if any(accelerators_at(facts, site) for site in facts.sites):
        yield LeverName.ACCELERATORS, ""
        yield LeverName.ACCELERATOR_PRICE, ""


def _of_energy(facts: BidFacts) -> Iterator[Aimed]:
    """Each site has figures of its own, so each is a driver of its own; the largest consumer first."""
    drawn: dict[str, Decimal] = {}
    for line in facts.budget:
        if isinstance(line.pricing, EnergyPricing) and line.site:
            drawn.setdefault(line.site, line.pricing.kw)
    for site in sorted(drawn, key=lambda site: -drawn[site]):
        yield LeverName.ENERGY_PRICE, site
        yield LeverName.PUE, site


def _of_people(facts: BidFacts) -> Iterator[Aimed]:
    for category in (Category.A1, Category.STAFF_OPERATIONS):
        if any(line.category == category for line in facts.budget):
            yield LeverName.PRICES, category.value


def _of_rates(facts: BidFacts, call: CallFacts) -> Iterator[Aimed]:
    if call.scheme(Stream.MACHINE) and any(line.stream is Stream.MACHINE for line in facts.budget):
        yield LeverName.RATE_ACQUISITION, ""
        yield LeverName.RATE_OPERATION, ""

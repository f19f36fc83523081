"""Which drivers matter most: each is moved down and up by itself, and the widest swing comes first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, EnergyPricing
from bids.rulebook.funding import assess
from bids.rulebook.money import fraction
from bids.rulebook.scenarios.apply import apply
from bids.rulebook.scenarios.change import Change
from bids.rulebook.scenarios.levers import LEVERS, LeverName
from bids.rulebook.scenarios.machines import accelerators_at
from bids.rulebook.scenarios.money import scaled
from bids.rulebook.scenarios.outcome import MEASURES, Measure
from bids.rulebook.vocabulary import Category, Stream

MOST_DRIVERS = 8


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


def drivers(facts: BidFacts, call: CallFacts, part: Decimal = Decimal("0.10")) -> list[Driver]:
    """What usually moves a bid like this one, each by the same part down and up; at most eight."""
    found = (_of_the_machine(facts, part), _of_rates(facts, call), _of_people(facts, part), _of_energy(facts, part))
    return list(islice(chain(*found), MOST_DRIVERS))


def _of_the_machine(facts: BidFacts, part: Decimal) -> Iterator[Driver]:
    count = sum(accelerators_at(facts, site) for site in facts.sites)
    if count:
        yield _around(Change(LeverName.ACCELERATORS, "", Decimal(count)), part)
        yield _around(Change(LeverName.ACCELERATOR_PRICE, "", Decimal(1)), part)


def _of_energy(facts: BidFacts, part: Decimal) -> Iterator[Driver]:
    """Each site has figures of its own, so each is a driver of its own; the largest consumer first."""
    drawn: dict[str, EnergyPricing] = {}
    for line in facts.budget:
        if isinstance(line.pricing, EnergyPricing) and line.site:
            drawn.setdefault(line.site, line.pricing)
    for site, energy in sorted(drawn.items(), key=lambda each: -each[1].kw):
        yield _around(Change(LeverName.ENERGY_PRICE, site, energy.price_per_kwh), part)
        yield _around(Change(LeverName.PUE, site, energy.pue), part)


def _of_people(facts: BidFacts, part: Decimal) -> Iterator[Driver]:
    for category in (Category.A1, Category.STAFF_OPERATIONS):
        if any(line.category == category for line in facts.budget):
            yield _around(Change(LeverName.PRICES, category.value, Decimal(1)), part)


def _of_rates(facts: BidFacts, call: CallFacts) -> Iterator[Driver]:
    """Five points less than what is asked for now; more than that the Union may not pay."""
    machine = call.scheme(Stream.MACHINE)
    if machine is None or not any(line.stream is Stream.MACHINE for line in facts.budget):
        return
    asked = (
        (LeverName.RATE_ACQUISITION, facts.rates.acquisition, machine.rate_acquisition_max),
        (LeverName.RATE_OPERATION, facts.rates.operation, machine.rate_operation_max),
    )
    for name, requested, most in asked:
        rate = requested if requested is not None else _decimal(most)
        now = Change(name, "", rate)
        yield Driver(replace(now, value=max(rate - Decimal("0.05"), Decimal(0))), now)


def _around(now: Change, part: Decimal) -> Driver:
    """The lever a part below and above its value, on its own scale and within its bounds."""
    lever, value = LEVERS[now.lever], now.value or Decimal(0)
    low, high = (scaled(value, factor, lever.scale.places) for factor in (1 - part, 1 + part))
    return Driver(replace(now, value=max(low, lever.least)), replace(now, value=min(high, lever.most)))


def _decimal(rate: Fraction | None) -> Decimal:
    return Decimal(int((rate or Fraction(0)) * 10**6)).scaleb(-6)


def widest(swings: Sequence[Swing]) -> Fraction:
    """The half-width a plot needs to hold every swing."""
    ends = [abs(end - swing.now) for swing in swings for end in (swing.at_low, swing.at_high)]
    return max(ends, default=fraction(0))

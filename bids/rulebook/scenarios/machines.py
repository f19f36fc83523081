"""Levers of machines and their electricity.

The number of accelerators moves what is counted in accelerators, the machines at the site, and the power that
electricity is paid for; a site's PUE, load or price of electricity moves the site and its lines alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bids.rulebook.facts import BidFacts, CostFact, EnergyPricing, MachineFacts, SiteFacts
from bids.rulebook.money import fraction, rounded, split_cents
from bids.rulebook.scenarios.change import Change
from bids.rulebook.scenarios.levers import ACCELERATOR_UNITS
from bids.rulebook.scenarios.money import at_another_price, by_formula, by_the_unit, each_line
from bids.rulebook.vocabulary import MachineStatus


def with_accelerators(facts: BidFacts, change: Change) -> BidFacts:
    """So many accelerators at a site, or in all, shared out as they are now."""
    now = {site.key: accelerators_at(facts, site) for site in facts.sites if change.target in ("", site.key)}
    now = {site: count for site, count in now.items() if count}
    if not now:
        return facts
    wanted = int(change.value or 0)
    shares = split_cents(wanted, list(now.values()), list(now))
    for (site, old), new in zip(now.items(), shares, strict=True):
        facts = _resized(facts, site, old, new)
    return facts


def with_accelerator_price(facts: BidFacts, change: Change) -> BidFacts:
    """What is paid for each accelerator, times a factor."""
    factor = fraction(change.value or 0)

    def dearer(line: CostFact) -> CostFact:
        return at_another_price(line, factor) if counts_accelerators(line) and _is_at(line, change.target) else line

    return each_line(facts, dearer)


def of_electricity(in_site: str, in_line: str) -> Callable[[BidFacts, Change], BidFacts]:
    """A lever of a site, or of all, and of every line of electricity there, by the names it has in each."""

    def moved(facts: BidFacts, change: Change) -> BidFacts:
        at_site: dict[str, Any] = {in_site: change.value}
        paid: dict[str, Any] = {in_line: change.value or Decimal(0)}

        def follow(line: CostFact) -> CostFact:
            if not isinstance(line.pricing, EnergyPricing) or not _is_at(line, change.target):
                return line
            return by_formula(line, replace(line.pricing, **paid))

        sites = tuple(replace(site, **at_site) if change.target in ("", site.key) else site for site in facts.sites)
        return each_line(replace(facts, sites=sites), follow)

    return moved


with_energy_price = of_electricity("energy_price_per_kwh", "price_per_kwh")
with_pue = of_electricity("pue", "pue")
with_load = of_electricity("load", "load")


def counts_accelerators(line: CostFact) -> bool:
    """A line that pays by the accelerator."""
    return line.quantity is not None and line.unit.casefold().strip() in ACCELERATOR_UNITS


def accelerators_at(facts: BidFacts, site: SiteFacts) -> int:
    """Those of the planned machines; where none is described, those that the budget counts."""
    planned = sum(machine.accelerators or 0 for machine in site.machines if _is_planned(machine))
    counted = [line.quantity for line in facts.budget if line.site == site.key and counts_accelerators(line)]
    return planned or int(max((number for number in counted if number is not None), default=Decimal(0)))


def _resized(facts: BidFacts, site: str, old: int, new: int) -> BidFacts:
    grown = {each.key: each for each in facts.sites}[site]
    power = max((each.accelerator_kw or Decimal(0) for each in grown.machines if _is_planned(each)), default=Decimal(0))

    def follow(line: CostFact) -> CostFact:
        if line.site != site:
            return line
        if counts_accelerators(line):
            return _counting(line, old, new)
        if isinstance(line.pricing, EnergyPricing):
            kw = line.pricing.kw + (new - old) * power if power else _in_proportion(line.pricing.kw, old, new)
            return by_formula(line, replace(line.pricing, kw=max(kw, Decimal(0))))
        return line

    sites = tuple(
        replace(each, machines=_filled(each.machines, new)) if each.key == site else each for each in facts.sites
    )
    return each_line(replace(facts, sites=sites), follow)


def _counting(line: CostFact, old: int, new: int) -> CostFact:
    """A line of so many accelerators: by the unit where it has a unit cost, else its price in proportion."""
    quantity = _in_proportion(line.quantity or Decimal(0), old, new)
    if line.unit_cost is not None:
        return by_the_unit(line, quantity=quantity)
    return replace(at_another_price(line, Fraction(new, old)), quantity=quantity)


def _filled(machines: tuple[MachineFacts, ...], accelerators: int) -> tuple[MachineFacts, ...]:
    """The accelerators of a site, shared out over its planned machines as they are now."""
    planned = {
        machine.key: machine.accelerators for machine in machines if _is_planned(machine) and machine.accelerators
    }
    shares = (
        dict(zip(planned, split_cents(accelerators, list(planned.values()), list(planned)), strict=True))
        if planned
        else {}
    )
    return tuple(replace(each, accelerators=shares.get(each.key, each.accelerators)) for each in machines)


def _in_proportion(number: Decimal, old: int, new: int) -> Decimal:
    """The number times new/old, half up to four decimals; whole where it can be."""
    scaled = Decimal(rounded(fraction(number) * new / old * 10_000)).scaleb(-4)
    return scaled.quantize(Decimal(1)) if scaled == scaled.to_integral_value() else scaled


def _is_at(line: CostFact, site: str) -> bool:
    return site in ("", line.site)


def _is_planned(machine: MachineFacts) -> bool:
    return machine.status is MachineStatus.PLANNED

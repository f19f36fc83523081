"""Levers of lines: amounts, quantities, unit costs, and whole groups of prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.facts import (
    BidFacts,
    CostFact,
    DepreciationPricing,
    EnergyPricing,
    FullCostPricing,
    PersonMonthsPricing,
    PersonnelPricing,
    Pricing,
)
from bids.rulebook.money import Euro, fraction, rounded
from bids.rulebook.scenarios.change import Change
from bids.rulebook.vocabulary import Category


def with_prices(facts: BidFacts, change: Change) -> BidFacts:
    """Every price of a category, or of all, times a factor; what the law sets (SME owners) stays."""
    factor = fraction(change.value or 0)

    def dearer(line: CostFact) -> CostFact:
        is_meant = line.category == change.target if change.target else line.category != Category.E
        return at_another_price(line, factor) if is_meant else line

    return each_line(facts, dearer)


def with_amount(facts: BidFacts, change: Change) -> BidFacts:
    """The line costs this, however it was priced before."""
    amount = Euro.of(change.value or Decimal(0))
    return one_line(
        facts,
        change.target,
        lambda line: replace(line, amount=amount, quantity=None, unit_cost=None, pricing=None),
    )


def with_quantity(facts: BidFacts, change: Change) -> BidFacts:
    """A line that is priced by the unit counts this many of them."""
    return one_line(facts, change.target, lambda line: by_the_unit(line, quantity=change.value))


def with_unit_cost(facts: BidFacts, change: Change) -> BidFacts:
    """A line that is priced by the unit pays this for each."""
    return one_line(facts, change.target, lambda line: by_the_unit(line, unit_cost=change.value))


def each_line(facts: BidFacts, change: Callable[[CostFact], CostFact]) -> BidFacts:
    """The same bid with every line gone through."""
    return replace(facts, budget=tuple(change(line) for line in facts.budget))


def one_line(facts: BidFacts, key: str, change: Callable[[CostFact], CostFact]) -> BidFacts:
    """The same bid with one line changed."""
    return each_line(facts, lambda line: change(line) if line.key == key else line)


def by_the_unit(line: CostFact, **moved: Decimal | None) -> CostFact:
    """A line that counts units at a price counts others, or at another price; what it states beside would disagree."""
    if line.quantity is None or line.unit_cost is None:
        return line
    return replace(line, **moved, amount=None, pricing=None)  # type: ignore[arg-type]


def by_formula(line: CostFact, pricing: Pricing) -> CostFact:
    """A line whose formula moves; what it states beside would disagree."""
    if pricing == line.pricing:
        return line
    return replace(line, pricing=pricing, amount=None, unit_cost=None if line.quantity is not None else line.unit_cost)


def at_another_price(line: CostFact, factor: Fraction) -> CostFact:
    """What is paid for a unit moves; an amount that follows from a formula is left to the formula."""
    if line.pricing is not None:
        return by_formula(line, _dearer(line.pricing, factor))
    if line.quantity is not None and line.unit_cost is not None:
        return by_the_unit(line, unit_cost=scaled(line.unit_cost, factor))
    return line if line.amount is None else replace(line, amount=line.amount.times(factor))


def scaled(number: Decimal, factor: Fraction, places: int = 4) -> Decimal:
    """A number times a factor, half up to the decimals that a bid file may hold."""
    return Decimal(rounded(fraction(number) * factor * 10**places)).scaleb(-places)


def _dearer(pricing: Pricing, rate: Fraction) -> Pricing:
    match pricing:
        case PersonnelPricing():
            return replace(pricing, annual_cost=pricing.annual_cost.times(rate))
        case PersonMonthsPricing():
            return replace(pricing, monthly_rate=scaled(pricing.monthly_rate, rate))
        case DepreciationPricing() | FullCostPricing():
            return replace(pricing, price=pricing.price.times(rate))
        case EnergyPricing():
            return replace(pricing, price_per_kwh=scaled(pricing.price_per_kwh, rate))
    return pricing

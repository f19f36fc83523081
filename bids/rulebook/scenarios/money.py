"""Levers of lines: amounts, quantities, unit costs, and whole groups of prices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

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
    factor = change.value or Decimal(0)

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
    """A line that counts units counts this many of them."""
    return one_line(
        facts,
        change.target,
        lambda line: line if line.quantity is None else replace(line, quantity=change.value, amount=None),
    )


def with_unit_cost(facts: BidFacts, change: Change) -> BidFacts:
    """A line that counts units pays this for each."""
    return one_line(
        facts,
        change.target,
        lambda line: line if line.unit_cost is None else replace(line, unit_cost=change.value, amount=None),
    )


def each_line(facts: BidFacts, change: Callable[[CostFact], CostFact]) -> BidFacts:
    """The same bid with every line gone through."""
    return replace(facts, budget=tuple(change(line) for line in facts.budget))


def one_line(facts: BidFacts, key: str, change: Callable[[CostFact], CostFact]) -> BidFacts:
    """The same bid with one line changed."""
    return each_line(facts, lambda line: change(line) if line.key == key else line)


def at_another_price(line: CostFact, factor: Decimal) -> CostFact:
    """What is paid for a unit moves; an amount that follows from a formula is left to the formula."""
    if line.pricing is not None:
        priced = _dearer(line.pricing, factor)
        return line if priced == line.pricing else replace(line, pricing=priced, amount=None)
    if line.unit_cost is not None:
        return replace(line, unit_cost=scaled(line.unit_cost, factor), amount=None)
    return line if line.amount is None else replace(line, amount=line.amount.times(fraction(factor)))


def scaled(number: Decimal, factor: Decimal, places: int = 4) -> Decimal:
    """A number times a factor, half up to the decimals that a bid file may hold."""
    return Decimal(rounded(fraction(number) * fraction(factor) * 10**places)).scaleb(-places)


def _dearer(pricing: Pricing, factor: Decimal) -> Pricing:
    rate = fraction(factor)
    match pricing:
        case PersonnelPricing():
            return replace(pricing, annual_cost=pricing.annual_cost.times(rate))
        case PersonMonthsPricing():
            return replace(pricing, monthly_rate=scaled(pricing.monthly_rate, factor))
        case DepreciationPricing() | FullCostPricing():
            return replace(pricing, price=pricing.price.times(rate))
        case EnergyPricing():
            return replace(pricing, price_per_kwh=scaled(pricing.price_per_kwh, factor))
    return pricing

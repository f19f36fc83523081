"""The formulas that price a budget line (F2 to F6, F15)."""

from __future__ import annotations

from dataclasses import dataclass, field

from bids.rulebook.facts.shapes import Country, Factor, Months, MonthsOrZero, Quantity, Share, UnitCost
from bids.rulebook.money import Euro


@dataclass(frozen=True, slots=True)
class PersonnelPricing:
    """F2 and F3: a person's cost of the period, by day-equivalents."""

    kind: str = field(default="personnel", init=False)
    annual_cost: Euro
    max_days: Quantity
    days: Quantity


@dataclass(frozen=True, slots=True)
class PersonMonthsPricing:
    """F4."""

    kind: str = field(default="person_months", init=False)
    months: Quantity
    monthly_rate: UnitCost


@dataclass(frozen=True, slots=True)
class SmeOwnerPricing:
    """F5; the unit follows from the opening date of the call."""

    kind: str = field(default="sme_owner", init=False)
    days: Quantity
    country: Country


@dataclass(frozen=True, slots=True)
class DepreciationPricing:
    """F6."""

    kind: str = field(default="depreciation", init=False)
    price: Euro
    life_months: Months
    months_in_action: MonthsOrZero
    share_of_use: Share


@dataclass(frozen=True, slots=True)
class FullCostPricing:
    kind: str = field(default="full_cost", init=False)
    price: Euro
    share_of_use: Share


@dataclass(frozen=True, slots=True)
class EnergyPricing:
    """F15, rounded once after the years."""

    kind: str = field(default="energy", init=False)
    kw: Quantity
    pue: Factor
    load: Share
    price_per_kwh: UnitCost
    years: Quantity


Pricing = (
    PersonnelPricing | PersonMonthsPricing | SmeOwnerPricing | DepreciationPricing | FullCostPricing | EnergyPricing
)

"""Electricity of a machine, from its power to its cost (F15)."""

from __future__ import annotations

from decimal import Decimal

from bids.rulebook.facts import EnergyPricing
from bids.rulebook.funding import grounds
from bids.rulebook.funding.formulas.arithmetic import Product, exact_product
from bids.rulebook.funding.formulas.figured import Priced, Terms, each, priced
from bids.rulebook.text import gettext_noop

HOURS_PER_YEAR = 8760

_ENERGY = gettext_noop(
    "%(kw)s kW at PUE %(pue)s and load %(load)s draw %(kwh)s kWh a year; "
    "at %(price)s each, over %(years)s years: %(amount)s."
)


def energy(terms: Terms, pricing: EnergyPricing) -> Priced:
    """Rounded once, after the years."""
    kwh = yearly_kwh(pricing.kw, pricing.pue, pricing.load)
    return priced(
        terms,
        Product.of(kwh, pricing.price_per_kwh, pricing.years),
        grounds.ENERGY,
        _ENERGY,
        kw=pricing.kw,
        pue=pricing.pue,
        load=pricing.load,
        kwh=kwh,
        price=each(pricing.price_per_kwh),
        years=pricing.years,
    )


def yearly_kwh(kw: Decimal, pue: Decimal, load: Decimal) -> Decimal:
    """What the IT power draws from the grid in a year, exactly."""
    return exact_product(kw, pue, HOURS_PER_YEAR, load)

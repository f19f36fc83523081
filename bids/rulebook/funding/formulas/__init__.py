"""The formulas that price a line (F1 to F6, F15), each with the steps that explain it."""

from __future__ import annotations

from decimal import Decimal

from bids.rulebook.facts import (
    DepreciationPricing,
    FullCostPricing,
    PersonMonthsPricing,
    PersonnelPricing,
    Pricing,
    SmeOwnerPricing,
)
from bids.rulebook.funding import grounds
from bids.rulebook.funding.formulas.arithmetic import Product
from bids.rulebook.funding.formulas.energy import energy
from bids.rulebook.funding.formulas.equipment import depreciation, full_cost
from bids.rulebook.funding.formulas.figured import Priced, Terms, each, priced
from bids.rulebook.funding.formulas.work import person_months, personnel, sme_owner
from bids.rulebook.text import gettext_noop

_UNITS = gettext_noop("%(quantity)s units at %(unit_cost)s each cost %(amount)s.")


def by_formula(terms: Terms, pricing: Pricing) -> Priced:
    """The price by whichever formula the line has chosen."""
    match pricing:
        case PersonnelPricing():
            return personnel(terms, pricing)
        case PersonMonthsPricing():
            return person_months(terms, pricing)
        case SmeOwnerPricing():
            return sme_owner(terms, pricing)
        case DepreciationPricing():
            return depreciation(terms, pricing)
        case FullCostPricing():
            return full_cost(terms, pricing)
    return energy(terms, pricing)


def by_quantity(terms: Terms, quantity: Decimal, unit_cost: Decimal) -> Priced:
    """The plain way: so many units at so much each."""
    product = Product.of(quantity, unit_cost)
    return priced(terms, product, grounds.HOUSE, _UNITS, quantity=quantity, unit_cost=each(unit_cost))

"""People: actual personnel cost, person-months, SME owners (F2 to F5)."""

from __future__ import annotations

from datetime import date

from bids.rulebook.call import SmeOwnerUnit
from bids.rulebook.facts import PersonMonthsPricing, PersonnelPricing, SmeOwnerPricing
from bids.rulebook.funding import grounds
from bids.rulebook.funding.formulas.arithmetic import Product
from bids.rulebook.funding.formulas.figured import Priced, Terms, each, priced, refused
from bids.rulebook.funding.trace import step
from bids.rulebook.text import gettext_noop, sentence

_NO_DAYS = gettext_noop("%(line)s: the days of the period must be above zero. Fill in how many the person works.")
_DAILY_RATE = gettext_noop("Personnel cost of %(cost)s over %(max_days)s days makes a daily rate of %(rate)s.")
_DAYS = gettext_noop("%(days)s days on the action at %(rate)s cost %(amount)s.")
_MONTHS = gettext_noop("%(months)s person-months at %(rate)s each cost %(amount)s.")
_OWNER = gettext_noop(
    "%(days)s days of an SME owner at %(unit)s, times %(coefficient)s for %(country)s, cost %(amount)s; "
    "the unit is that of calls opened on %(opens)s."
)
_NO_UNITS = gettext_noop("%(line)s: this call has no unit cost for SME owners. Give an amount instead of the formula.")
_NO_UNIT = gettext_noop(
    "%(line)s: no unit cost for SME owners is known for a call opened on %(opens)s. Give an amount instead."
)
_NO_COUNTRY = gettext_noop(
    "%(line)s: no coefficient is known for the country %(country)s. Correct the country, or give an amount instead."
)


def personnel(terms: Terms, pricing: PersonnelPricing) -> Priced:
    """F2, then F3: the daily rate is settled to the cent before it is multiplied."""
    if pricing.max_days <= 0:
        return refused(terms, _NO_DAYS)
    daily = Product.of_euro(pricing.annual_cost).over(pricing.max_days)
    rate = daily.euro
    words = sentence(_DAILY_RATE, cost=pricing.annual_cost, max_days=pricing.max_days, rate=rate)
    first = step("daily_rate", terms.line, words, pricing.annual_cost, rate, grounds.DAILY_RATE)
    product = Product.of_euro(rate, pricing.days)
    figured = priced(terms, product, grounds.PERSONNEL, _DAYS, before=rate, days=pricing.days, rate=rate)
    is_adjusted = figured.is_adjusted or not daily.is_whole
    return Priced(figured.amount, (first, *figured.steps), is_adjusted=is_adjusted)


def person_months(terms: Terms, pricing: PersonMonthsPricing) -> Priced:
    """F4."""
    product = Product.of(pricing.months, pricing.monthly_rate)
    return priced(
        terms, product, grounds.PERSON_MONTHS, _MONTHS, months=pricing.months, rate=each(pricing.monthly_rate)
    )


def sme_owner(terms: Terms, pricing: SmeOwnerPricing) -> Priced:
    """F5: the unit cost of the day the call opened, times the country's coefficient."""
    if terms.opens is None or terms.model is None or not terms.model.sme_owner_units:
        return refused(terms, _NO_UNITS)
    unit = unit_on(terms.opens, terms.model.sme_owner_units)
    if unit is None:
        return refused(terms, _NO_UNIT, opens=terms.opens)
    coefficient = terms.model.country_coefficients.get(pricing.country)
    if coefficient is None:
        return refused(terms, _NO_COUNTRY, country=pricing.country)
    product = Product.of_euro(unit.day, coefficient, pricing.days)
    return priced(
        terms,
        product,
        grounds.SME_OWNER,
        _OWNER,
        before=unit.day,
        days=pricing.days,
        unit=unit.day,
        coefficient=coefficient,
        country=pricing.country,
        opens=terms.opens,
    )


def unit_on(opens: date, units: tuple[SmeOwnerUnit, ...]) -> SmeOwnerUnit | None:
    """The unit whose period holds this opening date; the day of `opens_before` lies outside."""
    return next((unit for unit in units if _holds(unit, opens)), None)


def _holds(unit: SmeOwnerUnit, opens: date) -> bool:
    begun = unit.opens_from is None or unit.opens_from <= opens
    return begun and (unit.opens_before is None or opens < unit.opens_before)

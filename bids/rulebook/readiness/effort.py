"""Questions about people's time: does the plan agree with the money, and has a day been sold twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import CostModel
from bids.rulebook.facts import CostFact, PersonMonthsPricing, PersonnelPricing, SmeOwnerPricing
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.formulas.days import DAYS_PER_YEAR
from bids.rulebook.funding.formulas.work import unit_on
from bids.rulebook.money import fraction, rounded
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import PERSONNEL, Category

MONTH_UNITS = frozenset({"person-month", "person-months", "pm"})
DAY_UNITS = frozenset({"day", "days", "person-day", "person-days"})


def plan_and_budget_hold_the_same_months(case: Case) -> Iterator[Remark]:
    """C18: the person-months of the work packages are those of the budget, partner by partner.

    A partner with a personnel line that tells no time has nothing to compare.
    """
    planned: defaultdict[str, Fraction] = defaultdict(Fraction)
    for package in case.facts.work_packages:
        for key, months in package.effort.items():
            planned[key] += fraction(months)
    paid = _months_paid(case)
    for partner in case.facts.partners:
        in_plan, in_budget = planned[partner.key], paid.get(partner.key, Fraction(0))
        if in_budget is None or _tenths(in_plan) == _tenths(in_budget):
            continue
        words = sentence(_MONTHS, partner=called(partner), plan=_shown(in_plan), budget=_shown(in_budget))
        yield Remark(words, "work_packages")


def nobody_works_more_days_than_a_year_has(case: Case) -> Iterator[Remark]:
    """C20: a person's days, over all grants, stay within those of the period and of a year."""
    by_person: defaultdict[tuple[str | None, str, int | None], list[CostFact]] = defaultdict(list)
    for line in case.facts.budget:
        if isinstance(line.pricing, PersonnelPricing | SmeOwnerPricing):
            by_person[line.partner, " ".join(line.description.casefold().split()) or line.key, line.year].append(line)
    for lines in by_person.values():
        days = sum((_days(line) for line in lines), Decimal(0))
        most = max(_most_days(case, line) for line in lines)
        if days > most:
            yield Remark(sentence(_DAYS, line=lines[-1].key, days=days, most=most), f"budget/{lines[-1].key}")


def owners_cost_what_the_call_pays(case: Case) -> Iterator[Remark]:
    """C21: a unit cost typed for an SME owner is the published one of the day the call opened."""
    for line in case.facts.budget:
        scheme = case.call.scheme(line.stream)
        if scheme is None or line.category != Category.A4 or line.pricing is not None or line.unit_cost is None:
            continue
        published = _published_unit(case, scheme.cost_model, line)
        if published is not None and fraction(line.unit_cost) != published:
            words = sentence(_OWNER, line=line.key, given=line.unit_cost, published=_shown(published))
            yield Remark(words, f"budget/{line.key}")


def _months_paid(case: Case) -> dict[str, Fraction | None]:
    """Person-months of each partner's own people; None where a line does not tell."""
    paid: dict[str, Fraction | None] = {}
    for line in case.facts.budget:
        scheme = case.call.scheme(line.stream)
        if scheme is None or not scheme.stream.is_grant or line.partner is None or line.category not in PERSONNEL:
            continue
        so_far, months = paid.get(line.partner, Fraction(0)), _months(line, scheme.cost_model)
        paid[line.partner] = None if so_far is None or months is None else so_far + months
    return paid


def _months(line: CostFact, model: CostModel) -> Fraction | None:
    """What a line pays for, in person-months; an SME owner's month has its own number of days."""
    match line.pricing:
        case PersonMonthsPricing(months=months):
            return fraction(months)
        case PersonnelPricing(days=days):
            return fraction(days) / _per_month(model)
        case SmeOwnerPricing(days=days):
            return fraction(days) / model.sme_owner_days_per_month
    unit = line.unit.casefold().strip()
    if line.quantity is None or unit not in MONTH_UNITS | DAY_UNITS:
        return None
    if unit in MONTH_UNITS:
        return fraction(line.quantity)
    is_owner = line.category == Category.A4
    return fraction(line.quantity) / (model.sme_owner_days_per_month if is_owner else _per_month(model))


def _per_month(model: CostModel) -> Fraction:
    return Fraction(model.day_equivalents_per_year, 12)


def _days(line: CostFact) -> Decimal:
    return line.pricing.days if isinstance(line.pricing, PersonnelPricing | SmeOwnerPricing) else Decimal(0)


def _most_days(case: Case, line: CostFact) -> Decimal:
    """What the line itself says of the period, else the days of a year."""
    if isinstance(line.pricing, PersonnelPricing):
        return line.pricing.max_days
    scheme = case.call.scheme(line.stream)
    return Decimal(scheme.cost_model.day_equivalents_per_year if scheme else DAYS_PER_YEAR)


def _published_unit(case: Case, model: CostModel, line: CostFact) -> Fraction | None:
    """The unit for a day, or for a month where the line counts months; None where none is known."""
    unit = unit_on(case.call.opens, model.sme_owner_units) if case.call.opens else None
    country = next((partner.country for partner in case.facts.partners if partner.key == line.partner), "")
    coefficient = model.country_coefficients.get(country)
    if unit is None or coefficient is None:
        return None
    counted = unit.month if line.unit.casefold().strip() in MONTH_UNITS else unit.day
    return Fraction(counted.cents, 100) * fraction(coefficient)


def _tenths(months: Fraction) -> int:
    """Days become months with a rest: a tenth of a month is what a plan can tell."""
    return rounded(months * 10)


def _shown(number: Fraction) -> Decimal:
    """Two places, half up; whole numbers without them."""
    shown = Decimal(rounded(number * 100)).scaleb(-2)
    return shown.quantize(Decimal(1)) if shown == shown.to_integral_value() else shown


_MONTHS = gettext_noop(
    "%(partner)s has %(plan)s person-months in the work plan, but %(budget)s in the budget. Make them agree."
)
_DAYS = gettext_noop(
    "%(line)s: this person works %(days)s days in the period, over all grants; at most %(most)s can be declared."
)
_OWNER = gettext_noop(
    "%(line)s pays an SME owner %(given)s a unit; the unit of this call is %(published)s. Use the formula, "
    "or correct the unit cost."
)

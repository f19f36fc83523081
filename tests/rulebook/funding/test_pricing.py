"""What a line costs, and what is said where it has no price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bids.rulebook.call import CallFacts, SmeOwnerUnit
from bids.rulebook.facts import (
    BidFacts,
    CostFact,
    DepreciationPricing,
    EnergyPricing,
    FullCostPricing,
    PersonMonthsPricing,
    PersonnelPricing,
    SmeOwnerPricing,
)
from bids.rulebook.funding import Priced, assess, price
from bids.rulebook.funding.formulas.days import max_days
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.rulebook.funding.calls import ANTENNA, DIGITAL_SIMPLE, GIGAFACTORY, HORIZON, SERVICES_STREAM, call_with


def bid_of(line: CostFact, **other: Any) -> BidFacts:
    return BidFacts(call="CALL", title="A bid", budget=(line,), **other)


def priced(call: CallFacts = ANTENNA, duration: int | None = 36, **given: Any) -> Priced:
    line = CostFact("L1", Stream.SERVICES, "p", category="C2", **given)
    return price(line, bid_of(line, duration_months=duration), call)


def equipment(months: int, life: int = 60) -> DepreciationPricing:
    return DepreciationPricing(Euro.of("6000.00"), life, months, Decimal(1))


def test_a_stated_amount_is_taken_as_it_is() -> None:
    found = priced(amount=Euro(150))
    assert found.amount == Euro(150)
    assert [(step.rule, str(step.sentence), step.after) for step in found.steps] == [
        ("stated", "L1 states its amount: 1.50.", Euro(150))
    ]
    assert not found.is_adjusted


def test_quantity_times_unit_cost_is_rounded_once_half_up() -> None:
    found = priced(quantity=Decimal("3"), unit_cost=Decimal("0.0050"))
    assert found.amount == Euro.of("0.02")
    assert found.is_adjusted
    assert str(found.steps[0].sentence) == "3 units at EUR 0.0050 each cost 0.02."
    assert not priced(quantity=Decimal(2), unit_cost=Decimal("0.0050")).is_adjusted


def test_a_quantity_alone_is_only_told() -> None:
    assert priced(amount=Euro(5), quantity=Decimal(54), unit="person-month").amount == Euro(5)
    assert priced(pricing=equipment(30), quantity=Decimal(54)).amount == Euro.of("3000.00")
    assert priced(pricing=equipment(30), unit_cost=Decimal(54)).amount == Euro.of("3000.00")


@pytest.mark.parametrize("given", [{}, {"quantity": Decimal(1)}, {"unit_cost": Decimal(1)}])
def test_a_line_that_says_too_little_has_no_price(given: dict[str, Any]) -> None:
    found = priced(**given)
    assert found.amount == Euro()
    assert str(found.problem) == (
        "L1 has no price. Give an amount, or a quantity with a unit cost, or choose a formula and fill it in."
    )


def test_a_cost_is_never_below_zero() -> None:
    found = priced(amount=Euro(-1))
    assert found.amount == Euro()
    assert str(found.problem) == "L1 costs -0.01, but a cost can't be below zero. Correct it."


def test_both_numbers_are_named_where_a_line_contradicts_itself() -> None:
    months = PersonMonthsPricing(Decimal(54), Decimal("8250.00"))
    assert priced(amount=Euro.of("445500.00"), pricing=months).problem is None
    found = priced(amount=Euro.of("445500.01"), pricing=months)
    assert found.amount == Euro()
    assert str(found.problem) == (
        "L1 states 445500.01, but its formula gives 445500.00. Correct one of the two, or leave one of them out."
    )
    by_quantity = priced(amount=Euro(1), quantity=Decimal(2), unit_cost=Decimal(1))
    assert str(by_quantity.problem).startswith("L1 states 0.01, but quantity times unit cost gives 2.00.")


def test_a_quantity_and_a_formula_must_agree_too() -> None:
    months = PersonMonthsPricing(Decimal(2), Decimal(10))
    assert priced(quantity=Decimal(4), unit_cost=Decimal(5), pricing=months).amount == Euro(2000)
    found = priced(quantity=Decimal(4), unit_cost=Decimal(6), pricing=months)
    assert str(found.problem).startswith("L1 states 24.00, but its formula gives 20.00.")


def test_a_contradiction_says_when_months_were_cut() -> None:
    found = priced(amount=Euro.of("4000.00"), pricing=equipment(40))
    assert str(found.problem).endswith(
        "L1 asks for 40 months; only 36 count: no more than the action and the useful life."
    )


def test_the_daily_rate_is_settled_before_it_is_multiplied() -> None:
    found = priced(pricing=PersonnelPricing(Euro.of("68450.37"), Decimal(215), Decimal("96.5")))
    assert [(step.rule, step.after) for step in found.steps] == [
        ("daily_rate", Euro.of("318.37")),
        ("pricing", Euro.of("30722.71")),
    ]
    assert found.is_adjusted


def test_a_rounded_daily_rate_counts_as_adjusted_even_where_the_cost_is_whole() -> None:
    assert priced(pricing=PersonnelPricing(Euro.of("100.00"), Decimal(3), Decimal(1))).is_adjusted
    assert not priced(pricing=PersonnelPricing(Euro.of("100.00"), Decimal(4), Decimal(1))).is_adjusted


def test_a_period_without_days_has_no_daily_rate() -> None:
    found = priced(pricing=PersonnelPricing(Euro(100), Decimal(0), Decimal(1)))
    assert str(found.problem) == ("L1: the days of the period must be above zero. Fill in how many the person works.")


@pytest.mark.parametrize(
    ("asked", "life", "duration", "counted"),
    [(34, 60, 36, 34), (36, 60, 36, 36), (40, 60, 36, 36), (40, 24, 36, 24), (40, 60, None, 36), (20, 60, 12, 12)],
)
def test_months_beyond_the_action_or_the_life_are_cut(
    asked: int, life: int, duration: int | None, counted: int
) -> None:
    """Without a duration of its own a bid takes the 36 months of the call."""
    found = priced(duration=duration, pricing=equipment(asked, life))
    assert found.amount == Euro(600000 * counted // life)
    cut = [step for step in found.steps if step.rule == "months"]
    assert len(cut) == (asked != counted)
    if cut:
        assert cut[0].before == Euro(600000 * asked // life)
        assert cut[0].after == found.amount
        assert found.is_adjusted


def test_a_whole_bid_is_priced_by_its_own_duration() -> None:
    """The bid runs 12 months, though the call foresees 36."""
    line = CostFact("L1", Stream.SERVICES, "p", category="C2", pricing=equipment(30))
    assert assess(bid_of(line, duration_months=12), ANTENNA).lines["L1"].amount == Euro.of("1200.00")


def test_without_any_duration_only_the_life_limits_the_months() -> None:
    call = call_with(replace(SERVICES_STREAM, duration_months=None))
    assert priced(call, duration=None, pricing=equipment(80)).amount == Euro.of("6000.00")


def test_a_period_may_be_shorter_than_a_day() -> None:
    assert priced(pricing=PersonnelPricing(Euro(10000), Decimal("0.5"), Decimal("0.5"))).amount == Euro(10000)


def test_equipment_may_live_a_month() -> None:
    assert priced(pricing=equipment(1, life=1)).amount == Euro.of("6000.00")


def test_equipment_without_a_life_has_no_price() -> None:
    found = priced(pricing=equipment(1, life=0))
    assert str(found.problem) == "L1: the useful life must be at least one month. Fill it in."


def test_full_cost_is_the_price_by_the_share_of_use() -> None:
    found = priced(pricing=FullCostPricing(Euro.of("0.05"), Decimal("0.3")))
    assert found.amount == Euro.of("0.02")
    assert str(found.steps[0].sentence) == "0.05 in full, used for the action at 30 %: 0.02."


def test_energy_is_rounded_once_after_the_years() -> None:
    a_year = EnergyPricing(Decimal("0.001"), Decimal(1), Decimal(1), Decimal("0.0005"), Decimal(1))
    assert priced(pricing=a_year).amount == Euro.of("0.00")
    assert priced(pricing=replace(a_year, years=Decimal(5))).amount == Euro.of("0.02")
    full = EnergyPricing(Decimal(1500), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5))
    assert str(priced(pricing=full).steps[0].sentence) == (
        "1500 kW at PUE 1.20 and load 0.75 draw 11826000 kWh a year; at 0.11 each, over 5 years: 6504300.00."
    )


def test_an_sme_owner_from_a_country_without_a_coefficient_is_refused() -> None:
    found = priced(pricing=SmeOwnerPricing(Decimal(43), "FR"))
    assert found.amount == Euro()
    assert str(found.problem) == (
        "L1: no coefficient is known for the country FR. Correct the country, or give an amount instead."
    )


def test_the_coefficient_is_multiplied_before_anything_is_rounded() -> None:
    model = replace(HORIZON, country_coefficients={"LU": Decimal("1.3333")})
    call = call_with(replace(SERVICES_STREAM, cost_model=model))
    assert priced(call, pricing=SmeOwnerPricing(Decimal("2.5"), "LU")).amount == Euro.of("1619.46")


@pytest.mark.parametrize("call", [DIGITAL_SIMPLE, replace(ANTENNA, opens=None), GIGAFACTORY])
def test_a_call_without_units_prices_no_sme_owner(call: CallFacts) -> None:
    found = priced(call, pricing=SmeOwnerPricing(Decimal(43), "BE"))
    assert str(found.problem) == (
        "L1: this call has no unit cost for SME owners. Give an amount instead of the formula."
    )


def test_an_opening_date_outside_every_period_is_named() -> None:
    late = SmeOwnerUnit(day=Euro(100), month=Euro(1800), opens_from=date(2026, 1, 1))
    call = call_with(replace(SERVICES_STREAM, cost_model=replace(HORIZON, sme_owner_units=(late,))))
    found = priced(call, pricing=SmeOwnerPricing(Decimal(1), "BE"))
    assert "opened on 2025-05-22" in str(found.problem)


def test_a_line_without_a_price_counts_nothing_and_says_so() -> None:
    line = CostFact("L1", Stream.MACHINE, category="acquisition")
    found = assess(bid_of(line), call_with())
    assert found.total == Euro()
    assert list(found.problems()) == ["L1"]
    assert ("no_price", "L1") in [(step.rule, step.of) for step in found.trace]


def test_days_of_people() -> None:
    assert max_days(12, Decimal("0.8")) == Decimal("172.0")
    assert max_days(7, Decimal("0.6")) == Decimal("75.5")

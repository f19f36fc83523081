"""Each lever moves what it is about, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bids.rulebook.facts import BidFacts, CostFact, EnergyPricing
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import LEVERS, Change, LeverName, apply, outcome
from bids.rulebook.scenarios.plan import after
from tests.rulebook.scenarios.bids import FACTORY, accelerators, machine, put, tandem

KW_YEARS = Decimal("1.2") * 8760 * Decimal("0.5") * Decimal("0.10") * 5  # what a kilowatt costs over five years


def line(facts: BidFacts, key: str) -> CostFact:
    return next(each for each in facts.budget if each.key == key)


def energy(facts: BidFacts, key: str) -> EnergyPricing:
    pricing = line(facts, key).pricing
    assert isinstance(pricing, EnergyPricing)
    return pricing


def moved(before: BidFacts, after: BidFacts) -> set[str]:
    """The lines that are not as they were, and those that are gone."""
    now = {each.key: each for each in after.budget}
    return {each.key for each in before.budget if now.get(each.key) != each}


def changed(*changes: Change) -> BidFacts:
    applied = apply(tandem, changes)
    assert applied.set_aside == ()
    return applied.facts


def test_the_bid_before_any_change_costs_what_it_costs() -> None:
    found = outcome(tandem, FACTORY)
    power = 150 * KW_YEARS
    machine_cost = 40 * Decimal(50000) + power + Decimal(100000)
    services = (Decimal(80000) + 40000 + 10000) * Decimal("1.25")
    assert found.assessment.total.cents == 100 * (machine_cost + services)
    assert (found.accelerators, found.power_kw) == (40, Decimal(40))


def test_accelerators_at_a_site_move_lines_machines_and_power() -> None:
    facts = changed(put(LeverName.ACCELERATORS, "20", "zellik"))
    assert moved(tandem, facts) == {"M1", "M3"}
    assert line(facts, "M1").quantity == 20
    assert energy(facts, "M3").kw == 90  # ten accelerators of one kilowatt less
    assert [each.accelerators for each in facts.sites[0].machines] == [7, 20]
    assert outcome(facts, FACTORY).accelerators == 30


def test_accelerators_in_all_are_shared_out_as_they_are_now() -> None:
    facts = changed(put(LeverName.ACCELERATORS, "81"))
    assert [line(facts, key).quantity for key in ("M1", "M2")] == [61, 20]
    assert [energy(facts, key).kw for key in ("M3", "M4")] == [131, 60]


def test_without_a_known_power_electricity_follows_in_proportion() -> None:
    unknown = replace(tandem, sites=tuple(replace(each, machines=()) for each in tandem.sites))
    facts = apply(unknown, (put(LeverName.ACCELERATORS, "10", "zellik"),)).facts
    assert energy(facts, "M3").kw == Decimal("33.3333")
    assert line(facts, "M1").quantity == 10


def test_instalments_are_counted_once() -> None:
    paid_twice = replace(tandem, budget=(*tandem.budget, accelerators("M6", "zellik", 30, "1000.00")))
    facts = apply(paid_twice, (put(LeverName.ACCELERATORS, "15", "zellik"),)).facts
    assert [line(facts, key).quantity for key in ("M1", "M6")] == [15, 15]


def test_no_accelerators_at_all_cost_nothing() -> None:
    facts = changed(put(LeverName.ACCELERATORS, "0"))
    assert [line(facts, key).quantity for key in ("M1", "M2")] == [0, 0]
    assert outcome(facts, FACTORY).accelerators == 0


def test_the_price_of_an_accelerator() -> None:
    facts = changed(put(LeverName.ACCELERATOR_PRICE, "1.1", "charleroi"))
    assert moved(tandem, facts) == {"M2"}
    assert line(facts, "M2").unit_cost == Decimal("55000.0000")


@pytest.mark.parametrize(
    ("lever", "value", "name", "of_site"),
    [
        (LeverName.ENERGY_PRICE, "0.2", "price_per_kwh", "energy_price_per_kwh"),
        (LeverName.PUE, "1.3", "pue", "pue"),
        (LeverName.LOAD, "0.8", "load", "load"),
    ],
)
def test_a_figure_of_a_site_moves_the_site_and_its_electricity(
    lever: LeverName, value: str, name: str, of_site: str
) -> None:
    facts = changed(put(lever, value, "zellik"))
    assert moved(tandem, facts) == {"M3"}
    assert getattr(energy(facts, "M3"), name) == Decimal(value)
    assert [getattr(each, of_site) == Decimal(value) for each in facts.sites] == [True, False]
    everywhere = changed(put(lever, value))
    assert moved(tandem, everywhere) == {"M3", "M4"}


def test_prices_of_a_category_and_of_everything() -> None:
    dearer = changed(put(LeverName.PRICES, "1.05", "A1"))
    assert moved(tandem, dearer) == {"S1", "S2"}
    assert line(dearer, "S2").amount == Euro.of("42000.00")
    doubled = outcome(changed(put(LeverName.PRICES, "2")), FACTORY).assessment
    assert doubled.total == Euro(2 * outcome(tandem, FACTORY).assessment.total.cents)


def test_an_amount_of_a_line_replaces_its_formula() -> None:
    facts = changed(put(LeverName.LINE_AMOUNT, "12.34", "S1"))
    assert (line(facts, "S1").amount, line(facts, "S1").pricing) == (Euro.of("12.34"), None)


def test_quantity_and_unit_cost_of_a_line() -> None:
    assert line(changed(put(LeverName.LINE_QUANTITY, "2.5", "M1")), "M1").quantity == Decimal("2.5")
    assert line(changed(put(LeverName.LINE_UNIT_COST, "0.0001", "M1")), "M1").unit_cost == Decimal("0.0001")


def test_rates_that_are_asked_for() -> None:
    facts = changed(put(LeverName.RATE_ACQUISITION, "0.4"), put(LeverName.RATE_OPERATION, "0.3"))
    found = outcome(facts, FACTORY).assessment
    assert (facts.rates.acquisition, facts.rates.operation) == (Decimal("0.4"), Decimal("0.3"))
    assert found.streams["machine"].eu_acquisition == Euro.of("800000.00")  # type: ignore[union-attr]


def test_without_a_site_nothing_is_planned_or_paid_there() -> None:
    facts = changed(put(LeverName.WITHOUT_SITE, None, "charleroi"))
    assert moved(tandem, facts) == {"M2", "M4", "S2", "S3"}
    assert outcome(facts, FACTORY).accelerators == 30
    assert [each.key for each in facts.sites] == ["zellik", "charleroi"]


def test_without_a_partner_its_affiliates_go_too() -> None:
    assert moved(tandem, changed(put(LeverName.WITHOUT_PARTNER, None, "cenaero"))) == {"S2", "S3"}
    assert moved(tandem, changed(put(LeverName.WITHOUT_PARTNER, None, "imec"))) == {"S1"}


def test_a_later_start_moves_dates_and_years() -> None:
    facts = changed(put(LeverName.DELAY, "10"))
    assert facts.starts_on == date(2027, 1, 1)
    assert [each.year for each in facts.budget] == [2027, 2027, 2027, 2027, None, 2028, 2028, 2029]
    new, old = facts.sites[0].machines[1], facts.sites[0].machines[0]
    assert (new.operational_on, old.operational_on) == (date(2027, 8, 31), date(2022, 1, 31))
    assert facts.sites[0].phases[0].ready_on == date(2027, 6, 30)
    assert {each.year for each in changed(put(LeverName.DELAY, "9")).budget} == {2026, None, 2027, 2028}


def test_the_last_day_of_a_longer_month_becomes_the_last_of_a_shorter_one() -> None:
    assert after(date(2027, 11, 30), 3) == date(2028, 2, 29)
    assert after(None, 3) is None


def test_a_duration() -> None:
    assert changed(put(LeverName.DURATION, "24")).duration_months == 24


def test_changes_are_made_in_their_order() -> None:
    first = changed(put(LeverName.ACCELERATORS, "20"), put(LeverName.LINE_QUANTITY, "7", "M1"))
    last = changed(put(LeverName.LINE_QUANTITY, "7", "M1"), put(LeverName.ACCELERATORS, "20"))
    assert (line(first, "M1").quantity, line(last, "M1").quantity) == (7, Decimal("3.5"))


def test_a_change_of_something_that_is_gone_is_set_aside_and_told() -> None:
    gone, kept = put(LeverName.WITHOUT_SITE, None, "mons"), put(LeverName.DURATION, "24")
    applied = apply(tandem, (gone, kept))
    assert applied.facts.duration_months == 24
    ((change, reason),) = applied.set_aside
    assert change is gone
    assert str(reason) == "Without a site: this bid has no “mons”. Choose another, or take the change out."


@pytest.mark.parametrize(
    "idle",
    [
        put(LeverName.LINE_QUANTITY, "3", "M5"),
        put(LeverName.LINE_UNIT_COST, "3", "S1"),
        put(LeverName.PRICES, "1"),
        put(LeverName.DURATION, "36"),
    ],
)
def test_a_change_that_moves_nothing_is_told(idle: Change) -> None:
    ((_, reason),) = apply(tandem, (idle,)).set_aside
    assert str(reason).endswith("nothing in the budget depends on it.")


def test_a_bid_without_accelerators_says_so() -> None:
    plain = replace(tandem, sites=(), budget=(machine("M1", "zellik", amount=Euro.of("5.00")),))
    assert len(apply(plain, (put(LeverName.ACCELERATORS, "5"), put(LeverName.ACCELERATOR_PRICE, "2"))).set_aside) == 2


def test_every_lever_has_its_row() -> None:
    assert list(LEVERS) == list(LeverName)

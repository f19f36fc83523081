"""C18, C20, C21: the time of people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bids.rulebook.facts import CostFact, PersonMonthsPricing, PersonnelPricing, SmeOwnerPricing, WorkPackageFacts
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Finding
from bids.rulebook.vocabulary import Stream
from tests.rulebook.readiness.bids import FACTORY, ask, factory, line, summary

OWNER_MONTH = Decimal(18)


def planned(**effort: str) -> tuple[WorkPackageFacts, ...]:
    """Two packages that share the months of each partner."""
    half = {partner: Decimal(months) / 2 for partner, months in effort.items()}
    return tuple(WorkPackageFacts(key, effort=half) for key in ("wp1", "wp2"))


def months(key: str, number: str, **given: Any) -> CostFact:
    return line(key, amount=None, pricing=PersonMonthsPricing(Decimal(number), Decimal("8000.00")), **given)


@pytest.mark.parametrize(
    "paid",
    [
        months("L1", "54"),
        line("L1", amount=None, quantity=Decimal("54"), unit="Person-months", unit_cost=Decimal("8000")),
        line("L1", amount=None, pricing=PersonnelPricing(Euro.of("90000.00"), Decimal(215), Decimal("967.5"))),
        line("L1", amount=None, quantity=Decimal("967.5"), unit="day", unit_cost=Decimal("400")),
        line("L1", category="A4", amount=None, quantity=54 * OWNER_MONTH, unit="days", unit_cost=Decimal("485.85")),
        line("L1", category="A4", amount=None, pricing=SmeOwnerPricing(54 * OWNER_MONTH, "BE")),
    ],
    ids=["person-months", "units", "days of a person", "units of days", "owner's units", "owner's days"],
)
def test_c18_counts_every_way_of_paying_people(paid: CostFact) -> None:
    assert ask("C18", factory, budget=(paid,), work_packages=planned(imec="54")) == []
    (found,) = ask("C18", factory, budget=(paid,), work_packages=planned(imec="53"))
    assert summary([found]) == [("warn", None, "work_packages")]
    assert str(found.sentence) == ("Imec has 53 person-months in the work plan, but 54 in the budget. Make them agree.")


def test_c18_allows_the_rest_of_days_that_a_plan_can_not_tell() -> None:
    paid = line("L1", amount=None, pricing=PersonnelPricing(Euro.of("90000.00"), Decimal(215), Decimal("107.5")))
    assert ask("C18", factory, budget=(paid,), work_packages=planned(imec="6.04")) == []
    assert len(ask("C18", factory, budget=(paid,), work_packages=planned(imec="6.1"))) == 1


def test_c18_fires_on_a_partner_that_is_paid_and_not_planned_and_on_one_that_is_planned_and_not_paid() -> None:
    found = ask("C18", factory, budget=(months("L1", "6"),), work_packages=planned(cenaero="3"))
    assert [str(one.sentence).partition(" has ")[0] for one in found] == ["Imec", "Cenaero"]


def test_c18_is_silent_where_a_line_tells_no_time_and_outside_of_grants() -> None:
    untold = (months("L1", "6"), line("L2"))
    assert ask("C18", factory, budget=untold, work_packages=planned(imec="9")) == []
    machine = line("M1", stream=Stream.MACHINE, category="staff_operations", unit="person-month", quantity=Decimal(9))
    assert ask("C18", factory, budget=(machine,), work_packages=()) == []


def worked(key: str, days: str, most: str = "215", **given: Any) -> CostFact:
    pricing = PersonnelPricing(Euro.of("90000.00"), Decimal(most), Decimal(days))
    return line(key, amount=None, pricing=pricing, year=2026, **{"description": "Ada"} | given)


def days_asked(*lines: CostFact) -> list[Finding]:
    return ask("C20", factory, budget=lines)


def test_c20_fires_when_a_person_works_more_days_than_the_period_has() -> None:
    (found,) = days_asked(worked("L1", "215.5"))
    assert summary([found]) == [("warn", None, "budget/L1")]
    assert "works 215.5 days in the period, over all grants; at most 215 can" in str(found.sentence)


def test_c20_adds_up_a_person_over_streams_and_grants() -> None:
    elsewhere = worked("L2", "100", funded_elsewhere=True, description=" ada ")
    platform = worked("L3", "16", stream=Stream.EXPERIMENTAL_PLATFORM)
    assert days_asked(worked("L1", "99"), elsewhere, platform) == []
    assert summary(days_asked(worked("L1", "100"), elsewhere, platform)) == [("warn", None, "budget/L3")]


def test_c20_counts_the_days_of_a_year_for_an_owner() -> None:
    owner = line("L1", category="A4", amount=None, pricing=SmeOwnerPricing(Decimal(216), "BE"))
    assert summary(days_asked(owner)) == [("warn", None, "budget/L1")]
    assert days_asked(replace(owner, pricing=SmeOwnerPricing(Decimal(215), "BE"))) == []


def test_c20_is_silent_about_different_people_and_years() -> None:
    others = (worked("L2", "200", description="Bruno"), replace(worked("L3", "200"), year=2027))
    assert days_asked(worked("L1", "200"), *others, worked("L4", "200", partner="cenaero")) == []


def owner(unit: str, unit_cost: str, partner: str = "imec") -> CostFact:
    return line(
        "L1", category="A4", amount=None, partner=partner, quantity=Decimal(10), unit=unit, unit_cost=Decimal(unit_cost)
    )


def test_c21_fires_on_another_unit_than_that_of_the_day_the_call_opened() -> None:
    (found,) = ask("C21", factory, budget=(owner("day", "282.22"),))
    assert summary([found]) == [("warn", None, "budget/L1")]
    assert str(found.sentence).startswith("L1 pays an SME owner 282.22 a unit; the unit of this call is 485.85.")
    assert len(ask("C21", factory, budget=(owner("person-month", "8745.30"),))) == 1
    older = replace(FACTORY, opens=date(2024, 7, 29))
    assert len(ask("C21", factory, older, budget=(owner("day", "485.85"),))) == 1


@pytest.mark.parametrize(
    "silent",
    [owner("day", "485.85"), owner("person-month", "8745.40"), owner("day", "485.85", partner="nobody"), line("L1")],
)
def test_c21_is_silent_on_the_published_unit_and_where_none_is_known(silent: CostFact) -> None:
    assert ask("C21", factory, budget=(silent,)) == []
    assert ask("C21", factory, replace(FACTORY, opens=None), budget=(owner("day", "1.00"),)) == []

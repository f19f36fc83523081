"""C01, C06, C14, C15, C29, C38: each fires, and each stays silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bids.rulebook.facts import DepreciationPricing, PartnerFacts
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerRole, Stream
from tests.rulebook.readiness.bids import ANTENNA, antenna, ask, factory, line, summary

BLOCKS_SUBMIT = ("block", "submit")
twin = line("M2", stream=Stream.MACHINE, category="acquisition", site="charleroi", year=2026, description="Racks")


def test_c01_fires_on_a_line_without_a_stream() -> None:
    assert summary(ask("C01", factory, budget=(line("L1", stream=None),))) == [(*BLOCKS_SUBMIT, "budget/L1")]


def test_c01_fires_on_the_same_cost_in_two_streams() -> None:
    (found,) = ask("C01", factory, budget=(twin, replace(twin, key="S2", stream=Stream.SERVICES, category="C2",
                                                         description="  rACKS ")))  # fmt: skip
    assert summary([found]) == [(*BLOCKS_SUBMIT, "budget/S2")]
    assert str(found.sentence).startswith("S2 and M2 have the same partner, site, year and description")


@pytest.mark.parametrize(
    "difference",
    [
        {"partner": "cenaero"},
        {"site": None},
        {"year": 2027},
        {"description": "Other racks"},
        {"stream": Stream.MACHINE, "category": "acquisition"},
    ],
)
def test_c01_is_silent_when_two_lines_differ(difference: dict[str, object]) -> None:
    other = replace(twin, key="S2", stream=Stream.SERVICES, category="C2")
    assert ask("C01", factory, budget=(twin, replace(other, **difference))) == []


def test_c01_does_not_take_two_undescribed_lines_for_the_same_cost() -> None:
    blank = replace(twin, description=" ")
    assert ask("C01", factory, budget=(blank, replace(blank, key="S2", stream=Stream.SERVICES, category="C2"))) == []


@pytest.mark.parametrize("wrong", [{"category": ""}, {"category": "energy"}, {"partner": None}])
def test_c01_warns_of_a_line_that_counts_nothing_in_its_stream(wrong: dict[str, object]) -> None:
    assert summary(ask("C01", factory, budget=(line("L1", **wrong),))) == [("warn", None, "budget/L1")]


def test_c01_is_silent_on_lines_that_count_nothing_by_design() -> None:
    friend = PartnerFacts("csc", country="FI", role=PartnerRole.ASSOCIATED)
    lines = (line("L1", partner="csc"), line("L2", funded_elsewhere=True), line("L3", category="E"))
    assert ask("C01", factory, partners=(*factory.partners, friend), budget=lines) == []


def test_c06_fires_on_a_line_without_a_price() -> None:
    assert summary(ask("C06", factory, budget=(line("L1", amount=None),))) == [(*BLOCKS_SUBMIT, "budget/L1")]
    half = line("L1", amount=None, quantity=Decimal(3))
    assert summary(ask("C06", factory, budget=(half,))) == [(*BLOCKS_SUBMIT, "budget/L1")]


def test_c06_fires_when_two_prices_disagree() -> None:
    wrong = line("L1", amount=Euro.of("10.00"), quantity=Decimal(3), unit_cost=Decimal("3.00"))
    (found,) = ask("C06", factory, budget=(wrong,))
    assert "10.00" in str(found.sentence)
    assert "9.00" in str(found.sentence)


def test_c06_is_silent_on_amount_quantity_and_formula() -> None:
    lines = (
        line("L1"),
        line("L2", amount=None, quantity=Decimal(3), unit_cost=Decimal("3.00")),
        line("L3", amount=None, category="C2", pricing=DepreciationPricing(Euro.of("600.00"), 60, 6, Decimal(1))),
        line("L4", amount=Euro()),
    )
    assert ask("C06", factory, budget=lines) == []


def stated(amount: str, **given: object) -> object:
    return line("E1", category="E", amount=Euro.of(amount), **given)


def test_c14_fires_when_indirect_costs_are_on_everything() -> None:
    lines = (line("L1"), line("L2", category="B"), stated("50000.00"))
    (found,) = ask("C14", factory, budget=lines)
    assert summary([found]) == [(*BLOCKS_SUBMIT, "budget/E1")]
    assert str(found.sentence) == (
        "E1 states indirect costs of 50000.00; the cost model gives 25000.00. Correct or remove the line."
    )
    assert found.source == "S35"


def test_c14_is_silent_when_they_agree_to_the_cent() -> None:
    lines = (line("L1"), line("L2", category="B"), stated("25000.00"))
    assert ask("C14", factory, budget=lines) == []
    in_two = (line("L1"), stated("24999.99"), replace(stated("0.01"), key="E2"))
    assert ask("C14", factory, budget=in_two) == []


def test_c14_compares_each_partner_and_stream() -> None:
    lines = (line("L1"), line("L2", partner="cenaero"), stated("25000.00"), replace(stated("25000.01"), key="E2",
             partner="cenaero"))  # fmt: skip
    assert summary(ask("C14", factory, budget=lines)) == [(*BLOCKS_SUBMIT, "budget/E2")]
    platform = (line("L1"), stated("25000.00", stream=Stream.EXPERIMENTAL_PLATFORM))
    (found,) = ask("C14", factory, budget=platform)
    assert "gives 0.00" in str(found.sentence)


def test_c15_fires_on_a_line_another_grant_pays() -> None:
    lines = (line("L1"), line("L2", funded_elsewhere=True))
    assert summary(ask("C15", factory, budget=lines)) == [(*BLOCKS_SUBMIT, "budget/L2")]


def test_c15_is_silent_otherwise() -> None:
    assert ask("C15", factory) == []


def test_c29_fires_on_months_beyond_the_action_or_the_life() -> None:
    long = DepreciationPricing(Euro.of("600.00"), 60, 37, Decimal(1))
    worn = DepreciationPricing(Euro.of("600.00"), 12, 13, Decimal(1))
    lines = tuple(
        line(key, amount=None, category="C2", pricing=pricing) for key, pricing in (("L1", long), ("L2", worn))
    )
    found = ask("C29", factory, budget=lines)
    assert summary(found) == [("warn", None, "budget/L1"), ("warn", None, "budget/L2")]
    assert "at most 36 count" in str(found[0].sentence)
    assert [finding.where for finding in ask("C29", factory, budget=lines, duration_months=None)] == [
        "budget/L1",
        "budget/L2",
    ]


def test_c29_is_silent_within_them() -> None:
    fitting = DepreciationPricing(Euro.of("600.00"), 36, 36, Decimal(1))
    assert ask("C29", factory, budget=(line("L1", amount=None, category="C2", pricing=fitting), line("L2"))) == []


def test_c38_fires_on_a_machine_in_a_call_without_one() -> None:
    lines = (*antenna.budget, replace(twin, key="M1", site=None), replace(twin, site=None, description="More"))
    (found,) = ask("C38", antenna, ANTENNA, budget=lines)
    assert summary([found]) == [(*BLOCKS_SUBMIT, "budget/M1")]
    assert "2 lines" in str(found.sentence)


def test_c38_is_silent_on_the_streams_of_the_call() -> None:
    lines = (*factory.budget, line("P1", stream=Stream.EXPERIMENTAL_PLATFORM))
    assert ask("C38", factory, budget=lines) == []

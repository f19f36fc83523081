"""C22, C25: years of operation, and the line between sites."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bids.rulebook.facts import CostFact, LinkFacts, MachineFacts, SiteFacts
from bids.rulebook.vocabulary import MachineStatus, Stream
from tests.rulebook.readiness.bids import ANTENNA, FACTORY, antenna, ask, factory, line, summary

(charleroi,) = factory.sites
planned = replace(charleroi, machines=(MachineFacts("m1", operational_on=date(2026, 12, 1)),))


def operation(*years: int | None, **given: Any) -> tuple[CostFact, ...]:
    plain = {"stream": Stream.MACHINE, "partner": None, "category": "energy", "site": "charleroi"}
    return tuple(line(f"M{number}", year=year, **plain | given) for number, year in enumerate(years))


def test_c22_fires_on_a_year_without_operation_and_names_the_first() -> None:
    (found,) = ask("C22", factory, sites=(planned,), budget=operation(2026, 2027, 2030))
    assert summary([found]) == [("warn", None, "sites/charleroi")]
    assert "The machine at Charleroi has no operating costs in 2028" in str(found.sentence)


def test_c22_counts_from_the_newest_machine_and_not_from_the_one_that_stands_there() -> None:
    old = MachineFacts("lucia", status=MachineStatus.EXISTING, operational_on=date(2022, 1, 1))
    newer = MachineFacts("m2", operational_on=date(2027, 3, 1))
    both = replace(planned, machines=(old, *planned.machines, newer))
    assert ask("C22", factory, sites=(both,), budget=operation(2027, 2028, 2029, 2030, 2031)) == []


def test_c22_fires_on_a_shorter_ownership() -> None:
    assert summary(ask("C22", factory, ownership_years=4)) == [("warn", None, "bid")]
    assert ask("C22", factory, ownership_years=5) == []


@pytest.mark.parametrize(
    "budget",
    [
        operation(2026, 2027, 2028, 2029, 2030),
        operation(2026, 2027, 2028, 2029, 2030, site=None),
        operation(None),
    ],
    ids=["every year", "for all sites", "without a year"],
)
def test_c22_is_silent_where_every_year_is_paid(budget: tuple[CostFact, ...]) -> None:
    assert ask("C22", factory, sites=(planned,), budget=budget) == []


def test_c22_is_silent_without_a_planned_machine_and_without_a_machine_stream() -> None:
    assert ask("C22", factory, budget=()) == []
    assert ask("C22", antenna, ANTENNA, sites=(planned,), ownership_years=1) == []
    assert len(ask("C22", factory, sites=(planned,), budget=())) == 1


zellik = SiteFacts("zellik", "Zellik")
tandem = LinkFacts("tandem", "zellik", "charleroi", Decimal(400), "Belnet")
network = line("M9", stream=Stream.MACHINE, partner=None, category="network")


def joined(**changes: Any) -> list[tuple[str, str | None, str]]:
    usual = {"sites": (charleroi, zellik), "links": (tandem,), "budget": (*factory.budget, network)}
    return summary(ask("C25", factory, **usual | changes))


def test_c25_is_silent_on_a_link_that_is_described_and_paid_and_on_one_site() -> None:
    assert joined() == []
    assert joined(sites=(charleroi,), links=(), budget=()) == []


def test_c25_fires_on_a_site_that_nothing_joins() -> None:
    found = ask(
        "C25", factory, sites=(charleroi, zellik, SiteFacts("mons", "Mons")), links=(tandem,), budget=(network,)
    )
    assert [str(one.sentence).partition(".")[0] for one in found] == ["No link joins the site Mons to another"]
    assert joined(links=()) == [("warn", None, "sites")] * 2


@pytest.mark.parametrize("lacking", [{"gbps": None}, {"carrier": " "}])
def test_c25_fires_on_a_link_that_is_not_described(lacking: dict[str, Any]) -> None:
    assert joined(links=(replace(tandem, **lacking),)) == [("warn", None, "sites")]


def test_c25_fires_on_a_link_that_nothing_pays_where_there_is_a_machine_to_pay_it_from() -> None:
    assert joined(budget=factory.budget) == [("warn", None, "budget")]
    services = tuple(scheme for scheme in FACTORY.streams if scheme.stream is not Stream.MACHINE)
    assert ask("C25", factory, replace(FACTORY, streams=services), sites=(charleroi, zellik), links=(tandem,)) == []

"""Accelerator hours: what the Union's share of the planned machines is worth in time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bids.rulebook.facts import BidFacts, CostFact, MachineFacts, RatesFacts, SiteFacts
from bids.rulebook.funding import Access, as_json, assess, explain, summary
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import MachineStatus, Stream
from tests.rulebook.funding.calls import ANTENNA, FACTORY

MARE = MachineFacts("m1", "Mare", accelerators=400, availability=Decimal("0.95"))
TERRA = MachineFacts("m2", accelerators=100, availability=Decimal("0.5"))


def bid(*machines: MachineFacts, **other: Any) -> BidFacts:
    """One machine room, whose acquisition the Union pays at 43.8 %."""
    line = CostFact("L1", Stream.MACHINE, category="acquisition", amount=Euro.of("1000.00"))
    given = {
        "rates": RatesFacts(Decimal("0.438")), "sites": (SiteFacts("zellik", machines=machines),), "budget": (line,),
    }  # fmt: skip
    return BidFacts(call="CALL", title="A bid", **given | other)


def access(*machines: MachineFacts, **other: Any) -> Access | None:
    return assess(bid(*machines, **other), FACTORY).access


def test_the_hours_of_all_planned_machines_are_shared_as_the_money_is() -> None:
    """400 x 8760 x 0.95 + 100 x 8760 x 0.5 = 3 766 800; 43.8 % of it 1 649 858.4; a fifth of that 329 971.68."""
    found = access(MARE, TERRA)
    assert found is not None
    assert (found.available, found.union, found.commercial, found.wanted) == (3_766_800, 1_649_858, 329_971, None)
    assert [str(words) for words in found.sentences] == [
        "The planned machines run 3766800 accelerator hours a year: accelerators, times 8760 hours, times "
        "availability. The Union's 43.8 % of them are 1649858; at most 20 % of these, 329971, may be for commercial "
        "use."
    ]


def test_machines_on_several_sites_are_added_up() -> None:
    apart = (SiteFacts("zellik", machines=(MARE,)), SiteFacts("charleroi", machines=(TERRA,)))
    assert access(sites=apart) == access(MARE, TERRA)


def test_what_the_bid_wants_for_commercial_use_is_told_in_hours() -> None:
    found = access(MARE, commercial_access_share=Decimal("0.10"))
    assert found is not None
    assert found.wanted == 145_801  # a tenth of 1 458 014.4
    assert [str(words) for words in found.sentences][1:] == [
        "The bid wants 10 % of the Union's hours for commercial use: 145801 a year."
    ]


def test_a_machine_that_stands_already_is_not_counted() -> None:
    lucia = replace(TERRA, status=MachineStatus.EXISTING)
    assert access(MARE, lucia) == access(MARE)
    assert access(lucia) is None


@pytest.mark.parametrize("silent", [{"accelerators": None}, {"availability": None}])
def test_a_machine_that_says_too_little_is_named(silent: dict[str, None]) -> None:
    found = access(MARE, replace(TERRA, **silent))
    assert found is not None
    assert found.available == 3_328_800
    assert [str(words) for words in found.sentences][1:] == [
        "m2 is not counted. Fill in its accelerators and its availability."
    ]
    assert access(replace(MARE, **silent)) is None
    named = access(TERRA, replace(MARE, **silent))
    assert named is not None
    assert named.untold == ("Mare",)


def test_without_a_share_of_the_union_there_are_no_hours() -> None:
    assert access(MARE, budget=()) is None
    assert assess(bid(MARE), ANTENNA).access is None


def test_the_hours_stand_in_the_json_and_on_the_terminal() -> None:
    found = assess(bid(MARE, commercial_access_share=Decimal("0.10")), FACTORY)
    hours = {"available": "3328800", "union": "1458014", "commercial_most": "291602", "commercial": "145801"}
    assert as_json(found)["access_hours"] == hours
    assert as_json(assess(bid(MARE), FACTORY))["access_hours"]["commercial"] is None
    assert "access_hours" not in as_json(assess(bid(), FACTORY))
    for printed in (summary(found), explain(found)):
        assert "  The planned machines run 3328800 accelerator hours a year" in printed
        assert "  The bid wants 10 % of the Union's hours" in printed
    assert "accelerator hours" not in summary(assess(bid(), FACTORY))

"""What two pictures of a bid differ in, field by field."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from bids.rulebook.changes import Altered, changes
from bids.rulebook.facts import BidFacts, CostFact, MachineFacts, PartnerFacts, SiteFacts, WorkPackageFacts
from bids.rulebook.facts.bid import RatesFacts
from bids.rulebook.money import Euro
from bids.rulebook.sections import BidSection

NORTH, SOUTH = PartnerFacts("north", "North"), PartnerFacts("south", "South")
LINE = CostFact("L001", description="People", amount=Euro.of("100.00"))
SITE = SiteFacts("hall", "Hall", machines=(MachineFacts("m1", accelerators=256),))
PACKAGE = WorkPackageFacts("wp1", effort={"north": Decimal(10)})
BID = BidFacts(
    call="x", title="A bid", partners=(NORTH, SOUTH), budget=(LINE,), sites=(SITE,), work_packages=(PACKAGE,)
)


def told(**now: object) -> list[tuple[str, str, bool, bool]]:
    found = changes(BID, dataclasses.replace(BID, **now))
    return [(each.section.value, each.key, each.is_new, each.is_gone) for each in found]


def fields(**now: object) -> list[Altered]:
    return [field for each in changes(BID, dataclasses.replace(BID, **now)) for field in each.fields]


def test_the_same_bid_has_no_changes() -> None:
    assert changes(BID, BID) == ()


def test_what_is_new_what_is_gone_and_what_is_altered() -> None:
    west = PartnerFacts("west", "West")
    north = dataclasses.replace(NORTH, name="North University")
    assert told(partners=(west, north)) == [
        ("partners", "west", True, False),
        ("partners", "north", False, False),
        ("partners", "south", False, True),
    ]


def test_the_basics_are_one_entry() -> None:
    assert fields(title="The bid", rates=RatesFacts(acquisition=Decimal("0.4"))) == [
        Altered(("title",), "A bid", "The bid"),
        Altered(("rates", "acquisition"), None, Decimal("0.4")),
    ]
    assert told(title="The bid") == [("bid", "", False, False)]


def test_lists_inside_are_compared_by_key() -> None:
    machines = (dataclasses.replace(SITE.machines[0], accelerators=288), MachineFacts("m2", "Second"))
    assert fields(sites=(dataclasses.replace(SITE, machines=machines),)) == [
        Altered(("machines", "m1", "accelerators"), 256, 288),
        Altered(("machines", "m2"), None, MachineFacts("m2", "Second")),
    ]


def test_effort_is_compared_by_partner() -> None:
    effort = {"south": Decimal(3)}
    assert fields(work_packages=(dataclasses.replace(PACKAGE, effort=effort),)) == [
        Altered(("effort", "south"), None, Decimal(3)),
        Altered(("effort", "north"), Decimal(10), None),
    ]


def test_an_amount_is_one_value() -> None:
    line = dataclasses.replace(LINE, amount=Euro.of("250.00"))
    assert fields(budget=(line,)) == [Altered(("amount",), Euro.of("100.00"), Euro.of("250.00"))]


def test_every_section_may_have_changes() -> None:
    assert {section.value for section in BidSection} >= {name for name, *_ in told(partners=(), budget=(), sites=())}

"""Two bids from one base: what is the same, what would be paid twice, what remains, and what differs."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts, PersonMonthsPricing, SiteFacts
from bids.rulebook.funding import View, assess
from bids.rulebook.linked import SharedBase, Side, differences, is_linked, shared_base
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.rulebook.readiness.bids import ANTENNA, FACTORY, antenna, factory, line

big = replace(factory, reference="BIG", alternative_to="SMALL")
small = replace(antenna, reference="SMALL", alternative_to="BIG")


def base(mine: BidFacts = small, theirs: BidFacts = big) -> SharedBase:
    calls = {ANTENNA.id: ANTENNA, FACTORY.id: FACTORY}
    sides = [Side(facts, calls[facts.call], assess(facts, calls[facts.call])) for facts in (mine, theirs)]
    return shared_base(*sides)


def view(total: str, eu: str) -> View:
    return View(Euro.of(total), Euro.of(eu))


def keys(found: SharedBase) -> list[tuple[str, str, bool]]:
    return [(pair.mine.key, pair.theirs.key, pair.is_marked) for pair in found.pairs]


def test_partners_are_the_same_by_number_name_or_chosen_key() -> None:
    mine = (
        PartnerFacts("a", name="Imec vzw"),
        PartnerFacts("cenaero", name="Cenaero"),
        PartnerFacts("P001", name="Alone"),
        PartnerFacts("x", name="New name", pic="999999999"),
    )
    theirs = (
        PartnerFacts("P001", name="Somebody else"),
        PartnerFacts("b", name="imec  VZW"),
        PartnerFacts("cenaero", name="Renamed"),
        PartnerFacts("y", name="Old name", pic="999999999"),
    )
    found = base(replace(small, partners=mine, budget=()), replace(big, partners=theirs, budget=(), sites=()))
    assert [(a.key, b.key) for a, b in found.partners] == [("a", "b"), ("cenaero", "cenaero"), ("x", "y")]


def test_sites_are_the_same_by_name_or_chosen_key() -> None:
    mine = (SiteFacts("S001", name="Zellik"), SiteFacts("charleroi"), SiteFacts("S002", name=""))
    theirs = (SiteFacts("S002", name="Elsewhere"), SiteFacts("zel", name="ZELLIK"), SiteFacts("charleroi", name="A6K"))
    found = base(replace(small, sites=mine), replace(big, sites=theirs))
    assert [(a.key, b.key) for a, b in found.sites] == [("S001", "zel"), ("charleroi", "charleroi")]


def people(key: str, months: str, **given: Any) -> CostFact:
    pricing = PersonMonthsPricing(Decimal(months), Decimal("1000"))
    return line(key, **{"amount": None, "pricing": pricing, "description": "Engineers", "year": 2026} | given)


def test_marked_lines_are_paid_twice_by_the_smaller_side_and_leave_the_rest() -> None:
    mine = replace(small, budget=(people("S1", "8", alternative_of="BIG#B1"), line("S2", amount=Euro.of("4000.00"))))
    theirs = replace(big, budget=(people("B1", "20"), line("B2", amount=Euro.of("12000.00"))))
    found = base(mine, theirs)
    assert keys(found) == [("S1", "B1", True)]
    assert found.twice == view("10000.00", "5000.00")  # 8 000 + 25 % at half
    assert found.unguarded == view("0.00", "0.00")
    assert found.left_of_mine == view("5000.00", "2500.00")
    assert found.left_of_theirs == view("15000.00", "7500.00")
    assert (found.pairs[0].marked_here, found.pairs[0].marked_there) == (True, False)


def test_it_is_the_same_base_from_the_other_side() -> None:
    mine = replace(small, budget=(people("S1", "8", alternative_of="BIG#B1"), people("S2", "2", year=2027)))
    theirs = replace(big, budget=(people("B1", "20"), people("B2", "3", year=2027)))
    here, there = base(mine, theirs), base(theirs, mine)
    assert keys(here) == [("S1", "B1", True), ("S2", "B2", False)]
    assert [(b, a, marked) for a, b, marked in keys(there)] == keys(here)
    assert (here.twice, here.unguarded) == (there.twice, there.unguarded)
    assert (here.left_of_mine, here.left_of_theirs) == (there.left_of_theirs, there.left_of_mine)


def test_lines_that_hang_together_count_once() -> None:
    mine = replace(
        small,
        budget=(
            people("S1", "8", alternative_of="BIG#B1"),
            people("S2", "8", year=2027, alternative_of="BIG#B1"),
            people("S3", "1", year=2028, alternative_of="BIG#B2"),
        ),
    )
    theirs = replace(big, budget=(people("B1", "10"), people("B2", "9", year=2028, alternative_of="SMALL#S2")))
    assert base(mine, theirs).twice == view("21250.00", "10625.00")  # one group: 17 months against 19


def test_what_nobody_marked_is_told_apart() -> None:
    mine = replace(small, budget=(people("S1", "8"), people("S2", "8")))
    theirs = replace(big, budget=(people("B1", "20"),))
    found = base(mine, theirs)
    assert keys(found) == [("S1", "B1", False)]  # B1 is found once
    assert found.twice == found.unguarded == view("10000.00", "5000.00")


def test_marks_that_lead_nowhere_are_told() -> None:
    lines = (
        line("S1", alternative_of="BIG#GONE"),
        line("S2", alternative_of="THIRD#B1"),
        line("S3", alternative_of="BIG#M1"),
    )
    found = base(replace(small, budget=lines))
    assert [astray.key for astray in found.astray] == ["S1", "S2"]
    assert keys(found)[0] == ("S3", "M1", True)


def test_bids_that_share_nothing_lose_nothing() -> None:
    found = base(replace(small, budget=(people("S1", "8"),)), replace(big, budget=(line("B9"),)))
    assert (found.pairs, found.twice) == ((), View())
    assert found.left_of_mine == View(found.mine.assessment.total, found.mine.assessment.eu)


def test_differences_go_field_by_field_and_a_price_goes_whole() -> None:
    mine = replace(
        small,
        partners=(PartnerFacts("imec", "Imec", country="BE", pic="1"),),
        sites=(SiteFacts("zellik", pue=Decimal("1.2")),),
        budget=(people("S1", "8", alternative_of="BIG#B1"),),
    )
    theirs = replace(
        big,
        partners=(PartnerFacts("imec", "Imec vzw", country="BE", pic=""),),
        sites=(SiteFacts("zellik", pue=Decimal("1.3"), cooling="Water."),),
        budget=(people("B1", "20", description="People", year=2027),),
    )
    told = {
        each.place: [(one.field, one.can_be_copied) for one in each.differences]
        for each in differences(base(mine, theirs))
    }
    assert told == {
        "partners/imec": [("name", True), ("pic", True)],
        "sites/zellik": [("pue", True), ("cooling", True)],
        "budget/S1": [("year", True), ("description", True), ("cost", True)],
    }


def test_what_is_the_same_is_no_difference() -> None:
    same = (people("S1", "8", alternative_of="BIG#S1"),)
    found = differences(base(replace(small, budget=same), replace(big, budget=(people("S1", "8"),))))
    assert found == ()


def test_a_category_of_another_cost_model_is_told_but_not_copied() -> None:
    mine = replace(small, budget=(line("S1", category="C2", alternative_of="BIG#B1"),))
    theirs = replace(
        big,
        budget=(line("B1", stream=Stream.MACHINE, category="acquisition", description="S1"),),
    )
    (found,) = differences(base(mine, theirs))
    assert [(one.field, one.can_be_copied) for one in found.differences] == [("category", False)]


def test_two_bids_are_linked_where_each_names_the_other() -> None:
    assert is_linked(small, big)
    assert not is_linked(small, replace(big, alternative_to=None))

"""C37 and C39: each fires, and each stays silent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bids import callfile
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.linked import Side
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Situation
from tests.rulebook.readiness.bids import ANTENNA, DIGITAL, FACTORY, antenna, ask, factory, known, line, summary

compared = replace(known, published=callfile.published().bids)
fallback = replace(antenna, reference="ANTENNA", alternative_to="FACTORY")


def test_c37_says_where_the_bid_stands_among_its_wave() -> None:
    (found,) = ask("C37", factory, FACTORY, compared)
    assert summary([found]) == [("info", None, "benchmarks")]
    assert found.source == "S10"
    assert str(found.sentence) == (
        "Total cost: 200000.00 would be number 7 of 7 among the published bids decided on 2025-10-10, "
        "whose median is 81000000.00."
    )
    (found,) = ask("C37", antenna, ANTENNA, compared)
    assert "2025-10-13" in str(found.sentence)


def test_c37_is_silent_where_nothing_is_comparable() -> None:
    assert ask("C37", replace(factory, call=DIGITAL.id), DIGITAL, compared) == []
    assert ask("C37", factory, FACTORY, known) == []


def beside(**changes: Any) -> Situation:
    """Surroundings in which the factory is at hand."""
    facts = replace(factory, reference="FACTORY", **changes)
    return replace(known, linked=Side(facts, FACTORY, assess(facts, FACTORY)))


def paid(facts: BidFacts = fallback, situation: Situation | None = None, **changes: Any) -> list[Any]:
    return ask("C39", facts, ANTENNA, situation or beside(), **changes)


def test_c39_fires_on_people_paid_in_both_bids_whatever_they_cost() -> None:
    dearer = (line("S1", description="Engineers"), line("S2", description="Travel", category="C1"))
    (found,) = paid(
        situation=beside(budget=(line("X9", description="engineers ", amount=Euro.of("1.00")),)), budget=dearer
    )
    assert summary([found]) == [("warn", None, "budget/S1")]
    assert found.is_house_rule
    assert str(found.sentence) == (
        "S1 looks like X9 of FACTORY: the same people, equipment or cost. Mark it as its alternative, "
        "or make clear that it is something else."
    )


def test_c39_fires_on_other_costs_only_where_the_amount_agrees() -> None:
    travel = line("X1", description="Travel", category="C1", amount=Euro.of("5.00"))
    situation = beside(budget=(travel,))
    assert summary(paid(situation=situation, budget=(replace(travel, key="S1"),))) == [("warn", None, "budget/S1")]
    assert paid(situation=situation, budget=(replace(travel, key="S1", amount=Euro.of("6.00")),)) == []


def test_c39_is_silent_once_the_line_is_marked_in_either_bid() -> None:
    plain, marked = (
        line("S1", description="Engineers"),
        line("S1", description="Engineers", alternative_of="FACTORY#X1"),
    )
    other = line("X1", description="Engineers")
    assert paid(situation=beside(budget=(other,)), budget=(marked,)) == []
    assert paid(situation=beside(budget=(replace(other, alternative_of="ANTENNA#S1"),)), budget=(plain,)) == []


def test_c39_fires_on_a_mark_that_leads_nowhere() -> None:
    (found,) = paid(budget=(line("S1", description="Engineers", alternative_of="FACTORY#GONE"),))
    assert str(found.sentence) == "S1 is marked as the alternative of FACTORY#GONE, which is no line of FACTORY."


def test_c39_tells_other_years_partners_and_nameless_lines_apart() -> None:
    engineers = line("X1", description="Engineers", year=2026)
    situation = beside(budget=(engineers, line("X2", description="")))
    for changed in ({"year": 2027}, {"partner": "cenaero"}, {"category": "A2"}, {"description": ""}):
        assert paid(situation=situation, budget=(replace(engineers, key="S1", **changed),)) == []


def test_c39_is_not_known_from_a_file_and_not_told_to_who_may_not_read_the_other() -> None:
    (found,) = paid(situation=known)
    assert (*summary([found]), str(found.sentence)) == (
        ("info", None, "linked"), "The linked bid: not known from a file.",
    )  # fmt: skip
    (found,) = paid(situation=replace(known, linked_is_closed=True))
    assert (found.severity, "to those who may read both bids" in str(found.sentence)) == ("info", True)


def test_c39_is_silent_in_a_bid_that_is_linked_to_none() -> None:
    assert ask("C39", antenna, ANTENNA, beside()) == []


def test_c39_leads_to_the_page_where_both_bids_are_compared() -> None:
    (found,) = paid(situation=replace(known, linked_has_a_page=True))
    assert (found.severity, found.where) == ("info", "linked")
    assert "compared on the page of the linked bid" in str(found.sentence)

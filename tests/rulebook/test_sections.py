"""What changed between two pictures of a bid, and what an opened section opens."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from bids.rulebook.facts import BidFacts, ChapterFacts, CostFact, PartnerFacts, RiskFacts
from bids.rulebook.money import Euro
from bids.rulebook.sections import (
    LISTS,
    BidSection,
    changed_sections,
    is_within,
)
from bids.rulebook.vocabulary import Language

english = ChapterFacts("1.1", Language.EN, html="<p>A</p>")
french = ChapterFacts("1.1", Language.FR, html="<p>B</p>")
bid = BidFacts(
    call="X",
    title="Tandem",
    partners=(PartnerFacts("imec"), PartnerFacts("cenaero")),
    budget=(CostFact("L1", partner="imec", amount=Euro(1)), CostFact("L2", partner="cenaero", amount=Euro(2))),
    chapters=(english, french),
    risks=(RiskFacts("r1"), RiskFacts("r2")),
)


def test_the_lists_of_the_file_are_the_sections() -> None:
    lists = {field.name for field in fields(BidFacts) if field.name != "keywords" and "tuple" in str(field.type)}
    assert set(LISTS) == lists
    assert [section.value for section in BidSection][1:] == list(LISTS)


def test_nothing_changed() -> None:
    assert changed_sections(bid, replace(bid)) == frozenset()


@pytest.mark.parametrize(
    ("change", "sections"),
    [
        ({"title": "Other"}, {"bid"}),
        ({"keywords": ("a",)}, {"bid"}),
        ({"budget": (bid.budget[0], replace(bid.budget[1], amount=Euro(3)))}, {"budget/L2"}),
        ({"budget": bid.budget[:1]}, {"budget/L2"}),
        ({"budget": (*bid.budget, CostFact("L3"))}, {"budget/L3"}),
        ({"chapters": (english, replace(french, html=""))}, {"chapters/1.1"}),
        ({"risks": bid.risks[::-1]}, {"risks"}),
        ({"title": "Other", "risks": ()}, {"bid", "risks/r1", "risks/r2"}),
    ],
)
def test_changed_sections(change: dict[str, Any], sections: set[str]) -> None:
    assert changed_sections(bid, replace(bid, **change)) == sections


@pytest.mark.parametrize(
    ("section", "opened", "within"),
    [
        ("budget", {"budget"}, True),
        ("budget/L1", {"budget"}, True),
        ("budget/L1", {"budget/L1"}, True),
        ("budget/L1", {"budget/L2"}, False),
        ("budget", {"budget/L1"}, False),
        ("", {"budget"}, False),
        ("bid", set(), False),
    ],
)
def test_an_opened_section_opens_its_entries(section: str, opened: set[str], within: bool) -> None:
    assert is_within(section, opened) == within

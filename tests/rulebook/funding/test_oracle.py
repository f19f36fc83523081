"""The engine against a second, naive reading of the same rules."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from tests.rulebook.funding.oracle import union_money
from tests.rulebook.funding.strategies import bids, calls


def agrees(facts: BidFacts, call: CallFacts) -> None:
    indirect, eu = union_money(facts, call)
    found = assess(facts, call)
    assert {key: line.indirect.cents for key, line in found.lines.items()} == indirect
    assert {key: line.eu.cents for key, line in found.lines.items()} == eu


@settings(max_examples=60, deadline=None)
@given(bids(), calls())
def test_every_line_gets_what_a_naive_reading_gives_it(facts: BidFacts, call: CallFacts) -> None:
    agrees(facts, call)


@pytest.mark.deep
@pytest.mark.timeout(3600)
@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(bids(), calls())
def test_ten_thousand_bids_get_what_a_naive_reading_gives_them(facts: BidFacts, call: CallFacts) -> None:
    agrees(facts, call)

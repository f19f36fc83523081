"""No line is funded twice: what stands in an approved bid can't be approved in its alternative, from either side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from accounts.models import User
from bids import snapshot
from bids.actions.alternatives import alternatives_taken, beside
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import BidState, Role
from tests import factories

TAKING = (BidState.APPROVED, BidState.FILED, BidState.SELECTED)


def facts_of(reference: str, **marks: str) -> BidFacts:
    """A bid whose lines are marked as told."""
    facts = factories.small_bid(reference)
    lines = tuple(replace(line, alternative_of=marks.get(line.key)) for line in facts.budget)
    return replace(facts, budget=lines)


def taken(bid: Bid) -> tuple[str, ...]:
    return alternatives_taken(snapshot.take(bid))


@pytest.fixture
def another(bid: Bid, ada: User, moved_to: Callable[..., Bid]) -> Callable[..., Bid]:
    """A second bid with a submitted round, in a state."""

    def make(state: BidState, **marks: str) -> Bid:
        found = import_bid(facts_of("BE-FALL", **marks), by=ada)
        factories.a_snapshot(found, ada)
        return moved_to(found, state)

    return make


@pytest.mark.parametrize("state", list(BidState))
def test_a_line_is_spoken_for_by_the_bid_it_names(bid: Bid, another: Any, state: BidState) -> None:
    bid.budget_lines.filter(key="L001").update(alternative_of="BE-FALL#L002")
    another(state)
    assert taken(bid) == (("L001",) if state in TAKING else ())


@pytest.mark.parametrize("state", list(BidState))
def test_a_line_is_spoken_for_by_the_bid_that_names_it(bid: Bid, another: Any, state: BidState) -> None:
    bid.budget_lines.update(alternative_of=None)
    another(state, L003="BE-SMALL#L002", L001="BE-OTHER#M001", L002="BE-SMALL#GONE")
    assert taken(bid) == (("L002",) if state in TAKING else ())


def test_a_mark_of_an_earlier_round_no_longer_speaks_for_a_line(bid: Bid, another: Any, ada: User) -> None:
    bid.budget_lines.update(alternative_of=None)
    other = another(BidState.APPROVED, L003="BE-SMALL#L002")
    assert taken(bid) == ("L002",)
    other.budget_lines.update(alternative_of=None)
    factories.a_snapshot(other, ada)
    assert taken(bid) == ()


def test_readiness_knows_of_the_linked_bid_what_the_person_may_read(
    bid: Bid, another: Any, ada: User, vic: User, clara: User
) -> None:
    other = another(BidState.IN_REVIEW)
    facts = replace(snapshot.take(bid), alternative_to="BE-FALL")
    assert beside(replace(facts, alternative_to=None), ada) == {}
    assert beside(facts, ada)["linked"].facts.reference == "BE-FALL"
    assert beside(facts, None)["linked"].facts.reference == "BE-FALL"
    assert beside(facts, vic) == {"linked_is_closed": True}
    assert beside(replace(facts, alternative_to="NOWHERE"), ada) == {"linked_is_closed": True}
    other.budget_lines.all().delete()
    assert len(beside(facts, clara)["linked"].facts.budget) == 4  # the round, not the working copy
    assert beside(facts, ada)["linked"].facts.budget == ()


def test_the_ministry_reads_no_linked_bid_that_was_never_submitted(bid: Bid, ada: User, clara: User) -> None:
    import_bid(facts_of("BE-FALL"), by=ada)
    facts = replace(snapshot.take(bid), alternative_to="BE-FALL")
    assert beside(facts, clara) == {"linked_is_closed": True}


def test_a_member_of_both_sides_reads_as_each(bid: Bid, another: Any, vic: User) -> None:
    other = another(BidState.SUBMITTED)
    factories.a_bid_role(other, vic, Role.VIEWER)
    facts = replace(snapshot.take(bid), alternative_to="BE-FALL")
    assert "linked" in beside(facts, vic)

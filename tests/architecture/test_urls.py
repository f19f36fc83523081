"""A walk through every address of the house, by everybody: each answers what the permit table says.

The pages are found by their routes, so none can be forgotten; what is right is worked out from the
table (`tests/walk/expected.py`) without asking the page. The desk has a walk of its own beside this one.
"""

from __future__ import annotations

import pytest

from bids.actions.acceptance import Acceptance
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import BidState
from tests.walk.addresses import addresses, elsewhere, every_route, of_the_desk, of_the_workspace
from tests.walk.expected import PUBLIC, SIGNED_IN
from tests.walk.people import CONSORTIUM, Visitor, one_of_each
from tests.walk.visits import knock, send_nothing, walk

pytestmark = [
    pytest.mark.usefixtures("seeded", "db"),
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("walk"),
]

# Each page is asked for in a warm house, by people in this order and in the other;
# a draft is visited by everybody in the first.
FORTH, BACK = slice(None), slice(None, None, -1)
WALKED = ((BidState.CHANGES_REQUESTED, BACK), (BidState.IN_REVIEW, BACK))
EVERY_WALK = tuple((state, order) for state in BidState for order in (FORTH, BACK))
WORKSPACE = of_the_workspace()


def test_every_route_declares_an_act_of_the_table_or_that_it_needs_none() -> None:
    known = {PUBLIC, SIGNED_IN, *Act}
    assert [route.pattern for route in every_route() if route.act not in known] == []


def test_every_route_can_be_visited(seeded: Acceptance) -> None:
    """A page whose address the walk can't fill in would be a page nobody looks after."""
    bid = seeded.bids[BidState.DRAFT]
    every = [*addresses(bid, of_the_workspace()), *addresses(bid, of_the_desk()), *addresses(None, elsewhere())]
    assert {to.route for to in every} == set(every_route())


def test_each_page_of_a_draft_answers_everybody_as_the_table_says(seeded: Acceptance, visitors: list[Visitor]) -> None:
    bid = seeded.bids[BidState.DRAFT]
    assert list(walk(visitors, addresses(bid, WORKSPACE), bid)) == []


@pytest.mark.parametrize(("state", "order"), WALKED)
def test_each_page_of_a_bid_answers_each_role_as_the_table_says(
    seeded: Acceptance, visitors: list[Visitor], state: BidState, order: slice
) -> None:
    bid = seeded.bids[state]
    assert list(walk(one_of_each(visitors)[order], addresses(bid, WORKSPACE), bid)) == []


@pytest.mark.deep
@pytest.mark.parametrize(("state", "order"), EVERY_WALK)
def test_so_it_does_in_every_state_and_order(
    seeded: Acceptance, visitors: list[Visitor], state: BidState, order: slice
) -> None:
    bid = seeded.bids[state]
    assert list(walk(visitors[order], addresses(bid, WORKSPACE), bid)) == []


def test_no_page_of_a_foreign_bid_is_there_for_the_consortium(seeded: Acceptance, visitors: list[Visitor]) -> None:
    consortium = [one for one in visitors if one.name in CONSORTIUM]
    assert list(walk(consortium, addresses(seeded.foreign, WORKSPACE), seeded.foreign)) == []


def test_each_page_beside_the_bids_answers_everybody_as_it_declares(visitors: list[Visitor]) -> None:
    assert list(walk(visitors, addresses(None, elsewhere()), None)) == []


@pytest.mark.parametrize("state", [BidState.DRAFT, BidState.IN_REVIEW])
def test_nothing_posted_by_who_may_not_changes_anything(
    seeded: Acceptance, visitors: list[Visitor], state: BidState
) -> None:
    bid = seeded.bids[state]
    assert list(knock(one_of_each(visitors), addresses(bid, WORKSPACE), bid)) == []


def test_nothing_posted_beside_the_bids_by_who_may_not_changes_anything(visitors: list[Visitor]) -> None:
    assert list(knock(visitors, addresses(None, elsewhere()), None)) == []


def test_an_empty_form_breaks_no_page(seeded: Acceptance, visitors: list[Visitor]) -> None:
    """Whoever may post gets an answer to a form in which nothing is filled in; afterwards it is undone."""
    bid = seeded.bids[BidState.DRAFT]
    coordinator = [one for one in visitors if one.name == "coordinator"]
    assert list(send_nothing(coordinator, addresses(bid, WORKSPACE), bid)) == []


def test_an_empty_form_breaks_no_page_beside_the_bids(visitors: list[Visitor]) -> None:
    people = [one for one in visitors if one.name in ("coordinator", "manager", "admin")]
    assert list(send_nothing(people, addresses(None, elsewhere()), None)) == []

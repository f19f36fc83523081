"""A walk through every address of the desk, by everybody, in every state: each answers what the permit table says.

In each state every act is asked of everybody whom the door lets in; which of its pages is visited
changes from turn to turn, so that all turns together see all pages. `make deep` visits all of them each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import pytest

from bids.actions.acceptance import Acceptance
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from tests.walk.addresses import Address, addresses, of_the_desk
from tests.walk.people import Visitor, in_turn, inside_the_desk, one_of_each
from tests.walk.visits import knock, send_nothing, walk

pytestmark = [
    pytest.mark.usefixtures("seeded", "db"),
    pytest.mark.timeout(900),
    pytest.mark.xdist_group("walk of the desk"),
]

FORTH, BACK = slice(None), slice(None, None, -1)
TURNS = list(enumerate(BidState))
STATES = [state.value for state in BidState]


def places(bid: Bid) -> list[Address]:
    return list(addresses(bid, of_the_desk()))


def one_of_each_act(bid: Bid, turn: int) -> Iterator[Address]:
    """For every act one of its pages, the next one with every turn; each step is a page of its own."""
    by_act = sorted(places(bid), key=lambda to: str(to.route.act))
    for _, group in groupby(by_act, key=lambda to: to.route.act):
        pages = list(group)
        steps = [to for to in pages if "/steps/" in to.route.pattern]
        others = [to for to in pages if to not in steps]
        yield from steps
        yield from others[turn % len(others) :][:1] if others else ()


def test_the_door_is_shut_to_whoever_has_no_place_at_the_desk(seeded: Acceptance, visitors: list[Visitor]) -> None:
    bid = seeded.bids[BidState.IN_REVIEW]
    outside = [one for one in visitors if not one.may_enter_the_desk]
    assert list(walk(outside, places(bid), bid)) == []
    assert list(knock(one_of_each(outside), places(bid), bid)) == []


@pytest.mark.parametrize("order", [FORTH, BACK], ids=["forth", "back"])
def test_each_page_of_a_file_answers_everybody_as_the_table_says(
    seeded: Acceptance, visitors: list[Visitor], order: slice
) -> None:
    bid = seeded.bids[BidState.IN_REVIEW]
    assert list(walk(inside_the_desk(visitors)[order], places(bid), bid)) == []


@pytest.mark.parametrize(("turn", "state"), TURNS, ids=STATES)
def test_in_every_state_each_act_is_for_whom_the_table_says(
    seeded: Acceptance, visitors: list[Visitor], turn: int, state: BidState
) -> None:
    bid = seeded.bids[state]
    order = BACK if turn % 2 else FORTH
    assert list(walk(in_turn(visitors, turn)[order], one_of_each_act(bid, turn), bid)) == []


@pytest.mark.deep
@pytest.mark.parametrize("order", [FORTH, BACK], ids=["forth", "back"])
@pytest.mark.parametrize("state", BidState)
def test_so_does_every_page(seeded: Acceptance, visitors: list[Visitor], state: BidState, order: slice) -> None:
    bid = seeded.bids[state]
    assert list(walk(visitors[order], places(bid), bid)) == []


@pytest.mark.parametrize(("turn", "state"), TURNS, ids=STATES)
def test_nothing_sent_by_who_may_not_changes_anything(
    seeded: Acceptance, visitors: list[Visitor], turn: int, state: BidState
) -> None:
    bid = seeded.bids[state]
    assert list(knock(in_turn(visitors, turn)[turn % 2 :: 2], posted(bid), bid)) == []


@pytest.mark.parametrize(("turn", "state"), TURNS, ids=STATES)
def test_an_empty_form_breaks_no_page(seeded: Acceptance, visitors: list[Visitor], turn: int, state: BidState) -> None:
    bid = seeded.bids[state]
    assert list(send_nothing(in_turn(visitors, turn), posted(bid), bid)) == []


def posted(bid: Bid) -> Iterator[Address]:
    """The pages that take a form."""
    return (to for to in places(bid) if "POST" in (to.route.methods or ()))

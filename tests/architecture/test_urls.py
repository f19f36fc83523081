"""A walk through every address of the house, by everybody: each answers what the permit table says.

The pages are found by their routes, so none can be forgotten; what is right is worked out from the
table (`tests/walk/expected.py`) without asking the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from bids.actions import acceptance
from bids.actions.acceptance import Acceptance
from bids.models import Bid
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import BidState
from tests.headers import missing_headers
from tests.walk.addresses import Address, address, addresses, elsewhere, every_route
from tests.walk.expected import PUBLIC, SIGNED_IN, expected, may_not
from tests.walk.people import CONSORTIUM, Visitor, everybody, one_of_each
from tests.walk.writes import TRAIL, watched

pytestmark = [pytest.mark.usefixtures("seeded", "db"), pytest.mark.timeout(900)]

# Each page is asked for in a warm house, by people in this order and in the other.
FORTH, BACK = slice(None), slice(None, None, -1)
WALKED = ((BidState.DRAFT, BACK), (BidState.CHANGES_REQUESTED, FORTH), (BidState.IN_REVIEW, BACK))
MOST_QUESTIONS = 25  # of a page of a bid
EVERY_WALK = tuple((state, order) for state in BidState for order in (FORTH, BACK))


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Acceptance]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield acceptance.seed()
        transaction.set_rollback(True)


@pytest.fixture
def visitors(seeded: Acceptance) -> list[Visitor]:
    return everybody(seeded)


def test_every_route_declares_an_act_of_the_table_or_that_it_needs_none() -> None:
    known = {PUBLIC, SIGNED_IN, *Act}
    assert [route.pattern for route in every_route() if route.act not in known] == []


def test_every_route_can_be_visited(seeded: Acceptance) -> None:
    """A page whose address the walk can't fill in would be a page nobody looks after."""
    every = [*addresses(seeded.bids[BidState.DRAFT]), *map(address, elsewhere())]
    assert len(every) == len(every_route())


def test_each_page_of_a_draft_answers_everybody_as_the_table_says(seeded: Acceptance, visitors: list[Visitor]) -> None:
    assert list(walk(visitors, seeded.bids[BidState.DRAFT])) == []


@pytest.mark.parametrize(("state", "order"), WALKED)
def test_each_page_of_a_bid_answers_each_role_as_the_table_says(
    seeded: Acceptance, visitors: list[Visitor], state: BidState, order: slice
) -> None:
    assert list(walk(one_of_each(visitors)[order], seeded.bids[state])) == []


@pytest.mark.deep
@pytest.mark.parametrize(("state", "order"), EVERY_WALK)
def test_so_it_does_in_every_state_and_order(
    seeded: Acceptance, visitors: list[Visitor], state: BidState, order: slice
) -> None:
    assert list(walk(visitors[order], seeded.bids[state])) == []


def test_no_page_of_a_foreign_bid_is_there_for_the_consortium(seeded: Acceptance, visitors: list[Visitor]) -> None:
    consortium = [one for one in visitors if one.name in CONSORTIUM]
    assert list(walk(consortium, seeded.foreign)) == []


def test_each_page_beside_the_bids_answers_everybody_as_it_declares(visitors: list[Visitor]) -> None:
    found = [fault for to in map(address, elsewhere()) for visitor in visitors for fault in visit(visitor, to, None)]
    assert found == []


@pytest.mark.parametrize("state", [BidState.DRAFT, BidState.IN_REVIEW])
def test_nothing_posted_by_who_may_not_changes_anything(
    seeded: Acceptance, visitors: list[Visitor], state: BidState
) -> None:
    assert list(knock(one_of_each(visitors), seeded.bids[state])) == []


def test_an_empty_form_breaks_no_page(seeded: Acceptance, visitors: list[Visitor]) -> None:
    """Whoever may post gets an answer to a form in which nothing is filled in; afterwards it is undone."""
    bid = seeded.bids[BidState.DRAFT]
    coordinator = next(one for one in visitors if one.name == "coordinator")
    assert [fault for to in addresses(bid) for fault in post_nothing(coordinator, to)] == []


def walk(visitors: Iterable[Visitor], bid: Bid) -> Iterator[str]:
    """Everybody visits every page of a bid; what was not as it should be."""
    for to in addresses(bid):
        for visitor in visitors:
            yield from visit(visitor, to, bid)


def visit(visitor: Visitor, to: Address, bid: Bid | None) -> Iterator[str]:
    """GET a page, and look at its status, its headers, what it wrote and how often it asked."""
    right = expected(visitor, to, bid)
    with watched() as seen:
        answer = visitor.client.get(to.url)
    if answer.status_code not in right:
        yield f"{visitor.name}: GET {to} → {answer.status_code}, not {sorted(right.statuses)}"
    if right.to_log_in and answer.status_code == 302 and not is_to_log_in(answer.headers["Location"]):
        yield f"{visitor.name}: GET {to} leads to {answer.headers['Location']}"
    if seen.tables - (TRAIL if answer.status_code == 403 else set()):
        yield f"{visitor.name}: GET {to} wrote to {sorted(seen.tables)}"
    if bid is not None and seen.questions > MOST_QUESTIONS:
        yield f"{visitor.name}: GET {to} asked the database {seen.questions} times"
    yield from (f"{visitor.name}: GET {to} → {answer.status_code} without {lack}" for lack in missing_headers(answer))


def knock(visitors: Iterable[Visitor], bid: Bid) -> Iterator[str]:
    """Everybody who may not posts to every page of a bid."""
    for to in addresses(bid):
        for visitor in (one for one in visitors if may_not(one, to, bid)):
            with watched() as seen:
                answer = visitor.client.post(to.url, {"version": 1})
            if answer.status_code not in (302, 403, 404, 405):
                yield f"{visitor.name}: POST {to} → {answer.status_code}"
            if answer.status_code == 302 and not is_to_log_in(answer.headers["Location"]):
                yield f"{visitor.name}: POST {to} leads to {answer.headers['Location']}"
            if seen.tables - TRAIL:
                yield f"{visitor.name}: POST {to} wrote to {sorted(seen.tables)}"


def post_nothing(visitor: Visitor, to: Address) -> Iterator[str]:
    with transaction.atomic():
        answer = visitor.client.post(to.url)
        transaction.set_rollback(True)
    if answer.status_code >= 500:
        yield f"POST {to} → {answer.status_code}"


def is_to_log_in(location: str) -> bool:
    return location.partition("?")[0] == resolve_url(settings.LOGIN_URL)

"""Going to an address, and what was not there as it should be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import transaction
from django.shortcuts import resolve_url

from bids.models import Bid
from tests.headers import missing_headers
from tests.walk.addresses import Address
from tests.walk.expected import PUBLIC, expected, may_not
from tests.walk.people import Visitor
from tests.walk.writes import TRAIL, watched

MOST_QUESTIONS = 25  # of a page of a bid
SENT = {"version": 1, "post": "yes"}  # what a form of ours and Django's question before it removes something send


def walk(visitors: Iterable[Visitor], places: Iterable[Address], bid: Bid | None) -> Iterator[str]:
    """Everybody visits every page; what was not as it should be."""
    people = list(visitors)
    for to in places:
        for visitor in people:
            yield from visit(visitor, to, bid)


def visit(visitor: Visitor, to: Address, bid: Bid | None) -> Iterator[str]:
    """GET a page, and look at its status, its headers, what it wrote and how often it asked."""
    right = expected(visitor, to, bid)
    with watched() as seen:
        answer = visitor.client.get(to.url)
    if answer.status_code not in right:
        yield f"{visitor.name}: GET {to} → {answer.status_code}, not {sorted(right.statuses)}"
    if answer.status_code == 302 and to.route.act != PUBLIC and is_to_log_in(answer) == visitor.is_signed_in:
        yield f"{visitor.name}: GET {to} leads to {answer.headers['Location']}"
    if seen.tables - (TRAIL if answer.status_code == 403 else set()):
        yield f"{visitor.name}: GET {to} wrote to {sorted(seen.tables)}"
    if bid is not None and seen.questions > MOST_QUESTIONS:
        yield f"{visitor.name}: GET {to} asked the database {seen.questions} times"
    yield from (f"{visitor.name}: GET {to} → {answer.status_code} without {lack}" for lack in missing_headers(answer))


def knock(visitors: Iterable[Visitor], places: Iterable[Address], bid: Bid | None) -> Iterator[str]:
    """Everybody who may not posts to every page."""
    people = list(visitors)
    for to in places:
        for visitor in (one for one in people if may_not(one, to, bid)):
            with watched() as seen:
                answer = visitor.client.post(to.url, SENT)
            if answer.status_code not in (302, 403, 404, 405):
                yield f"{visitor.name}: POST {to} → {answer.status_code}"
            if answer.status_code == 302 and not is_to_log_in(answer):
                yield f"{visitor.name}: POST {to} leads to {answer.headers['Location']}"
            if seen.tables - TRAIL:
                yield f"{visitor.name}: POST {to} wrote to {sorted(seen.tables)}"


def send_nothing(visitors: Iterable[Visitor], places: Iterable[Address], bid: Bid | None) -> Iterator[str]:
    """Everybody who may sends every form without having filled in anything; afterwards it is undone."""
    people = list(visitors)
    for to in places:
        for visitor in (one for one in people if not may_not(one, to, bid)):
            with transaction.atomic():
                answer = visitor.client.post(to.url, {"csrfmiddlewaretoken": "as sent by the page"})
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                yield f"{visitor.name}: POST {to} → {answer.status_code}"


def is_to_log_in(answer: Any) -> bool:
    """Whether the answer leads to the page on which people sign in."""
    location: str = answer.headers["Location"]
    return location.partition("?")[0] == resolve_url(settings.LOGIN_URL)

"""Every page that people look at, with somebody who may: `python -m tests.walk.listing`.

Runs inside a house that tests have opened, and prints JSON: pattern → address and log-in.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from accounts.models import User
from bids.actions import acceptance, demo_people
from bids.management.commands.routes import Route
from bids.models import Bid
from tests.walk.addresses import Address, address, elsewhere, of_a_bid
from tests.walk.expected import PUBLIC, expected
from tests.walk.people import Visitor

FIRST = "BE-AIF-2025"  # shown wherever it can be


def main() -> None:
    sys.stdout.write(json.dumps(dict(pages()), indent=1))


def is_looked_at(route: Route) -> bool:
    """Whether the address answers GET at all."""
    return route.methods is None or "GET" in route.methods


def pages() -> Iterator[tuple[str, dict[str, Any]]]:
    cast = (*demo_people.cast(), *demo_people.cast(acceptance.CAST))
    visitors = [Visitor(person.email, _user(person.email)) for person in cast]
    bids = sorted(Bid.objects.with_call(), key=lambda bid: bid.reference != FIRST)
    for route in filter(is_looked_at, elsewhere()):
        to = address(route)
        yield route.pattern, {"url": to.url, "login": _anybody(to, visitors)}
    for route in filter(is_looked_at, of_a_bid()):
        yield route.pattern, _shown(route, bids, visitors)


def _user(email: str) -> User:
    return User.objects.get(email=email)


def _anybody(to: Address, visitors: list[Visitor]) -> str:
    """Nobody for a public page; else the first who may."""
    if to.route.act == PUBLIC:
        return ""
    return next((one.name for one in visitors if 403 not in expected(one, to, None).statuses), "")


def _shown(route: Route, bids: list[Bid], visitors: list[Visitor]) -> dict[str, Any]:
    """The first bid that has what the page shows, and the first person who may see it; for sure, if there is one."""
    perhaps = {"url": "", "login": ""}
    for bid in bids:
        to = address(route, bid)
        for one in visitors:
            right = expected(one, to, bid).statuses
            found = {"url": to.url, "login": one.name}
            if 200 in right and not right & {403, 404}:
                return found
            if 200 in right and not perhaps["url"]:
                perhaps = found
    return perhaps


if __name__ == "__main__":
    main()

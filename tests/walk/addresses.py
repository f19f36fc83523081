"""Every route of the house as an address that can be visited, for a given bid.

What stands for the `<key>` of a route is said here once per subject. A new page whose address can't be
filled in fails the walk with a sentence that leads to this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote

from bids.management.commands.routes import Route, routes
from bids.models import Bid
from tests.walk import desk
from tests.walk.meant import Find, Meant, change, chapter, dossier, figure, keyed, numbered, partner, workbook

NOWHERE = "999999"  # a key, a number and a name of nothing
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """Where to go, and what the permit table has to know about the thing that is met there."""

    route: Route
    url: str
    about: dict[str, Any] = field(default_factory=dict)
    exists: bool = True  # whether the thing the address names is there

    @property
    def is_at_the_desk(self) -> bool:
        return self.route.pattern.startswith(desk.PREFIX)

    def __str__(self) -> str:
        return f"{self.url} ({self.route.name}: {self.route.act})"


# By the first words of a route's name: the thing it is about. The longest match counts.
OF_A_BID: dict[str, tuple[Find, ...]] = {
    "site": (keyed("sites"),),
    "link": (keyed("links"),),
    "work-package": (keyed("work_packages"),),
    "risk": (keyed("risks"),),
    "indicator": (keyed("indicators"),),
    "partner": (partner,),
    "chapter": (chapter,),
    "line": (keyed("budget_lines", "budget"),),
    "why": (figure,),
    "commitment": (keyed("commitments"),),
    "document": (keyed("documents"),),
    "document-restore": (numbered("documents", "number", removed_at__isnull=False),),
    "dossier": (dossier,),
    "draft": (dossier,),
    "part-b": (lambda bid: Meant({"language": "fr"}),),
    "scenario": (keyed("scenarios"),),
    "scenario-change": (change,),
    "person": (numbered("people", role="viewer"),),
    "budget-review": (workbook,),
    **desk.IN_A_FILE,
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "language": {"code": "fr"},
    "accounts:password-new": {"uid": "MQ", "token": "set-password"},
    "accounts:accept": {"token": "unknown"},
    "verify": {"sha256": "0" * 64},
}


@cache
def every_route() -> tuple[Route, ...]:
    return tuple(routes())


def of_the_workspace() -> list[Route]:
    """The pages of a bid for its consortium."""
    return [route for route in every_route() if route.pattern.startswith("bids/<reference>/")]


def of_the_desk() -> list[Route]:
    """The pages of a bid's file for the ministry."""
    return [route for route in every_route() if route.pattern.startswith(desk.FILE)]


def of_a_bid() -> list[Route]:
    return [*of_the_workspace(), *of_the_desk()]


def elsewhere() -> list[Route]:
    """The pages that are about no bid, or about all."""
    return [route for route in every_route() if route not in of_a_bid()]


def parameters(route: Route) -> set[str]:
    return set(PARAMETER.findall(route.pattern))


def address(route: Route, bid: Bid | None = None) -> Address:
    """The route as an address, the first of several."""
    return next(addresses_of(route, bid))


def addresses_of(route: Route, bid: Bid | None = None) -> Iterator[Address]:
    """The route as one address, or as one for each kind of thing; what isn't there is named all the same."""
    wanted = parameters(route) - ({"reference"} if bid else set())
    for meant in _of_the_bid(route, bid) if bid else _beside_the_bids(route):
        exists = meant is not None
        found = meant or Meant(dict.fromkeys(wanted, NOWHERE))
        missing = wanted - set(found.kwargs)
        assert not missing, f"Say in tests/walk/addresses.py what stands for {missing} in {route.pattern}"
        kwargs = ({"reference": bid.reference} if bid else {}) | found.kwargs
        about = desk.of_the_page(route.name) | found.about
        yield Address(route, filled(route, kwargs), about, exists and found.exists)


def filled(route: Route, kwargs: Mapping[str, Any]) -> str:
    return "/" + PARAMETER.sub(lambda found: quote(str(kwargs[found[1]])), route.pattern)


def addresses(bid: Bid | None, routes: list[Route] | None = None) -> Iterator[Address]:
    """Every page of this bid, or those of some routes."""
    for route in routes or of_a_bid():
        yield from addresses_of(route, bid)


def _of_the_bid(route: Route, bid: Bid) -> Iterable[Meant | None]:
    name = route.name.rpartition(":")[2]
    if parameters(route) == {"reference"} and name not in OF_A_BID:
        return [Meant({})]
    subject = max((key for key in OF_A_BID if name.startswith(key)), key=len, default=None)
    assert subject, f"Say in tests/walk/addresses.py what {route.name} ({route.pattern}) is about"
    return [find(bid) for find in OF_A_BID[subject]]


def _beside_the_bids(route: Route) -> Iterator[Meant]:
    if not parameters(route):
        yield Meant({})
    elif route.pattern.startswith(desk.PREFIX):
        yield desk.beside_the_bids(route.name)
    else:
        known = ELSEWHERE.get(route.name)
        assert known, f"Say in tests/walk/addresses.py what stands in {route.pattern}"
        yield Meant(known, exists=False)

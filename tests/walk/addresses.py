"""Every route of the house as an address that can be visited, for a given bid.

What stands for the `<key>` of a route is said here once per subject. A new page whose address can't be
filled in fails the walk with a sentence that leads to this file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from bids.management.commands.routes import Route, routes
from bids.models import Bid

UNKNOWN = "0" * 64
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>")


@dataclass(frozen=True)
class Address:
    """Where to go, and what the permit table has to know about the thing that is met there."""

    route: Route
    url: str
    about: dict[str, Any] = field(default_factory=dict)
    exists: bool = True  # whether the thing the address names is there

    def __str__(self) -> str:
        return f"{self.route.name or self.route.pattern} {self.url}"


@dataclass(frozen=True)
class Meant:
    """What an address is filled with, and what it is about."""

    kwargs: dict[str, Any]
    about: dict[str, Any] = field(default_factory=dict)
    exists: bool = True


def _keyed(relation: str, section: str = "") -> Callable[[Bid], Meant | None]:
    """The first row of a list of the bid, by its key."""

    def find(bid: Bid) -> Meant | None:
        row = getattr(bid, relation).order_by("pk").first()
        if row is None:
            return None
        about = {"section": f"{section or relation}/{row.key}"}
        if partner := getattr(row, "partner", None):
            about["partner"] = partner.key
        return Meant({"key": row.key}, about)

    return find


def _partner(bid: Bid) -> Meant | None:
    partner = bid.partners.order_by("pk").first()
    return partner and Meant({"key": partner.key}, {"partner": partner.key, "section": f"partners/{partner.key}"})


def _chapter(bid: Bid) -> Meant | None:
    chapter = bid.chapters.order_by("pk").first()
    return chapter and Meant({"key": chapter.key, "language": chapter.language}, {"section": f"chapters/{chapter.key}"})


def _unnumbered(bid: Bid) -> Meant:
    """A number that nothing has."""
    return Meant({"number": 0}, exists=False)


def _person(bid: Bid) -> Meant | None:
    given = bid.people.order_by("pk").last()
    return given and Meant({"pk": given.pk})


def _figure(bid: Bid) -> Meant:
    return Meant({"figure": "total"})


# By the first words of a route's name: the thing it is about. The longest match counts.
OF_A_BID: dict[str, Callable[[Bid], Meant | None]] = {
    "site": _keyed("sites"),
    "link": _keyed("links"),
    "work-package": _keyed("work_packages"),
    "risk": _keyed("risks"),
    "indicator": _keyed("indicators"),
    "partner": _partner,
    "chapter": _chapter,
    "line": _keyed("budget_lines", "budget"),
    "why": _figure,
    "commitment": _keyed("commitments"),
    "document": _keyed("documents"),
    "document-restore": _unnumbered,
    "dossier": _unnumbered,
    "draft": _unnumbered,
    "person-remove": _person,
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "language": {"code": "fr"},
    "accounts:password-new": {"uid": "MQ", "token": "set-password"},
    "accounts:accept": {"token": "unknown"},
}


@cache
def every_route() -> tuple[Route, ...]:
    return tuple(routes())


def of_a_bid() -> list[Route]:
    return [route for route in every_route() if "reference" in parameters(route)]


def elsewhere() -> list[Route]:
    return [route for route in every_route() if "reference" not in parameters(route)]


def parameters(route: Route) -> set[str]:
    return {first or second for first, second in PARAMETER.findall(route.pattern)}


def address(route: Route, bid: Bid | None = None) -> Address:
    """The route as an address; a thing that isn't there is named all the same."""
    wanted = parameters(route) - {"reference"}
    known = {"reference": bid.reference} if bid and "reference" in parameters(route) else {}
    known |= named_alike().get(route.pattern, {})
    if not wanted:
        return Address(route, reverse(route.name, kwargs=known))
    meant = _elsewhere(route) if bid is None else _meant(route, bid)
    exists = meant is not None and bid is not None and meant.exists
    meant = meant or Meant(dict.fromkeys(wanted, "nothing"))
    missing = wanted - set(meant.kwargs)
    assert not missing, f"Say in tests/walk/addresses.py what stands for {missing} in {route.pattern}"
    return Address(route, reverse(route.name, kwargs=known | meant.kwargs), meant.about, exists)


@cache
def named_alike() -> dict[str, dict[str, Any]]:
    """What tells routes of one name apart, by pattern: the words that stand in the address itself."""

    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for entry in resolver.url_patterns:
            pattern = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, pattern)
            else:
                yield pattern, dict(entry.default_args)

    return dict(walk(get_resolver(), ""))


def addresses(bid: Bid) -> Iterator[Address]:
    """Every page of this bid."""
    for route in of_a_bid():
        yield address(route, bid)


def _meant(route: Route, bid: Bid) -> Meant | None:
    name = route.name.rpartition(":")[2]
    subject = max((key for key in OF_A_BID if name.startswith(key)), key=len, default=None)
    assert subject, f"Say in tests/walk/addresses.py what {route.name} ({route.pattern}) is about"
    return OF_A_BID[subject](bid)


def _elsewhere(route: Route) -> Meant | None:
    known = ELSEWHERE.get(route.name)
    assert known, f"Say in tests/walk/addresses.py what stands in {route.pattern}"
    return Meant(known)

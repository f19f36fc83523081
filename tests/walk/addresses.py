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
from urllib.parse import quote

from bids.management.commands.routes import Route, routes
from bids.models import Bid

NOWHERE = "999999"  # a key, a number and a name of nothing
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """Where to go, and what the permit table has to know about the thing that is met there."""

    route: Route
    url: str
    about: dict[str, Any] = field(default_factory=dict)
    exists: bool = True  # whether the thing the address names is there

    def __str__(self) -> str:
        return f"{self.url} ({self.route.name}: {self.route.act})"


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


def _figure(bid: Bid) -> Meant:
    return Meant({"figure": "total"})


def _numbered(relation: str, name: str = "pk", **chosen: Any) -> Callable[[Bid], Meant | None]:
    """The last row of a list of the bid, by its number."""

    def find(bid: Bid) -> Meant | None:
        row = getattr(bid, relation).filter(**chosen).order_by("pk").last()
        return row and Meant({name: row.pk})

    return find


def _dossier(bid: Bid) -> Meant | None:
    """The number of a dossier; whether its file is there to be fetched depends on the worker."""
    dossier = bid.dossiers.order_by("pk").last()
    return dossier and Meant({"number": dossier.pk}, exists=False)


def _brought(bid: Bid) -> Meant | None:
    """A workbook that waits to be taken over: nobody but whoever brought it finds it there."""
    kept = bid.budget_imports.order_by("pk").last()
    return kept and Meant({"number": kept.pk}, exists=False)


def _change(bid: Bid) -> Meant | None:
    """The first change of the first scenario that has one."""
    scenario = bid.scenarios.exclude(changes=[]).order_by("pk").first()
    return scenario and Meant({"key": scenario.key, "number": 1})


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
    "document-restore": _numbered("documents", "number", removed_at__isnull=False),
    "dossier": _dossier,
    "draft": _dossier,
    "scenario": _keyed("scenarios"),
    "scenario-change": _change,
    "person": _numbered("people", role="viewer"),
    "budget-review": _brought,
}
ELSEWHERE: dict[str, dict[str, Any]] = {
    "language": {"code": "fr"},
    "accounts:password-new": {"uid": "MQ", "token": "set-password"},
    "accounts:accept": {"token": "unknown"},
    "verify": {"sha256": "0" * 64},
}


@cache
def every_route() -> tuple[Route, ...]:
    """Every address but the desk's, which are not walked yet: what stands in them has to be said first."""
    return tuple(route for route in routes() if not route.pattern.startswith("desk/"))


def of_a_bid() -> list[Route]:
    return [route for route in every_route() if "reference" in parameters(route)]


def elsewhere() -> list[Route]:
    return [route for route in every_route() if "reference" not in parameters(route)]


def parameters(route: Route) -> set[str]:
    return set(PARAMETER.findall(route.pattern))


def address(route: Route, bid: Bid | None = None) -> Address:
    """The route as an address; a thing that isn't there is named all the same."""
    wanted = parameters(route) - {"reference"}
    if not wanted:
        return Address(route, filled(route, bid, {}))
    meant = _elsewhere(route) if bid is None else _meant(route, bid)
    exists = meant is not None and bid is not None and meant.exists
    meant = meant or Meant(dict.fromkeys(wanted, NOWHERE))
    missing = wanted - set(meant.kwargs)
    assert not missing, f"Say in tests/walk/addresses.py what stands for {missing} in {route.pattern}"
    return Address(route, filled(route, bid, meant.kwargs), meant.about, exists)


def filled(route: Route, bid: Bid | None, kwargs: dict[str, Any]) -> str:
    values = {"reference": bid.reference if bid else NOWHERE} | kwargs
    return "/" + PARAMETER.sub(lambda found: quote(str(values[found[1]])), route.pattern)


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

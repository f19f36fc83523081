"""What an address is filled with: the rows of a bid, found by what a page is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bids.models import Bid


@dataclass(frozen=True)
class Meant:
    """What an address is filled with, what the permit table has to know of it, and whether it is there."""

    kwargs: dict[str, Any]
    about: dict[str, Any] = field(default_factory=dict)
    exists: bool = True


Find = Callable[[Bid], Meant | None]


def keyed(relation: str, section: str = "") -> Find:
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


def numbered(relation: str, name: str = "pk", **chosen: Any) -> Find:
    """The last row of a list of the bid, by its number."""

    def find(bid: Bid) -> Meant | None:
        row = getattr(bid, relation).filter(**chosen).order_by("pk").last()
        return row and Meant({name: row.pk})

    return find


def partner(bid: Bid) -> Meant | None:
    found = bid.partners.order_by("pk").first()
    return found and Meant({"key": found.key}, {"partner": found.key, "section": f"partners/{found.key}"})


def chapter(bid: Bid) -> Meant | None:
    found = bid.chapters.order_by("pk").first()
    return found and Meant({"key": found.key, "language": found.language}, {"section": f"chapters/{found.key}"})


def figure(bid: Bid) -> Meant:
    return Meant({"figure": "total"})


def workbook(bid: Bid) -> Meant | None:
    """A workbook that waits to be taken over: nobody but whoever brought it finds it there."""
    found = bid.budget_imports.order_by("pk").last()
    return found and Meant({"number": found.pk}, exists=False)


def change(bid: Bid) -> Meant | None:
    """The first change of the first scenario that has one."""
    found = bid.scenarios.exclude(changes=[]).order_by("pk").first()
    return found and Meant({"key": found.key, "number": 1})


def dossier(bid: Bid) -> Meant | None:
    """The number of a dossier; whether its file is there to be fetched depends on the worker."""
    found = bid.dossiers.order_by("pk").last()
    return found and Meant({"number": found.pk}, exists=False)

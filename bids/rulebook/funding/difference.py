"""Every figure of an assessment by its name, and those that differ between two of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bids.rulebook.funding.assessment import Assessment
from bids.rulebook.money import Euro

OF_THE_BID = (
    "total", "eligible", "eu", "national", "other", "elsewhere", "eu_share", "committed", "signed", "uncovered",
    "union_access_share",
)  # fmt: skip
ONLY_STATED = ("in_kind", "revenues", "surplus")  # figures of the bid or of a partner, where partners state any
PARTS = ("streams", "partners", "sites", "categories", "years", "work_packages", "lines")

_IN_WORDS = {"key", "stream", "reason", "problem"}  # what tells of a line, not how much

Value = Euro | Decimal | Fraction | bool | None


@dataclass(frozen=True, slots=True)
class Moved:
    """One figure, by the name under which `why` explains it: `eu`, `partners/imec/eu`, `lines/L001/total`."""

    figure: str
    before: Value
    after: Value


def is_stated(thing: Any, name: str) -> bool:
    """A figure that is only told where somebody states what it is made of has a value here; every other is told."""
    return name not in ONLY_STATED or getattr(thing, name) is not None


def figures(assessment: Assessment) -> dict[str, Value]:
    """Everything that has a name: the bid's own figures first, then part by part."""
    told = (name for name in (*OF_THE_BID, *ONLY_STATED) if is_stated(assessment, name))
    found: dict[str, Value] = {name: getattr(assessment, name) for name in told}
    for part in PARTS:
        found |= _of_a_part(part, getattr(assessment, part))
    return found


def moved(before: Assessment, after: Assessment) -> tuple[Moved, ...]:
    """The figures that are not the same in both, in the order of `figures`; None where one side has no such figure."""
    old, new = figures(before), figures(after)
    names = dict.fromkeys([*old, *new])
    return tuple(Moved(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name))


def _of_a_part(part: str, things: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    for key, thing in things.items():
        for field in fields(thing):
            if field.name not in _IN_WORDS and is_stated(thing, field.name):
                yield f"{part}/{key}/{field.name}", getattr(thing, field.name)

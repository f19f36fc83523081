"""Where shared partners, sites and lines differ, field by field, and what can be copied from one bid to the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts, SiteFacts
from bids.rulebook.linked.base import SharedBase

COST = "cost"  # a price in all its parts: they only make sense together
PARTS_OF_COST = ("amount", "quantity", "unit", "unit_cost", "pricing")

OF_PARTNER = ("name", "short_name", "country", "region", "kind", "pic", "enterprise_number")
OF_SITE = tuple(each.name for each in fields(SiteFacts) if each.name not in ("key", "host", "phases", "machines"))
OF_LINE = ("category", "year", "description", COST, "funded_elsewhere")

Shared = PartnerFacts | SiteFacts | CostFact


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with two values. What can't stand in the other bid is told, but not copied."""

    field: str
    mine: Any
    theirs: Any
    can_be_copied: bool = True


@dataclass(frozen=True, slots=True)
class Differing:
    """Something shared that differs; `place` says where it stands in my bid (`budget/L001`), `theirs` its key there."""

    place: str
    theirs: str
    mine_row: Shared
    differences: tuple[Difference, ...]

    @property
    def section(self) -> str:
        return self.place.partition("/")[0]

    @property
    def key(self) -> str:
        return self.place.partition("/")[2]


def differences(base: SharedBase) -> tuple[Differing, ...]:
    """Every shared partner, site and line that isn't the same in both bids."""
    return tuple(found for found in _differing(base) if found.differences)


def value_of(row: Shared, field: str) -> Any:
    """A field as it is compared; the cost of a line is all its parts."""
    if field == COST:
        return tuple(getattr(row, part) for part in PARTS_OF_COST)
    return getattr(row, field)


def fits(field: str, value: Any, line: CostFact, call: CallFacts) -> bool:
    """Whether a line of this stream may hold the value: a category is one of its cost model."""
    scheme = call.scheme(line.stream)
    return field != "category" or (scheme is not None and value in scheme.cost_model.categories)


def _differing(base: SharedBase) -> Iterator[Differing]:
    for mine, theirs in base.partners:
        yield Differing(f"partners/{mine.key}", theirs.key, mine, tuple(_of(mine, theirs, OF_PARTNER)))
    for site, other in base.sites:
        yield Differing(f"sites/{site.key}", other.key, site, tuple(_of(site, other, OF_SITE)))
    for pair in base.pairs:
        found = tuple(
            Difference(each.field, each.mine, each.theirs, fits(each.field, each.theirs, pair.mine, base.mine.call))
            for each in _of(pair.mine, pair.theirs, OF_LINE)
        )
        yield Differing(f"budget/{pair.mine.key}", pair.theirs.key, pair.mine, found)


def _of(mine: Shared, theirs: Shared, names: tuple[str, ...]) -> Iterator[Difference]:
    for name in names:
        here, there = value_of(mine, name), value_of(theirs, name)
        if (here or None) != (there or None):
            yield Difference(name, here, there)


def known_fields(section: str) -> tuple[str, ...]:
    """The fields of a section that may be copied."""
    return {"partners": OF_PARTNER, "sites": OF_SITE, "budget": OF_LINE}.get(section, ())


def is_linked(mine: BidFacts, theirs: BidFacts) -> bool:
    """Both bids name each other."""
    return (mine.alternative_to, theirs.alternative_to) == (theirs.reference, mine.reference)

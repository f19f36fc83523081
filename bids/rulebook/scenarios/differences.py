"""What two pictures of a bid differ in, row by row: what adopting a scenario would write."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from bids.rulebook.facts import BidFacts, CostFact, SiteFacts

PRICE = ("amount", "quantity", "unit_cost", "pricing")  # one of them moved, all of them belong together
_OF_THE_BID = ("starts_on", "duration_months")
_RATES = ("acquisition", "operation")


@dataclass(frozen=True, slots=True)
class Difference:
    """One row: where it stands (`budget/L001`, `sites/zellik`, `bid`), and its columns before and after.

    A row that goes has no columns, and `is_gone`.
    """

    place: str
    name: str = ""
    columns: tuple[tuple[str, Any, Any], ...] = ()
    is_gone: bool = False

    @property
    def section(self) -> str:
        return self.place.partition("/")[0]

    @property
    def key(self) -> str:
        return self.place.partition("/")[2]


def differences(before: BidFacts, after: BidFacts) -> list[Difference]:
    """The bid's own row first, then sites, then lines: everything a scenario can move."""
    found = [*_of_the_bid(before, after), *_of_sites(before, after), *_of_lines(before, after)]
    return [each for each in found if each.columns or each.is_gone]


def _of_the_bid(before: BidFacts, after: BidFacts) -> Iterator[Difference]:
    columns = [(name, getattr(before, name), getattr(after, name)) for name in _OF_THE_BID]
    columns += [(f"rate_{rate}", getattr(before.rates, rate), getattr(after.rates, rate)) for rate in _RATES]
    yield Difference("bid", "", _moved(columns))


def _of_sites(before: BidFacts, after: BidFacts) -> Iterator[Difference]:
    """A site keeps its card, whatever is taken out of it."""
    now = {site.key: site for site in after.sites}
    for site in before.sites:
        yield Difference(f"sites/{site.key}", site.name, _moved(_columns(site, now[site.key])))


def _of_lines(before: BidFacts, after: BidFacts) -> Iterator[Difference]:
    now = {line.key: line for line in after.budget}
    for line in before.budget:
        kept = now.get(line.key)
        if kept is None:
            yield Difference(f"budget/{line.key}", line.description, is_gone=True)
        elif kept != line:
            yield Difference(f"budget/{line.key}", line.description, _of_a_line(line, kept))


def _of_a_line(before: CostFact, after: CostFact) -> tuple[tuple[str, Any, Any], ...]:
    """What moved; where a part of its price did, the whole price, so that it is taken back as a whole."""
    columns = _columns(before, after)
    is_priced = any(name in PRICE for name, old, new in columns if old != new)
    return tuple(each for each in columns if each[1] != each[2] or (is_priced and each[0] in PRICE))


def _columns(before: SiteFacts | CostFact, after: SiteFacts | CostFact) -> list[tuple[str, Any, Any]]:
    return [(part.name, getattr(before, part.name), getattr(after, part.name)) for part in fields(before)]


def _moved(columns: Iterable[tuple[str, Any, Any]]) -> tuple[tuple[str, Any, Any], ...]:
    return tuple(each for each in columns if each[1] != each[2])

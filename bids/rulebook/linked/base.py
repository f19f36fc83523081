"""What two linked bids share, what would be funded twice if both won, and what remains of each if one does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from bids.rulebook.facts import CostFact, PartnerFacts, SiteFacts
from bids.rulebook.funding import View, assess
from bids.rulebook.linked.pairs import LinePair, Side, alike_lines, astray, marked_lines, same_partners, same_sites
from bids.rulebook.money import Euro


@dataclass(frozen=True, slots=True)
class SharedBase:
    """Two bids side by side.

    `twice` is what both would be paid for: of each group of shared lines, the smaller side.
    `unguarded` is the part of it that nobody marked, so that no approval would refuse it.
    `left_of_mine` is my bid without its shared lines, assessed anew: what remains if theirs wins.
    """

    mine: Side
    theirs: Side
    partners: tuple[tuple[PartnerFacts, PartnerFacts], ...]
    sites: tuple[tuple[SiteFacts, SiteFacts], ...]
    marked: tuple[LinePair, ...]
    alike: tuple[LinePair, ...]
    astray: tuple[CostFact, ...]
    twice: View
    unguarded: View
    left_of_mine: View
    left_of_theirs: View

    @property
    def pairs(self) -> tuple[LinePair, ...]:
        """Every shared line, those that are marked first."""
        return self.marked + self.alike


def shared_base(mine: Side, theirs: Side, *, on: date | None = None) -> SharedBase:
    """Put two bids side by side; `on` is the day on which commitments must still be valid."""
    marked = marked_lines(mine.facts, theirs.facts)
    alike = alike_lines(mine, theirs, marked)
    pairs = marked + alike
    return SharedBase(
        mine,
        theirs,
        same_partners(mine.facts, theirs.facts),
        same_sites(mine.facts, theirs.facts),
        marked,
        alike,
        astray(mine.facts, theirs.facts),
        _paid_twice(mine, theirs, pairs),
        _paid_twice(mine, theirs, alike),
        _without(mine, {pair.mine.key for pair in pairs}, on),
        _without(theirs, {pair.theirs.key for pair in pairs}, on),
    )


def _paid_twice(mine: Side, theirs: Side, pairs: Iterable[LinePair]) -> View:
    """A line may be the alternative of several: each group counts once, by its smaller side."""
    total, eu = Euro(), Euro()
    for own, other in _groups(pairs):
        here, there = _sum(mine, own), _sum(theirs, other)
        total += min(here.total, there.total)
        eu += min(here.eu, there.eu)
    return View(total, eu)


def _groups(pairs: Iterable[LinePair]) -> list[tuple[set[str], set[str]]]:
    """Lines of both bids that hang together."""
    groups: list[tuple[set[str], set[str]]] = []
    for pair in pairs:
        own, other = {pair.mine.key}, {pair.theirs.key}
        apart = []
        for group in groups:
            if group[0] & own or group[1] & other:
                own, other = own | group[0], other | group[1]
            else:
                apart.append(group)
        groups = [*apart, (own, other)]
    return groups


def _sum(side: Side, keys: Iterable[str]) -> View:
    lines = [side.assessment.lines[key] for key in keys]
    return View(Euro.total(line.total for line in lines), Euro.total(line.eu for line in lines))


def _without(side: Side, keys: set[str], on: date | None) -> View:
    if not keys:
        return View(side.assessment.total, side.assessment.eu)
    rest = replace(side.facts, budget=tuple(line for line in side.facts.budget if line.key not in keys))
    left = assess(rest, side.call, on=on)
    return View(left.total, left.eu)

"""What stands in both of two bids: the same partners, the same sites, and lines that pay for the same thing.

A partner or site is the same where a number, a name or a chosen key agrees; keys that were only
counted up (`P001`) say nothing. Lines are the same where one is marked as the alternative of the
other; unmarked ones are alike where partner, category, year and words agree, and either the
amount does too or it is people or equipment that is paid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts, SiteFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.vocabulary import PERSONNEL, Category

COUNTED_UP = re.compile(r"[A-Za-z]{1,2}\d{3,}")
SHARED_WHATEVER_IT_COSTS = (*PERSONNEL, Category.C2)  # people and equipment

Row = TypeVar("Row", PartnerFacts, SiteFacts)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two bids, with its call and its money."""

    facts: BidFacts
    call: CallFacts
    assessment: Assessment

    @property
    def lines(self) -> dict[str, CostFact]:
        return {line.key: line for line in self.facts.budget}


@dataclass(frozen=True, slots=True)
class LinePair:
    """Two lines that pay for the same thing; who marked one as the alternative of the other, if anybody did."""

    mine: CostFact
    theirs: CostFact
    marked_here: bool = False
    marked_there: bool = False

    @property
    def is_marked(self) -> bool:
        return self.marked_here or self.marked_there


def same_partners(mine: BidFacts, theirs: BidFacts) -> tuple[tuple[PartnerFacts, PartnerFacts], ...]:
    """Partners of both bids, in the order of the first."""
    return _paired(mine.partners, theirs.partners, _words_of_partner)


def same_sites(mine: BidFacts, theirs: BidFacts) -> tuple[tuple[SiteFacts, SiteFacts], ...]:
    """Sites of both bids, in the order of the first."""
    return _paired(mine.sites, theirs.sites, lambda site: {*_chosen(site.key), _plain(site.name)})


def marked_lines(mine: BidFacts, theirs: BidFacts) -> tuple[LinePair, ...]:
    """Lines of which one names the other as its alternative, whichever bid says so."""
    here = {(line.key, key) for line in mine.budget if (key := aim_in(line, theirs.reference))}
    there = {(key, line.key) for line in theirs.budget if (key := aim_in(line, mine.reference))}
    own, other = _by_key(mine), _by_key(theirs)
    order = {key: position for position, key in enumerate(own)}
    known = sorted(
        (pair for pair in here | there if pair[0] in own and pair[1] in other), key=lambda p: (order[p[0]], p[1])
    )
    return tuple(LinePair(own[a], other[b], (a, b) in here, (a, b) in there) for a, b in known)


def astray(mine: BidFacts, theirs: BidFacts) -> tuple[CostFact, ...]:
    """Lines that name an alternative which isn't in the linked bid."""
    known = _by_key(theirs)
    return tuple(line for line in mine.budget if line.alternative_of and aim_in(line, theirs.reference) not in known)


def alike_lines(mine: Side, theirs: Side, marked: Iterable[LinePair]) -> tuple[LinePair, ...]:
    """Lines that nobody marked, but that look as if they paid for the same thing; each is named once."""
    taken = [(pair.mine.key, pair.theirs.key) for pair in marked]
    own_taken, other_taken = {a for a, _ in taken}, {b for _, b in taken}
    partners = {b.key: a.key for a, b in same_partners(mine.facts, theirs.facts)}
    waiting: dict[tuple[object, ...], list[CostFact]] = {}
    for line in theirs.facts.budget:
        partner = partners.get(line.partner) if line.partner else None
        if line.key not in other_taken and (partner or not line.partner):
            waiting.setdefault(_looks(line, partner), []).append(line)
    return tuple(
        LinePair(line, found)
        for line in mine.facts.budget
        if line.key not in own_taken and (found := _first_alike(line, waiting, mine, theirs))
    )


def aim_in(line: CostFact, reference: str) -> str:
    """The key of the line in that bid that a line is the alternative of, or nothing."""
    bid, _, key = (line.alternative_of or "").partition("#")
    return key if bid == reference else ""


def _first_alike(
    line: CostFact, waiting: Mapping[tuple[object, ...], list[CostFact]], mine: Side, theirs: Side
) -> CostFact | None:
    """The first line that looks like this one, taken out of those that wait."""
    if not _plain(line.description):
        return None
    amount = mine.assessment.lines[line.key].amount
    candidates = waiting.get(_looks(line, line.partner), [])
    for position, other in enumerate(candidates):
        if line.category in SHARED_WHATEVER_IT_COSTS or theirs.assessment.lines[other.key].amount == amount:
            return candidates.pop(position)
    return None


def _looks(line: CostFact, partner: str | None) -> tuple[object, ...]:
    return partner, line.category, line.year, _plain(line.description)


def _paired(
    mine: Sequence[Row], theirs: Sequence[Row], words: Callable[[Row], set[str]]
) -> tuple[tuple[Row, Row], ...]:
    """Each with the first of the other side that shares a word with it."""
    free = [(row, words(row) - {""}) for row in theirs]
    return tuple(_matches(mine, free, words))


def _matches(
    mine: Sequence[Row], free: list[tuple[Row, set[str]]], words: Callable[[Row], set[str]]
) -> Iterator[tuple[Row, Row]]:
    for row in mine:
        own = words(row)
        position = next((at for at, (_, theirs) in enumerate(free) if own & theirs), None)
        if position is not None:
            yield row, free.pop(position)[0]


def _words_of_partner(partner: PartnerFacts) -> set[str]:
    names = {_plain(partner.name), _plain(partner.short_name)}
    return {*_chosen(partner.key), *names, partner.pic or "", partner.enterprise_number or ""}


def _chosen(key: str) -> set[str]:
    """A key that somebody chose, as a word of its own."""
    return set() if COUNTED_UP.fullmatch(key) else {_plain(key)}


def _plain(words: str) -> str:
    """Words without regard to case and spaces."""
    return " ".join(words.casefold().split())


def _by_key(facts: BidFacts) -> dict[str, CostFact]:
    return {line.key: line for line in facts.budget}

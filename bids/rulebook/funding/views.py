"""The same money seen by site, category, year and work package; every view adds up to the same cent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from bids.rulebook.funding.assessment import View
from bids.rulebook.funding.eligibility import INDIRECT, Standing
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.trace import MISSING
from bids.rulebook.money import Euro, split_cents

_Sums = defaultdict[str, list[int]]


def by_site(entries: Iterable[Entry], known: Iterable[str]) -> dict[str, View]:
    """Indirect costs stand where their line stands."""
    return _by(entries, lambda entry: entry.line.site or MISSING, known)


def by_work_package(entries: Iterable[Entry], known: Iterable[str]) -> dict[str, View]:
    return _by(entries, lambda entry: entry.line.work_package or MISSING, known)


def by_year(entries: Iterable[Entry]) -> dict[str, View]:
    return _by(entries, lambda entry: str(entry.line.year or MISSING))


def by_category(entries: Iterable[Entry]) -> dict[str, View]:
    """Indirect costs have a category of their own, E, with their part of the line's Union money."""
    sums: _Sums = defaultdict(lambda: [0, 0])
    for entry in _added(entries):
        category = entry.line.category or MISSING
        direct, indirect = divided(entry.eu, entry.amount, entry.indirect, category)
        _add(sums, category, entry.amount, direct)
        if entry.indirect:
            _add(sums, INDIRECT, entry.indirect, indirect)
    return _views(sums)


def divided(eu: int, amount: int, indirect: int, category: str) -> tuple[int, int]:
    """A line's Union money: what falls on its amount, and what on its indirect costs (F14)."""
    if not indirect:
        return eu, 0
    on_amount, on_indirect = split_cents(eu, (amount, indirect), (category, INDIRECT))
    return on_amount, on_indirect


def _by(entries: Iterable[Entry], key: Callable[[Entry], str], known: Iterable[str] = ()) -> dict[str, View]:
    sums: _Sums = defaultdict(lambda: [0, 0], {each: [0, 0] for each in known})
    for entry in _added(entries):
        held = sums[key(entry)]
        held[0] += entry.total
        held[1] += entry.eu
    return _views(sums)


def _added(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Stated indirect costs are in no view."""
    return (entry for entry in entries if entry.standing is not Standing.COMPARED)


def _add(sums: _Sums, key: str, total: int, eu: int) -> None:
    held = sums[key]
    held[0] += total
    held[1] += eu


def _views(sums: _Sums) -> dict[str, View]:
    """In the order of the keys, what names none at the end."""
    keys = sorted(sums, key=lambda key: (key == MISSING, key))
    return {key: View(Euro(sums[key][0]), Euro(sums[key][1])) for key in keys}

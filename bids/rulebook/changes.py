"""What two pictures of a bid differ in: every entry that was added, removed or altered, field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from bids.rulebook.facts import BidFacts
from bids.rulebook.sections import LISTS, BidSection, by_identity

NOTHING: Any = None
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Altered:
    """One field before and after. Of a list inside an entry, `path` names the list, the entry and its field."""

    path: Path
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """One entry of a section: new (no `before`), gone (no `after`), or with the fields that differ.

    Of the basics, `before` and `after` are the whole bid.
    """

    section: BidSection
    key: str
    before: Any
    after: Any
    fields: tuple[Altered, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.before is None

    @property
    def is_gone(self) -> bool:
        return self.after is None

    @property
    def entry(self) -> Any:
        """As it is now, or as it was when it went."""
        return self.before if self.is_gone else self.after


def changes(before: BidFacts, after: BidFacts) -> tuple[Changed, ...]:
    """Every change, in the order of the sections and of the entries in them; those that went come last."""
    return tuple(_changes(before, after))


def _changes(before: BidFacts, after: BidFacts) -> Iterator[Changed]:
    basics = tuple(each for each in _altered(before, after) if each.path[0] not in LISTS)
    if basics:
        yield Changed(BidSection.BID, "", before, after, basics)
    for name in LISTS:
        section = BidSection(name)
        old, new = by_identity(getattr(before, name)), by_identity(getattr(after, name))
        for identity, entry in new.items():
            was = old.get(identity)
            if was is None:
                yield Changed(section, entry.key, NOTHING, entry)
            elif was != entry:
                yield Changed(section, entry.key, was, entry, tuple(_altered(was, entry)))
        for identity, entry in old.items():
            if identity not in new:
                yield Changed(section, entry.key, entry, NOTHING)


def _altered(before: Any, after: Any, path: Path = ()) -> Iterator[Altered]:
    for part in fields(after):
        old, new = getattr(before, part.name), getattr(after, part.name)
        if old != new and part.name not in (LISTS if not path and isinstance(after, BidFacts) else ()):
            yield from _differ(old, new, (*path, part.name))


def _differ(old: Any, new: Any, path: Path) -> Iterator[Altered]:
    """Down to the value that differs: into lists by key, into mappings by name, into parts of the same kind."""
    if _is_list_of_entries(old) and _is_list_of_entries(new) and (old or new):
        yield from _each({each.key: each for each in old}, {each.key: each for each in new}, path)
    elif isinstance(old, dict) and isinstance(new, dict):
        yield from _each(old, new, path)
    elif is_dataclass(old) and type(old) is type(new) and hasattr(old, "__slots__") and not hasattr(old, "cents"):
        yield from _altered(old, new, path)
    else:
        yield Altered(path, old, new)


def _each(old: dict[str, Any], new: dict[str, Any], path: Path) -> Iterator[Altered]:
    for key in dict.fromkeys([*new, *old]):
        if key not in old or key not in new:
            yield Altered((*path, key), old.get(key), new.get(key))
        elif old[key] != new[key]:
            yield from _differ(old[key], new[key], (*path, key))


def _is_list_of_entries(value: Any) -> bool:
    return isinstance(value, tuple) and all(hasattr(each, "key") for each in value)

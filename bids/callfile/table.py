"""Reading the tables of a call file, so that no key goes unread and no number goes unsourced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, TypeVar

from bids.callfile.values import Refused, flag, text
from bids.rulebook.call import Source
from bids.rulebook.text import Problem, Sentence, gettext_noop, nearest, quoted, sentence
from bids.rulebook.vocabulary import Language

T = TypeVar("T")
D = TypeVar("D")

_MARK = re.compile(r"SEEN2?|INFERRED|HOUSE|RECALLED 0\.[0-9]{1,2}")
_KEYS = re.compile(r"S[0-9]{1,3}(, S[0-9]{1,3})*")
_NOT_PRINTABLE = re.compile(r"\bS[0-9]+\b|CORDIS|compilation|database", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a number has its place: what holds it in the data under which name, its path, and how its value is read.

    A number that may share its source with others stands in the data by its value alone; `shared` is
    that source.
    """

    holder: Any
    name: str | int
    path: str
    read: Callable[[object], object]
    shared: Mapping[str, Any] | None = None


@dataclass
class Reading:
    """What comes to light while one file is read: its problems, and the source and the slot of each number."""

    problems: list[Problem] = field(default_factory=list)
    marks: dict[str, Source] = field(default_factory=dict)
    slots: dict[str, Slot] = field(default_factory=dict)

    def refuse(self, path: str, reason: Sentence) -> None:
        self.problems.append(Problem(path, reason))


class Table:
    """One table of the file. Leaving its `with` block reports the keys that nobody asked for.

    `path` is where it stands in the file, `place` the name under which its numbers are marked.
    """

    def __init__(self, entries: object, path: str, place: str, reading: Reading) -> None:
        if not isinstance(entries, Mapping):
            reading.refuse(path, sentence(gettext_noop("Write a table here.")))
            entries = {}
        self.entries: Mapping[str, Any] = entries
        self.path, self.place, self.reading = path, place, reading
        self._asked: set[str] = set()

    def __enter__(self) -> Table:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if error is not None:
            return
        for name in sorted(str(name) for name in self.entries if name not in self._asked):
            self._refuse_unknown(name)

    def refuse(self, name: str, reason: Sentence) -> None:
        """Say what is wrong with one key of this table."""
        self.reading.refuse(f"{self.path}.{name}", reason)

    def get(self, name: str, read: Callable[[object], T], default: D) -> T | D:
        """A plain value, or the default where the file says nothing."""
        self._asked.add(name)
        if self.entries.get(name) is None:
            return default
        try:
            return read(self.entries[name])
        except Refused as refused:
            self.refuse(name, refused.reason)
            return default

    def must(self, name: str, read: Callable[[object], T], default: D) -> T | D:
        """A value that may not be missing; the default only lets reading go on."""
        if self.entries.get(name) is None:
            self.refuse(name, sentence(gettext_noop("%(name)s is missing."), name=name))
        return self.get(name, read, default)

    def table(self, name: str) -> Table:
        """A table inside this one; empty where the file has none."""
        self._asked.add(name)
        return self._inner(self.entries.get(name, {}), name, name)

    def tables(self, name: str, by: str | None = None) -> Iterator[Table]:
        """The tables of a list, each named by its `by` key or else by its position."""
        self._asked.add(name)
        items = self.entries.get(name, [])
        if not isinstance(items, list):
            self.refuse(name, sentence(gettext_noop("Write a list of tables here.")))
            return
        for position, item in enumerate(items):
            label = str(item.get(by, position)) if by and isinstance(item, dict) else str(position)
            yield self._inner(item, f"{name}[{position}]", f"{name}/{label}")

    def repeats(self, name: str, by: str) -> bool:
        """Two tables of a list carry the same name."""
        items = self.entries.get(name)
        names = [item.get(by) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
        return any(names.count(each) > 1 for each in names)

    def sourced(self, name: str, read: Callable[[object], T], default: D) -> T | D:
        """A number with its mark and source: `{ value = …, mark = …, source = …, cite = … }`."""
        self._asked.add(name)
        self._slot(name, read)
        if self.entries.get(name) is None:
            return default
        with self._inner(self.entries[name], name, name) as number:
            value = number.must("value", read, default)
            self.reading.marks[number.place] = read_source(number)
        return value

    def shared(self, name: str, read: Callable[[object], T], default: D, source: Table, under: str) -> T | D:
        """A number that stands alone under the source of a table around it, or brings its own like any other."""
        if isinstance(self.entries.get(name), Mapping):
            return self.sourced(name, read, default)
        around = source.entries.get(under)
        self._slot(name, read, around if isinstance(around, Mapping) else {})
        return self.get(name, read, default)

    def sourced_list(self, name: str, read: Callable[[object], T], by: str | None = None) -> tuple[T, ...]:
        """A list of numbers, each with its own mark and source."""
        values: list[T] = []
        for position, number in enumerate(self.tables(name, by)):
            self.reading.slots[number.place] = Slot(self.entries[name], position, number.path, read)
            with number:
                value = number.must("value", read, None)
                self.reading.marks[number.place] = read_source(number)
            if value is not None:
                values.append(value)
        return tuple(values)

    def source(self, name: str = "source") -> Source:
        """The source of this whole table; it may not be missing."""
        if name not in self.entries:
            self.refuse(name, sentence(gettext_noop("Say where this comes from: mark, source and cite.")))
            return Source()
        with self.table(name) as entry:
            return read_source(entry)

    def source_of(self, name: str) -> Source:
        """The source under which a number of this table was marked."""
        return self.reading.marks.get(f"{self.place}/{name}".lstrip("/"), Source())

    def _slot(self, name: str, read: Callable[[object], object], shared: Mapping[str, Any] | None = None) -> None:
        place = f"{self.place}/{name}".lstrip("/")
        self.reading.slots[place] = Slot(self.entries, name, f"{self.path}.{name}", read, shared)

    def _inner(self, entries: object, name: str, label: str) -> Table:
        place = f"{self.place}/{label}".lstrip("/")
        return Table(entries, f"{self.path}.{name}", place, self.reading)

    def _refuse_unknown(self, name: str) -> None:
        meant = nearest(name, self._asked)
        if meant:
            reason = sentence(gettext_noop("This key is not known here. Did you mean %(meant)s?"), meant=meant)
        else:
            known = ", ".join(sorted(self._asked))
            reason = sentence(gettext_noop("This key is not known here. Known are: %(known)s."), known=known)
        self.refuse(name, reason)


def read_source(entry: Table) -> Source:
    """Mark, key, legal act and note of a number; a mark without its source is refused."""
    source = Source(
        mark=entry.must("mark", mark, ""),
        key=entry.get("source", keys, ""),
        cite=entry.must("cite", printable, ""),
        note=entry.get("note", text, ""),
        disputed=entry.get("disputed", flag, False),
    )
    if source.mark in ("SEEN", "SEEN2") and not entry.entries.get("source"):
        entry.refuse("source", sentence(gettext_noop("A number that was seen names the source it was seen in.")))
    return source


def mark(value: object) -> str:
    """How well a number is known."""
    if not _MARK.fullmatch(str(value)):
        template = gettext_noop("%(value)s is not a mark: write SEEN, SEEN2, RECALLED 0.8, INFERRED or HOUSE.")
        raise Refused(sentence(template, value=quoted(value)))
    return str(value)


def keys(value: object) -> str:
    """The keys of the sources a number was seen in."""
    if not _KEYS.fullmatch(str(value)):
        template = gettext_noop('%(value)s names no source: write keys such as "S5" or "S2, S4".')
        raise Refused(sentence(template, value=quoted(value)))
    return str(value)


def printable(value: object) -> str:
    """What pages and paper may name as the source."""
    if _NOT_PRINTABLE.search(text(value)):
        template = gettext_noop("%(value)s can't be printed: cite the legal act or the call, never a compilation.")
        raise Refused(sentence(template, value=quoted(value)))
    return str(value)


def titles(table: Table) -> dict[str, str]:
    """A title in other languages than the form's own: `title_fr`, `title_nl`, `title_de`."""
    found = {language.value: table.get(f"title_{language}", text, "") for language in Language}
    return {language: title for language, title in found.items() if title}

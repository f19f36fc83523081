"""Values made of values: what may be absent, lists, and maps from keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bids.bidfile.kinds.kind import Definitions, Json, Kind, Pointer
from bids.bidfile.problems import Problems, inside
from bids.rulebook.text import gettext_noop

LONGEST = 20_000  # entries of a list: no bid is that long, and reading stays quick


class Maybe(Kind):
    """A value, or null for "not given yet"."""

    def __init__(self, inner: Kind) -> None:
        self.inner = inner
        self.points = inner.points

    def read(self, value: Json, path: str, problems: Problems) -> Any:
        return None if value is None else self.inner.read(value, path, problems)

    def write(self, fact: Any) -> Json:
        return None if fact is None else self.inner.write(fact)

    def describe(self, definitions: Definitions) -> Json:
        return {"anyOf": [self.inner.refer(definitions), {"type": "null"}]}

    def pointers(self, fact: Any, path: str) -> Iterator[Pointer]:
        return iter(()) if fact is None else self.inner.pointers(fact, path)


class Many(Kind):
    """A list."""

    blank: tuple[Any, ...] = ()

    def __init__(self, item: Kind) -> None:
        self.item = item
        self.points = item.points

    def read(self, value: Json, path: str, problems: Problems) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            problems.add(path, gettext_noop("Write a list here, in square brackets."))
            return ()
        if len(value) > LONGEST:
            template = gettext_noop("This list has %(count)s entries; at most %(most)s are read. Sum some of them up.")
            problems.add(path, template, count=len(value), most=LONGEST)
            return ()
        read = self.item.read
        return tuple(read(entry, f"{path}[{position}]", problems) for position, entry in enumerate(value))

    def write(self, fact: tuple[Any, ...]) -> Json:
        return [self.item.write(entry) for entry in fact]

    def describe(self, definitions: Definitions) -> Json:
        return {"type": "array", "items": self.item.refer(definitions), "maxItems": LONGEST}

    def pointers(self, fact: tuple[Any, ...], path: str) -> Iterator[Pointer]:
        for position, entry in enumerate(fact):
            yield from self.item.pointers(entry, f"{path}[{position}]")


class ByKey(Kind):
    """A map from keys to values."""

    points = True

    def __init__(self, key: Kind, item: Kind) -> None:
        self.key, self.item = key, item

    @property
    def blank(self) -> dict[str, Any]:
        return {}

    def read(self, value: Json, path: str, problems: Problems) -> dict[str, Any]:
        if not isinstance(value, dict):
            problems.add(path, gettext_noop("Write an object here, in curly brackets."))
            return {}
        found: dict[str, Any] = {}
        refuse_repeated(value, path, problems)
        for name, entry in value.items():
            place = inside(path, str(name))
            if self.key.read(name, place, problems):
                found[name] = self.item.read(entry, place, problems)
        return found

    def write(self, fact: dict[str, Any]) -> Json:
        return {key: self.item.write(entry) for key, entry in fact.items()}

    def describe(self, definitions: Definitions) -> Json:
        names, entries = self.key.refer(definitions), self.item.refer(definitions)
        return {"type": "object", "propertyNames": names, "additionalProperties": entries}

    def pointers(self, fact: dict[str, Any], path: str) -> Iterator[Pointer]:
        for key in fact:
            yield from self.key.pointers(key, inside(path, key))


class Repeating(dict[str, Any]):
    """An object of a file that writes some of its names more than once."""

    repeated: tuple[str, ...] = ()


def refuse_repeated(value: dict[str, Any], path: str, problems: Problems) -> None:
    """JSON allows a name twice and forgets the first; a bid file may not."""
    for name in getattr(value, "repeated", ()):
        problems.add(inside(path, name), gettext_noop("This name stands here more than once. Keep one of them."))

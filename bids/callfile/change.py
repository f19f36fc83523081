"""What differs between two versions of a call's data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_NAMES = ("id", "kind", "number", "value")  # what tells the entries of a list apart


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs; None where it is missing on that side."""

    path: str
    before: Any
    after: Any


def difference(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    """Every value that was added, dropped or changed, in the order of the newer data."""
    return tuple(_changes("", old, new))


def _changes(path: str, old: Any, new: Any) -> Iterator[Change]:
    before, after = _parts(old), _parts(new)
    if before is None or after is None:
        if old != new:
            yield Change(path, old, new)
        return
    for name in [*after, *(name for name in before if name not in after)]:
        yield from _changes(f"{path}/{name}".lstrip("/"), before.get(name), after.get(name))


def _parts(value: Any) -> dict[str, Any] | None:
    """The named parts of a table or of a list of tables; None for what has no parts."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not value or not all(isinstance(item, dict) for item in value):
        return None
    named = {_name(item, str(position)): item for position, item in enumerate(value)}
    if len(named) == len(value):
        return named
    return {str(position): item for position, item in enumerate(value)}


def _name(item: dict[str, Any], otherwise: str) -> str:
    return next((str(item[name]) for name in _NAMES if isinstance(item.get(name), str)), otherwise)

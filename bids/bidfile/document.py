"""From bytes to the tree of a JSON document, within limits that no real bid comes near."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any, NoReturn

from bids.bidfile.kinds.collection import Repeating
from bids.bidfile.kinds.number import JsonNumber
from bids.bidfile.problems import Unreadable
from bids.rulebook.text import Problem, gettext_noop, quoted, sentence

LARGEST = 20 * 1024 * 1024  # bytes
FULLEST = 1_000_000  # lists and objects
DEEPEST = 50  # lists and objects inside each other; a bid needs 6

_TOO_LARGE = gettext_noop("The file is larger than %(most)s MiB. A bid file holds text, not enclosures.")
_TOO_FULL = gettext_noop("The file holds more than %(most)s lists and objects. It can't be a bid.")
_TOO_DEEP = gettext_noop("The file nests lists and objects deeper than %(most)s. It can't be a bid.")
_NOT_UTF8 = gettext_noop("The file is not written in UTF-8: byte %(byte)s can't be read. Save it as UTF-8.")
_MARKED = gettext_noop("The file starts with a byte order mark. Save it as UTF-8 without one.")
_NUL = gettext_noop("The file holds NUL characters. It is no text file.")
_NOT_JSON = gettext_noop("The file is not JSON: it can't be read from line %(line)s, column %(column)s.")
_NOT_AN_OBJECT = gettext_noop("The file is not a bid: it must be one object, in curly brackets.")
_NO_NUMBER = gettext_noop("The file holds a number that can't be read: %(number)s.")


class _NoNumber(ValueError):
    """A number that JSON does not know or that nobody can mean."""


def parse(content: str | bytes) -> dict[str, Any]:
    """The object in a file; raise `Unreadable` with one sentence for anything else."""
    text = _text(content)
    if text.count("{") + text.count("[") > FULLEST:
        _refuse(_TOO_FULL, most=FULLEST)
    try:
        tree = json.loads(
            text, object_pairs_hook=_object, parse_float=_remembering(), parse_int=_whole, parse_constant=_constant
        )
    except json.JSONDecodeError as error:
        _refuse(_NOT_JSON, line=error.lineno, column=error.colno)
    except _NoNumber as error:
        _refuse(_NO_NUMBER, number=quoted(error))
    except RecursionError:
        _refuse(_TOO_DEEP, most=DEEPEST)
    return checked(tree)


def checked(tree: object) -> dict[str, Any]:
    """A tree that is one object and not too deep."""
    if not isinstance(tree, dict):
        _refuse(_NOT_AN_OBJECT)
    if _is_deep(tree):
        _refuse(_TOO_DEEP, most=DEEPEST)
    return tree


def _text(content: str | bytes) -> str:
    if len(content) > LARGEST:
        _refuse(_TOO_LARGE, most=LARGEST // 1024 // 1024)
    if isinstance(content, bytes):
        try:
            content = content.decode("utf-8")
        except UnicodeDecodeError as error:
            _refuse(_NOT_UTF8, byte=error.start + 1)
    if content.startswith("\ufeff"):
        _refuse(_MARKED)
    if "\0" in content:
        _refuse(_NUL)
    return content


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object that remembers the names it writes more than once."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    times = Counter(name for name, _ in pairs)
    remembered = Repeating(found)
    remembered.repeated = tuple(name for name in found if times[name] > 1)
    return remembered


def _remembering() -> Callable[[str], JsonNumber]:
    """No field takes a JSON number with a point, so a few hundred of them are enough to tell about."""
    remembered: list[JsonNumber] = []

    def number(written: str) -> JsonNumber:
        if len(remembered) < 1000:
            remembered.append(JsonNumber(written))
        return remembered[-1]

    return number


def _whole(digits: str) -> int:
    if len(digits) > 20:
        raise _NoNumber(digits)
    return int(digits)


def _constant(name: str) -> NoReturn:
    raise _NoNumber(name)


def _is_deep(tree: object) -> bool:
    """Level by level, so that no depth can exhaust the stack."""
    level = [tree]
    for _ in range(DEEPEST):
        level = [inner for item in level for inner in _members(item) if isinstance(inner, dict | list)]
        if not level:
            return False
    return True


def _members(item: object) -> list[Any]:
    return list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []


def _refuse(template: str, **params: object) -> NoReturn:
    raise Unreadable((Problem("$", sentence(template, **params)),)) from None

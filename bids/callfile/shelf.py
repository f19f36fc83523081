"""Where the shipped calls lie, and how one is taken from its file."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from bids.callfile.call import Unreadable, read
from bids.callfile.published import Published, established_factories, read_published
from bids.callfile.resolve import resolve
from bids.rulebook.call import CallFacts
from bids.rulebook.text import Problem, gettext_noop, quoted, sentence

CALLS = Path(__file__).resolve().parent.parent / "calls"
REFERENCE_BIDS = CALLS / "reference-bids.toml"


def load(call: Path | str) -> dict[str, Any]:
    """One call as self-contained plain data, from a file or by the id of a shipped call.

    The data is checked before it is given out: what is wrong comes as `Unreadable`, all at once.
    """
    path = Path(call)
    if path.suffix != ".toml":
        path = CALLS / f"{call}.toml"
    data = resolve(parse(path), library())
    read(data)
    return data


def shipped_paths() -> tuple[Path, ...]:
    """The files of the shipped calls, by name."""
    return tuple(sorted(path for path in CALLS.glob("*.toml") if path != REFERENCE_BIDS))


@cache
def shipped() -> dict[str, CallFacts]:
    """Every shipped call by id, read once in the life of a process."""
    calls = [read(load(path)) for path in shipped_paths()]
    return {call.id: call for call in calls}


@cache
def published() -> Published:
    """The published bids and machines to compare with."""
    return read_published(parse(REFERENCE_BIDS))


@cache
def library() -> dict[str, Any]:
    """The shared data that calls name by id."""
    tables: dict[str, Any] = {"established_factories": list(established_factories(parse(REFERENCE_BIDS)))}
    for path in sorted((CALLS / "shared").glob("*.toml")):
        tables |= parse(path)
    return tables


def parse(path: Path) -> dict[str, Any]:
    """The tables of a TOML file; what is no TOML comes as `Unreadable` with the reason."""
    try:
        return dict(plain(tomllib.loads(path.read_text(encoding="utf-8"))))
    except OSError:
        reason = sentence(gettext_noop("There is no call file %(name)s."), name=quoted(path.name))
    except UnicodeDecodeError:
        reason = sentence(gettext_noop("The file is not written in UTF-8."))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        reason = sentence(gettext_noop("The file is not TOML: %(error)s."), error=quoted(error, 200))
    raise Unreadable((Problem("$", reason),))


def plain(value: Any) -> Any:
    """The same data as JSON knows it: days and moments as text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date | datetime | time) else value

"""The trail in words: nothing that is recorded is told by its inner name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from bids.happenings import AT_THE_DESK, HAPPENED, NOUNS, VERBS
from config.env import BASE_DIR

WRITERS = {"record": 1, "append": 1, "only": 0, "Told": 0}


def recorded() -> Iterator[str]:
    """Every name of an event that stands in the code."""
    for room in ("bids", "accounts"):
        for path in sorted((BASE_DIR / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call):
                    yield from _names(node)


def _names(call: ast.Call) -> Iterator[str]:
    writer = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if writer not in WRITERS:
        return
    given = [*call.args[WRITERS[writer] :][:1], *(one.value for one in call.keywords if one.arg == "event")]
    for node in given:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
                yield part.value


def test_everything_that_is_recorded_has_a_sentence() -> None:
    told = {*HAPPENED, *AT_THE_DESK, *(f"{noun}_{verb}" for noun in NOUNS for verb in VERBS)}
    names = set(recorded())
    names = {name for name in names if not name.startswith("_")}  # the end of `approve_vote_given` and its like
    assert sorted(name for name in names - told if "_" in name) == []
    assert len(names) > 30

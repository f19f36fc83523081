"""The walls of the house stand: floors, the rulebook without Django, one writer of a bid's state."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.env import BASE_DIR

ROOMS = ("accounts", "bids", "config")
THE_DOOR = "bids/actions/transition.py"
# Chapters, reviews, jobs and letters have a state too; the files named here write those, never a bid's.
# Jobs have a state of their own: a letter is waiting, running, sent.
OTHER_STATES: set[str] = {
    "bids/mail.py",
    "bids/dossier/counting.py",
    "bids/dossier/hold.py",
    "bids/dossier/lease.py",
    "bids/dossier/job.py",
    "bids/actions/dossiers.py",
    "bids/actions/page_counts.py",
    "bids/actions/review.py",
    "bids/migrations/0009_seals.py",
}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=BASE_DIR, capture_output=True, text=True, timeout=120, check=False)


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every Python file of ours, by its path."""
    for room in ROOMS:
        for path in sorted((BASE_DIR / room).rglob("*.py")):
            yield str(path.relative_to(BASE_DIR)), ast.parse(path.read_text(encoding="utf-8"))


def test_nobody_imports_upward():
    checked = run(str(Path(sys.executable).parent / "lint-imports"), "--no-logo")
    assert checked.returncode == 0, checked.stdout


def test_the_rulebook_needs_no_django():
    modules = sorted(
        ".".join(path.relative_to(BASE_DIR).with_suffix("").parts).removesuffix(".__init__")
        for path in (BASE_DIR / "bids/rulebook").rglob("*.py")
    )
    assert len(modules) > 20
    question = (
        "import importlib, sys\n"
        f"for name in {modules!r}: importlib.import_module(name)\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('django', 'celery', 'config', 'accounts')])"
    )
    asked = subprocess.run(
        [sys.executable, "-c", question],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.stdout, asked.stderr) == ("[]\n", "")


def writers_of_state(tree: ast.Module) -> Iterator[int]:
    """Lines that write a `state`: `x.state = …`, `.update(state=…)`, `setattr(x, "state", …)`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Attribute) and target.attr == "state" for target in targets):
                yield node.lineno
        elif isinstance(node, ast.Call) and called(node) in ("update", "setattr", "bulk_update") and names_state(node):
            yield node.lineno


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def names_state(call: ast.Call) -> bool:
    strings = {node.value for given in call.args for node in ast.walk(given) if isinstance(node, ast.Constant)}
    return any(keyword.arg == "state" for keyword in call.keywords) or "state" in strings


def test_the_state_of_a_bid_is_written_in_one_place():
    writers = {path for path, tree in sources() if any(writers_of_state(tree))}
    assert writers <= {THE_DOOR, *OTHER_STATES}


@pytest.mark.parametrize(
    "line",
    ["bid.state = 1", "self.bid.state: str = 'x'", "Bid.objects.update(state=1)", "setattr(bid, 'state', 1)"],
)
def test_the_search_for_writers_finds_them(line):
    assert list(writers_of_state(ast.parse(line))) == [1]


def test_nothing_listens_to_the_database_s_signals():
    """Effects are lines in an action (house rule 6)."""
    banned = ("django.db.models.signals", "django.dispatch")
    found = [
        f"{path}:{node.lineno}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith(banned))
        or (isinstance(node, ast.Import) and any(name.name.startswith(banned) for name in node.names))
    ]
    assert found == []


def test_no_import_hides_inside_a_function():
    hidden = [
        f"{path}:{inner.lineno}"
        for path, tree in sources()
        for outer in ast.walk(tree)
        if isinstance(outer, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(outer)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_no_name_says_nothing():
    empty = {"utils", "helpers", "common", "core", "misc", "manager", "service", "services", "data", "info"}
    named = {part for path, _ in sources() for part in Path(path).with_suffix("").parts}
    assert named & empty == set()

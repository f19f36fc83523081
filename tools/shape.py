"""How large our files and functions are, beside the aim of the house: a thermometer, not a fence."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

AIM = {
    "files": "median about 60, p95 about 250",
    "functions": "median about 7, p95 about 25",
    "branches": "p95 about 8",
}
BRANCHES = (ast.If, ast.For, ast.While, ast.ExceptHandler, ast.BoolOp, ast.IfExp, ast.comprehension, ast.match_case)
LONG_FILE, LONG_FUNCTION = 300, 40
Function = ast.FunctionDef | ast.AsyncFunctionDef


def main() -> None:
    files = list(our_files())
    functions = [(path, function) for path in files for function in functions_in(path)]
    sizes = {
        "files": [length(path) for path in files],
        "functions": [lines_of(function) for _, function in functions],
        "branches": [branches_of(function) for _, function in functions],
    }
    for name, numbers in sizes.items():
        print(f"{name:10} {summary(numbers):48} aim: {AIM[name]}")
    for path in files:
        if length(path) > LONG_FILE:
            print(f"long file      {path} {length(path)}")
    for path, function in functions:
        if lines_of(function) > LONG_FUNCTION:
            print(f"long function  {path}:{function.lineno} {function.name} {lines_of(function)}")


def our_files() -> Iterator[Path]:
    """Python we wrote and will read again: no migrations, no tests."""
    listed = subprocess.run(["git", "ls-files", "*.py"], capture_output=True, text=True, check=True)  # noqa: S607
    for name in listed.stdout.splitlines():
        if "/migrations/" not in name and not name.startswith("tests/") and Path(name).stat().st_size:
            yield Path(name)


def functions_in(path: Path) -> Iterator[Function]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def branches_of(function: Function) -> int:
    """One way through, and one more for each place where it forks."""
    return 1 + sum(isinstance(node, BRANCHES) for node in ast.walk(function))


def summary(numbers: Sequence[int]) -> str:
    ordered = sorted(numbers)
    p95 = ordered[int(len(ordered) * 0.95)]
    return f"{len(ordered)} · median {median(ordered):.0f} · p95 {p95} · max {ordered[-1]}"


if __name__ == "__main__":
    main()

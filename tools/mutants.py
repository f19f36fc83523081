"""Changes every line of the money's rules a little, sees whether a test notices, and keeps it in docs/mutation.md.

mutmut makes the mutants and finds out which tests touch which function (`[tool.mutmut]` in pyproject.toml).
The tests are collected once; each mutant is then tried in a fork of that session, the quickest test first,
until one fails.

    tools/mutants.py [FOLDER]     what is committed, in a folder of its own; one that is given is used again
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from _pytest.nodes import Node
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "mutation.md"
SOURCE = "bids/rulebook/funding/"
FIGURES, END = "<!-- figures -->\n", "<!-- end of figures -->\n"
SURVIVED, KILLED, UNTOUCHED = 0, 1, 33  # as mutmut writes them down
SECONDS = 20  # of processor time: a mutant that takes longer has been noticed

sys.dont_write_bytecode = True


def main(folder: Path) -> None:
    if not (folder / "mutants").exists():
        export(folder)
    os.chdir(folder)
    alone("make")
    alone("try")
    write(results(Path("mutants")))


def export(folder: Path) -> None:
    """The committed tree, with the libraries of this one."""
    packed = subprocess.run(["git", "-C", ROOT, "archive", "HEAD"], capture_output=True, check=True)  # noqa: S607
    subprocess.run(["tar", "-x", "-C", folder], input=packed.stdout, check=True)  # noqa: S607
    (folder / ".venv").symlink_to((ROOT / ".venv").resolve())


def alone(step: str) -> None:
    """A step in a process of its own: both import the rules, the one before and the other after they are changed."""
    subprocess.run([sys.executable, __file__, f"--{step}"], check=True)


def make() -> None:
    """Write the mutants, and run every test once to see what it touches; none of them is tried yet."""
    Node._nodeid = property(lambda node: node.nodeid)  # type: ignore[attr-defined]  # mutmut 3.8 asks by the old name
    from mutmut import __main__ as mutmut  # noqa: PLC0415  # changes how the process forks

    mutmut.set_mutant_under_test("mutant_generation")
    Path("mutants").mkdir(exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.copy_also_copy_files()
    mutmut.setup_source_paths()
    mutmut.create_mutants(1)
    mutmut.collect_or_load_stats(mutmut.get_mutant_runner(1), apply_config_invalidation=True)


class Trying:
    """A pytest session that runs its tests for every mutant, each time in a fork, until one of them fails.

    Tests that noticed most so far come first, then the quickest.
    """

    def __init__(self) -> None:
        stats = json.loads(Path("mutmut-stats.json").read_text())
        self.touching: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self.seconds: dict[str, float] = stats["duration_by_test"]
        self.noticed: Counter[str] = Counter()
        self.items: dict[str, pytest.Item] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = {item.nodeid: item for item in session.items}
        if failing := tried("", session.items):
            raise pytest.UsageError(f"{failing} fails without any mutant. Mend it first.")
        files = sorted(Path(SOURCE).rglob("*.meta"))
        shares = [files[start :: os.cpu_count()] for start in range(os.cpu_count() or 1)]
        others = [in_a_fork(self.try_files, share) for share in shares[1:]]
        self.try_files(shares[0])
        for other in others:
            os.waitpid(other, 0)
        return True

    def try_files(self, files: Sequence[Path]) -> None:
        for file in files:
            known = json.loads(file.read_text())
            found = known["exit_code_by_key"]
            for mutant in [name for name, code in found.items() if code is None]:
                found[mutant] = self.tried(mutant)
            file.write_text(json.dumps(known, indent=4))
            sys.stderr.write(f"{file}: {len(found)}, not noticed: {sum(code != KILLED for code in found.values())}\n")

    def tried(self, mutant: str) -> int:
        tests = [test for test in self.touching.get(mutant.partition("__mutmut_")[0], ()) if test in self.items]
        if not tests:
            return UNTOUCHED
        tests.sort(key=lambda test: (-self.noticed[test], self.seconds.get(test, 0.0), test))
        failing = tried(mutant, [self.items[test] for test in tests])
        self.noticed[failing] += 1
        return KILLED if failing else SURVIVED


def tried(mutant: str, items: Sequence[pytest.Item]) -> str:
    """The first of these tests that fails when the rules are changed so; nothing where none does."""
    reading, writing = os.pipe()

    def run() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.environ["MUTANT_UNDER_TEST"] = mutant
        for item in items:
            if any(report.failed for report in runtestprotocol(item, log=False, nextitem=None)):
                os.write(writing, item.nodeid.encode())
                return

    child = in_a_fork(run)
    os.close(writing)
    with os.fdopen(reading) as told:
        failing = told.read()
    is_well = os.waitpid(child, 0)[1] == 0
    return failing or ("" if is_well else "too long")


def in_a_fork(act: Callable[..., None], *given: Any) -> int:
    """The process that does this and nothing else."""
    child = os.fork()
    if child == 0:
        try:
            act(*given)
        except BaseException:
            os._exit(1)
        os._exit(0)
    return child


def try_all() -> None:
    import tomllib  # noqa: PLC0415

    chosen = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["mutmut"]
    os.chdir("mutants")
    sys.path.insert(0, os.getcwd())
    os.environ["MUTANT_UNDER_TEST"] = ""
    told = ["--rootdir=.", "-q", *chosen["pytest_add_cli_args"], *chosen["pytest_add_cli_args_test_selection"]]
    sys.exit(pytest.main(told, plugins=[Trying()]))


def results(folder: Path) -> dict[str, dict[str, int]]:
    """Every mutant of every file, and how it ended."""
    files = sorted((folder / SOURCE).rglob("*.meta"))
    read = {
        str(file.relative_to(folder / SOURCE)).removesuffix(".meta"): json.loads(file.read_text()) for file in files
    }
    return {name: each["exit_code_by_key"] for name, each in read.items() if each["exit_code_by_key"]}


def write(found: dict[str, dict[str, int]]) -> None:
    """The page with these figures; what people wrote around them stays."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(FIGURES)
    after = rest.partition(END)[2]
    PAGE.write_text(before + FIGURES + "\n" + "\n".join(table(found)) + "\n\n" + END + after, encoding="utf-8")


def table(found: dict[str, dict[str, int]]) -> Iterator[str]:
    """Per file and in all: mutants, those a test notices, those none does, and the score."""
    yield f"`make mutants`, {date.today().isoformat()}, {os.cpu_count()} cores"  # noqa: DTZ011
    yield ""
    yield "| File | Mutants | Noticed | Survive | Score |"
    yield "|---|---:|---:|---:|---:|"
    everything: list[int] = []
    for name, codes in found.items():
        everything += codes.values()
        yield row(f"`{name}`", list(codes.values()))
    yield row("**all**", everything)
    yield ""
    for codes in found.values():
        yield from (f"- `{shown(mutant)}`" for mutant, code in codes.items() if code != KILLED)


def row(name: str, codes: Sequence[int]) -> str:
    noticed = sum(code == KILLED for code in codes)
    return f"| {name} | {len(codes)} | {noticed} | {len(codes) - noticed} | {100 * noticed / len(codes):.1f} % |"


def shown(mutant: str) -> str:
    return mutant.removeprefix("bids.rulebook.funding.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["--make"]:
            make()
        case ["--try"]:
            try_all()
        case [given]:
            main(Path(given).resolve())
        case _:
            with tempfile.TemporaryDirectory() as made:
                main(Path(made))

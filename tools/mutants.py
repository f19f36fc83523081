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
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

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
    """A pytest session that runs its tests once for every mutant, each time in a fork."""

    def __init__(self) -> None:
        stats = json.loads(Path("mutmut-stats.json").read_text())
        self.touching: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
        self.seconds: dict[str, float] = stats["duration_by_test"]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        if tried("", list(items.values())) != SURVIVED:
            raise pytest.UsageError("The tests fail without any mutant. Mend them first.")
        for file in sorted(Path(SOURCE).rglob("*.meta")):
            known = json.loads(file.read_text())
            found = known["exit_code_by_key"]
            for mutant in [name for name, code in found.items() if code is None]:
                tests = self.touching.get(mutant.partition("__mutmut_")[0], [])
                ranked = sorted(tests, key=lambda test: (self.seconds.get(test, 0.0), test))
                found[mutant] = tried(mutant, [items[test] for test in ranked if test in items])
            file.write_text(json.dumps(known, indent=4))
            sys.stderr.write(f"{file}: {sum(code == SURVIVED for code in found.values())} of {len(found)} survive\n")
        return True


def tried(mutant: str, items: Sequence[pytest.Item]) -> int:
    """Whether any of these tests fails when the rules are changed so."""
    if not items:
        return UNTOUCHED
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.environ["MUTANT_UNDER_TEST"] = mutant
        noticed = (report.failed for item in items for report in runtestprotocol(item, log=False, nextitem=None))
        os._exit(KILLED if any(noticed) else SURVIVED)
    status = os.waitpid(child, 0)[1]
    return SURVIVED if status == 0 else KILLED


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

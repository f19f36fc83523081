"""`make bench`: one table of how long things take, how much they ask the database and how much memory they need.

In a house of its own, in a folder that goes away. Times are processor time where only the work counts, and
time by the clock where disk and waiting do; each is the quickest of a few tries, because others use the machine too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from tests import measured
from tests.bench.printing import printed
from tests.bench.subjects import FACTORY, LARGE
from tests.house import House, house

COMMAND = "make bench"
SIZES = (100, 1_000, 10_000)
MOST_QUERIES, MOST_SECONDS, MOST_FOR_A_SAVE, MOST_TO_ASSESS = 25, 0.3, 0.06, 0.5


class Line(NamedTuple):
    """One line of the table; `within` is whether its aim is reached, where it has one."""

    what: str
    figure: str
    aim: str = ""
    within: bool = True


def main() -> int:
    lines = []
    with tempfile.TemporaryDirectory(prefix="tandem-bench-") as folder, house(Path(folder)) as one:
        for line in everything(one):
            lines.append(line)
            print(
                f"{line.what:58} {line.figure:66} {line.aim and f'aim {line.aim}'} {'' if line.within else '← beyond'}"
            )
    return int(not all(line.within for line in lines))


def everything(one: House) -> Iterator[Line]:
    yield from assessments()
    print("(preparing a demonstration house)", flush=True)
    one.furnish()
    for reference in (FACTORY, LARGE):
        yield from of_a_bid(reference, json.loads(one.run("-m", "tests.bench.pages", reference)))
    one.open()
    yield from dossier(one)


def assessments() -> Iterator[Line]:
    """Linear in the number of lines, and so many times as long as adding the amounts up."""
    for size in SIZES:
        run = [sys.executable, "-m", "tests.bench.assessing", str(size)]
        told = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
        ratio = told["assess"] / told["sum"]
        figure = f"{told['assess'] * 1000:.0f} ms, {ratio:.0f} × the sum of its amounts; peak {told['peak']} MiB"
        aim = f"≤ {MOST_TO_ASSESS * 1000:.0f} ms" if size == SIZES[-1] else ""
        yield kept(Line(f"assess {size:,} lines", figure, aim, told["assess"] <= MOST_TO_ASSESS))


def of_a_bid(reference: str, told: dict[str, Any]) -> Iterator[Line]:
    pages = sorted(told["pages"], key=lambda page: -page["cpu"])
    for page in pages:
        within = page["queries"] <= MOST_QUERIES and page["cpu"] <= MOST_SECONDS
        yield Line(f"{reference} page {page['name']}", figure_of(page), "", within)
    most, longest = max(page["queries"] for page in pages), pages[0]
    yield kept(
        Line(
            f"pages of {reference}, {len(pages)} of them",
            f"slowest {longest['name']} with {figure_of(longest)}; at most {most} queries; peak {told['peak']} MiB",
            f"≤ {MOST_SECONDS * 1000:.0f} ms, ≤ {MOST_QUERIES} queries",
            most <= MOST_QUERIES and longest["cpu"] <= MOST_SECONDS,
        )
    )
    save = told["save"]
    aim = f"≤ {MOST_FOR_A_SAVE * 1000:.0f} ms" if reference == LARGE else ""
    within = not aim or save["cpu"] <= MOST_FOR_A_SAVE
    yield kept(Line(f"save of one line in {reference}, {told['lines']} lines", figure_of(save), aim, within))


def figure_of(told: dict[str, Any]) -> str:
    return f"{told['cpu'] * 1000:.0f} ms ({told['clock'] * 1000:.0f} by the clock), {told['queries']} queries"


def dossier(one: House) -> Iterator[Line]:
    """From asking in the page to the finished file, by a worker that has printed before."""
    told = printed(one, FACTORY)
    figure = f"{told.seconds:.1f} s, {told.pages} pages; peaks {told.peaks}"
    yield kept(Line(f"dossier of {FACTORY}, from asking to done", figure))


def kept(line: Line) -> Line:
    """Also in docs/measured.md."""
    measured.keep(line.what, line.figure, aim=line.aim, command=COMMAND, quietly=True)
    return line


if __name__ == "__main__":
    sys.exit(main())

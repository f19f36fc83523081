"""What the forks of a press take, seen from outside."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bids.dossier.limits import Limits
from bids.dossier.press import Press
from tests.bench.memory import peak_of

PARENT, TIME_OF_CHILDREN = 1, slice(13, 15)  # in /proc/PID/stat, behind the name


class Spent:
    """The processor time in seconds, and the most memory in MiB, that the forks took; look while the press works."""

    def __init__(self) -> None:
        self.end = ""
        self.seconds = 0.0
        self.memory = 0

    def look(self, press: Press) -> None:
        self.seconds = time_of_forks(press)
        for fork in forks(press):
            with suppress(OSError):  # it has ended
                self.memory = max(self.memory, peak_of(fork))


def worked(work: Callable[[Press], str], limits: Limits) -> Spent:
    """What a work took in a press of its own, and how it ended, as it says."""
    spent = Spent()
    with Press("en", limits, lambda: spent.look(press)) as press:
        spent.end = work(press)
        spent.look(press)
    return spent


def summary(told: Mapping[str, Spent]) -> str:
    """How all of it ended, and which took most."""
    ends = Counter(work.end for work in told.values())
    slowest, largest = (max(told, key=lambda name: getattr(told[name], what)) for what in ("seconds", "memory"))
    return (
        f"{', '.join(f'{count} {end}' for end, count in sorted(ends.items()))}; at most "
        f"{told[slowest].seconds:.0f} s of processor time ({slowest}) and {told[largest].memory} MiB ({largest})"
    )


def time_of_forks(press: Press) -> float:
    """Of all forks that have ended, in seconds."""
    return sum(map(int, _state(Path("/proc", str(press.process_id)))[TIME_OF_CHILDREN])) / os.sysconf("SC_CLK_TCK")


def forks(press: Press) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        if parent_of(process.name) == str(press.process_id):
            yield process


def parent_of(process: str) -> str:
    """The number of the process that started this one; empty where it has ended."""
    with suppress(OSError):
        return _state(Path("/proc", process))[PARENT]
    return ""


def _state(process: Path) -> list[str]:
    return (process / "stat").read_text().rpartition(")")[2].split()

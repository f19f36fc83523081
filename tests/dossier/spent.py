"""What the forks of a press take, seen from outside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bids.dossier.press import Press
from tests.bench.memory import peak_of

PARENT, TIME_OF_CHILDREN = 1, slice(13, 15)  # in /proc/PID/stat, behind the name


class Spent:
    """The most processor time in seconds, and memory in MiB, that anything took; look while the press works."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.memory = 0

    def look(self, press: Press) -> None:
        self.seconds = max(self.seconds, time_of_forks(press))
        for fork in forks(press):
            with suppress(OSError):  # it has ended
                self.memory = max(self.memory, peak_of(fork))


def time_of_forks(press: Press) -> float:
    """Of all forks that have ended, in seconds."""
    return sum(map(int, _state(Path("/proc", str(press.process_id)))[TIME_OF_CHILDREN])) / os.sysconf("SC_CLK_TCK")


def forks(press: Press) -> Iterator[Path]:
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if _state(process)[PARENT] == str(press.process_id):
                yield process


def _state(process: Path) -> list[str]:
    return (process / "stat").read_text().rpartition(")")[2].split()

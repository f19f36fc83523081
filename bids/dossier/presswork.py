"""What runs in the press: reads orders line by line, works each off in a limited fork of its own, answers.

`python -m bids.dossier.presswork TERMS`, where the terms are one object of JSON. One order is one line of JSON:
`{"do": "html", "name": "s03", "language": "en"}` turns `s03.html` of the folder into `s03.pdf`,
`{"do": "bind", …}` turns the sections named in `binding.json` into `dossier.pdf`,
`{"do": "validate", "profile": "ua1", …}` says what breaks one of the standards in it. Orders are worked off at the same
time: whoever sends them says how many at once. The answer is one line as well:
`{"order": name, "done": {...}}` or `{"order": name, "failed": reason, "detail": text}`. Ends when its input ends, or
when nothing was asked of it for long.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import selectors
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from accounts.lifeline import die_with_parent
from bids.dossier.binding import BOUND, bind
from bids.dossier.limits import Limits, begin_in_a_limited_child, leave_the_network
from bids.dossier.listing import TABLE
from bids.dossier.long.writer import set_long_table
from bids.dossier.pdf import Heading, Typeset, Typesetter, libraries
from bids.dossier.raster import NotShown
from bids.dossier.validation import breaches_told_apart

MOST_IDLE_SECONDS = 1800
SPARE_BYTES = 64 * 1024**2
# What libraries do that can't report: the same section would do it again, unlike one whose printer was stopped.
OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGTRAP)
CRASHED = (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGILL, -signal.SIGFPE, -signal.SIGSYS)
POLITENESS = 10  # how far the press steps back where pages are asked for on the same cores


def main(folder: str, language: str, parent: int, limits: dict[str, int]) -> None:
    """Obey until the orders end."""
    die_with_parent(parent)
    os.nice(POLITENESS)
    network = "none" if leave_the_network() else "closed fetcher only"
    typesetter = Typesetter(language, Path(folder))
    share_with_forks()
    say({"order": "", "done": {"network": network, "libraries": libraries()}})
    forks = Forks(Path(folder), Limits(**limits))
    for order in orders(forks):
        if typesetter.learn(order["language"]):
            share_with_forks()
        forks.begin(order["name"], partial(carry_out, order, Path(folder), typesetter))


def share_with_forks() -> None:
    """What is loaded now is shared by every fork and never collected."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def orders(forks: Forks) -> Iterator[dict[str, Any]]:
    """The orders as they come; whenever a fork ends meanwhile, its answer is given."""
    ended = wake_on_ended_forks()
    heard = b""
    with selectors.DefaultSelector() as selector:
        selector.register(sys.stdin.fileno(), selectors.EVENT_READ)
        selector.register(ended, selectors.EVENT_READ)
        while True:
            ready = {key.fd for key, _ in selector.select(MOST_IDLE_SECONDS)}
            if not ready and not forks.at_work:
                return  # nobody needs us: whoever does starts another
            if ended in ready:
                os.read(ended, 512)
                forks.answer()
            if sys.stdin.fileno() in ready:
                more = os.read(sys.stdin.fileno(), 65536)
                if not more:
                    return
                *lines, heard = (heard + more).split(b"\n")
                yield from map(json.loads, lines)


def wake_on_ended_forks() -> int:
    """A pipe that can be read as soon as a child has ended."""
    reads, writes = os.pipe()
    os.set_blocking(reads, False)
    os.set_blocking(writes, False)
    signal.set_wakeup_fd(writes)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return reads


class Forks:
    """The orders at work, each in a fork that writes its answer into a file."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder = folder
        self.limits = limits
        self.at_work: dict[int, str] = {}

    def begin(self, name: str, work: Callable[[], dict[str, Any]]) -> None:
        """Do the work in a limited fork."""
        file = self._file(name)
        file.unlink(missing_ok=True)

        def report() -> None:
            file.write_text(json.dumps(attempt(work)))

        self.at_work[begin_in_a_limited_child(report, self.limits)] = name

    def answer(self) -> None:
        """Say how those that have ended went."""
        with suppress(ChildProcessError):
            while ended := os.waitpid(-1, os.WNOHANG):
                child, status = ended
                if not child:
                    return
                name = self.at_work.pop(child)
                say({"order": name} | self._result(name, os.waitstatus_to_exitcode(status)))

    def _result(self, name: str, code: int) -> dict[str, Any]:
        if code == -signal.SIGXCPU:
            return {"failed": "time", "detail": f"{self.limits.cpu_seconds} s of processor time"}
        if code in OUT_OF_MEMORY:
            return {"failed": "memory", "detail": f"ended itself with {code}"}
        if code in CRASHED:
            return {"failed": "error", "detail": f"crashed with {code}"}
        if code or not self._file(name).exists():
            return {"failed": "killed", "detail": f"ended with {code}"}
        result: dict[str, Any] = json.loads(self._file(name).read_text())
        return result

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.answer"


def carry_out(order: dict[str, Any], folder: Path, typesetter: Typesetter) -> dict[str, Any]:
    """One order, inside the fork."""
    source = folder / f"{order['name']}.{order['do']}"
    match order["do"]:
        case "bind":
            return bind(json.loads((folder / "binding.json").read_text()), folder)
        case "validate":
            return {"breaches": breaches_told_apart(folder / BOUND, order["profile"])}
        case "html":
            return typesetter.typeset(source.read_text(), source.with_suffix(".pdf")).as_json()
        case "table":
            found = set_long_table(source.read_text(), order["language"], source.with_suffix(".pdf"))
            placed = zip((1, TABLE), (found.title, found.caption), strict=True)
            headings = [Heading(level, label, 0, x, y) for level, (label, x, y) in placed]
            return Typeset(found.pages, headings).as_json()
    raise ValueError(order["do"])


def attempt(work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Turn what can go wrong inside a section into a reason."""
    try:
        return {"done": work()}
    except Exception as problem:  # a section must never take the press down with it
        return {"failed": reason_of(problem), "detail": f"{type(problem).__name__}: {problem}"[:300]}


def reason_of(problem: Exception) -> str:
    """One of the reasons that `build.py` has sentences for."""
    match problem:
        case RecursionError():
            return "nesting"
        case NotShown():
            return "letter"
        case MemoryError():
            return "memory"
        case OSError(errno=errno.EFBIG):
            return "size"
        case OSError():
            return "disk"
    return "memory" if no_memory_is_left() else "error"


def no_memory_is_left() -> bool:
    """What fails in a library for want of memory may call itself anything: to find out, a little more is asked for."""
    try:
        bytearray(SPARE_BYTES)
    except MemoryError:
        return True
    return False


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))

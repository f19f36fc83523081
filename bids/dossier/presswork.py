"""What runs in the press: reads orders line by line, works each off in a limited fork, answers.

`python -m bids.dossier.presswork TERMS`, where the terms are one object of JSON. One order is one line of JSON:
`{"do": "typeset", "name": "s03"}` turns `s03.html` of the folder into `s03.pdf`,
`{"do": "bind"}` turns the sections named in `binding.json` into `dossier.pdf`. The answer is one
line as well: `{"done": {...}}` or `{"failed": reason, "detail": text}`. Ends when its input ends.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from accounts.processes import die_with_parent
from bids.dossier.binding import bind
from bids.dossier.limits import Limits, in_a_limited_child, leave_the_network
from bids.dossier.pdf import Typesetter

ANSWER = "answer.json"
POLITENESS = 10  # how far the press steps back where pages are asked for on the same cores


def main(folder: str, language: str, parent: int, limits: dict[str, int]) -> None:
    """Obey until the orders end."""
    die_with_parent(parent)
    os.nice(POLITENESS)
    say({"done": {"network": "none" if leave_the_network() else "closed fetcher only"}})
    typesetter = Typesetter(language)
    home, bounds = Path(folder), Limits(**limits)
    gc.collect()
    gc.freeze()  # what is loaded now is shared by every fork and never collected
    gc.set_threshold(100_000, 50, 1000)
    for line in sys.stdin:
        order = json.loads(line)
        say(work_off(partial(carry_out, order, home, typesetter), home, bounds))


def carry_out(order: dict[str, Any], folder: Path, typesetter: Typesetter) -> dict[str, Any]:
    """One order, inside the fork."""
    if order["do"] == "bind":
        return bind(json.loads((folder / "binding.json").read_text()), folder)
    name = order["name"]
    return typesetter.typeset((folder / f"{name}.html").read_text(), folder / f"{name}.pdf").as_json()


def work_off(work: Callable[[], dict[str, Any]], folder: Path, limits: Limits) -> dict[str, Any]:
    """Do the work in a limited fork and report how it went; the fork's answer is a file."""
    answer = folder / ANSWER
    answer.unlink(missing_ok=True)

    def report() -> None:
        answer.write_text(json.dumps(attempt(work)))

    end = in_a_limited_child(report, limits)
    if end == -signal.SIGXCPU:
        return {"failed": "time", "detail": f"{limits.cpu_seconds} s of processor time"}
    if end is not None or not answer.exists():
        return {"failed": "killed", "detail": f"ended with {end}"}
    result: dict[str, Any] = json.loads(answer.read_text())
    return result


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
        case MemoryError():
            return "memory"
        case OSError(errno=errno.EFBIG):
            return "size"
        case OSError():
            return "disk"
    return "error"


def say(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))

"""Assessing a large bid beside merely summing its amounts: `python -m tests.bench.assessing 10000` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bids.rulebook.funding import assess
from tests.bench.memory import peak_of
from tests.rulebook.funding.calls import FACTORY
from tests.rulebook.funding.volume import large_bid

TRIES, SUMS = 5, 100


def quickest(act: Callable[[], Any]) -> float:
    """Processor seconds of the quickest of a few tries: what others do on the machine is not counted."""
    tries = []
    for _ in range(TRIES):
        began = time.process_time()
        act()
        tries.append(time.process_time() - began)
    return min(tries)


def main(lines: int) -> None:
    facts = large_bid(lines)
    amounts = [share.amount.cents for share in assess(facts, FACTORY).lines.values()]
    times = {"assess": quickest(lambda: assess(facts, FACTORY)), "sum": quickest(lambda: added_up(amounts)) / SUMS}
    peak = peak_of(Path("/proc/self"))
    sys.stdout.write(json.dumps(times | {"peak": peak}))


def added_up(amounts: list[int]) -> int:
    """The same amounts as anybody would sum them, often, because once is too short to be measured."""
    total = 0
    for _ in range(SUMS):
        for amount in amounts:
            total += amount
    return total


if __name__ == "__main__":
    main(int(sys.argv[1]))

"""Assessing a large bid beside merely summing its amounts: `python -m tests.bench.assessing 10000` prints JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bids.rulebook.funding import assess
from tests.bench.memory import peak_of
from tests.bench.timing import of_a_sum, quickest
from tests.rulebook.funding.calls import FACTORY
from tests.rulebook.funding.volume import large_bid


def main(lines: int) -> None:
    facts = large_bid(lines)
    amounts = [share.amount.cents for share in assess(facts, FACTORY).lines.values()]
    times = {"assess": quickest(lambda: assess(facts, FACTORY)), "sum": of_a_sum(amounts)}
    sys.stdout.write(json.dumps(times | {"peak": peak_of(Path("/proc/self"))}))


if __name__ == "__main__":
    main(int(sys.argv[1]))

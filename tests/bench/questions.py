"""What is asked of a bid of five hundred lines: `python -m tests.bench.questions` prints JSON."""

from __future__ import annotations

import json
import sys
from functools import partial

from bids.rulebook.funding import assess
from bids.rulebook.scenarios import Measure, drivers, solve, tornado
from tests.bench.timing import of_a_sum, quickest
from tests.rulebook.scenarios.bids import FACTORY
from tests.rulebook.scenarios.volume import WANTED, five_hundred_lines


def main() -> None:
    facts = five_hundred_lines()
    chosen = drivers(facts, FACTORY)
    solved = {asked: quickest(partial(solve, facts, FACTORY, (), *wanted)) for asked, wanted in WANTED.items()}
    swings = quickest(lambda: tornado(facts, FACTORY, chosen, Measure.NATIONAL))
    amounts = [share.amount.cents for share in assess(facts, FACTORY).lines.values()]
    told = {"solve": solved, "tornado": swings, "drivers": len(chosen), "lines": len(amounts)}
    sys.stdout.write(json.dumps(told | {"sum": of_a_sum(amounts)}))


if __name__ == "__main__":
    main()

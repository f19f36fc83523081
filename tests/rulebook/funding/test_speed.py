"""A large bid is assessed while somebody waits for the page."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest

from bids.rulebook.funding import assess
from tests.rulebook.funding.calls import FACTORY
from tests.rulebook.funding.volume import large_bid


def seconds(lines: int) -> float:
    """Processor time of the best of three runs."""
    facts = large_bid(lines)
    runs = []
    for _ in range(3):
        start = time.process_time()
        assess(facts, FACTORY)
        runs.append(time.process_time() - start)
    return min(runs)


def test_ten_thousand_lines_take_half_a_second_at_most() -> None:
    assert seconds(10_000) <= 0.5


def test_plain_amounts_leave_no_steps_of_their_own() -> None:
    facts = large_bid(1_000)
    told = {step.of for step in assess(facts, FACTORY).trace}
    assert not any(line.key in told for line in facts.budget if line.amount is not None)


@pytest.mark.deep
def test_a_hundred_thousand_lines_stay_within_time_and_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.rulebook.funding.volume", "100000"], capture_output=True, text=True, check=True
    )
    figures = re.search(r"assess ([\d.]+) s, as_json ([\d.]+) s, peak (\d+) MiB", run.stdout)
    assert figures is not None
    assert float(figures[1]) <= 5
    assert int(figures[3]) <= 400

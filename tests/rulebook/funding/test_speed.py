"""A large bid is assessed while somebody waits for the page."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from bids.rulebook.funding import assess
from tests.rulebook.funding.calls import FACTORY
from tests.rulebook.funding.volume import large_bid


def measured(lines: int) -> tuple[float, int]:
    """Processor seconds and MiB of a process of its own, where no coverage tool slows it down."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.rulebook.funding.volume", str(lines)], capture_output=True, text=True, check=True
    )
    figures = re.search(r"assess ([\d.]+) s, as_json ([\d.]+) s, peak (\d+) MiB", run.stdout)
    assert figures is not None
    return float(figures[1]), int(figures[3])


def test_ten_times_the_lines_take_about_ten_times_as_long() -> None:
    """A ratio within one run: how fast the machine is does not matter."""
    small, large = (min(measured(lines)[0] for _ in range(2)) for lines in (2_000, 20_000))
    assert large <= 15 * small


@pytest.mark.deep
def test_ten_thousand_lines_take_half_a_second_at_most() -> None:
    assert min(measured(10_000)[0] for _ in range(3)) <= 0.5


def test_plain_amounts_leave_no_steps_of_their_own() -> None:
    facts = large_bid(1_000)
    told = {step.of for step in assess(facts, FACTORY).trace}
    assert not any(line.key in told for line in facts.budget if line.amount is not None)


@pytest.mark.deep
def test_a_hundred_thousand_lines_stay_within_time_and_memory() -> None:
    seconds, mebibytes = measured(100_000)
    assert seconds <= 5
    assert mebibytes <= 400

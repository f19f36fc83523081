"""Changes as they are written down, and the sentences for what no lever takes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bids.rulebook.scenarios import Change, LeverName, Refusal, check, read, written
from tests.rulebook.scenarios.bids import put, tandem

SOME = (
    put(LeverName.ACCELERATORS, "320"),
    put(LeverName.PRICES, "1.10", "A1"),
    put(LeverName.WITHOUT_SITE, None, "charleroi"),
)


def test_what_is_written_is_read_back() -> None:
    rows = written(SOME)
    assert rows[1] == {"lever": "prices", "target": "A1", "value": "1.10"}
    assert read(rows) == SOME


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("accelerators", "This is no change of a scenario"),
        ({"lever": "accelerators", "target": 3, "value": "1"}, "This is no change of a scenario"),
        ({"lever": "gravity", "value": "1"}, "No lever is called"),
        ({"lever": "accelerators", "value": 3}, "This is no number"),
        ({"lever": "accelerators", "value": "1e9"}, "This is no number"),
        ({"lever": "accelerators", "value": "-1"}, "This is no number"),
        ({"lever": "accelerators", "value": "1.5"}, "Number of accelerators: write a whole number."),
        ({"lever": "accelerators", "value": None}, "Number of accelerators: write a whole number."),
        ({"lever": "load", "value": "1.01"}, "Load of the machine must lie between 0 and 1."),
        ({"lever": "pue", "value": "0.9"}, "Power usage effectiveness (PUE) must lie between 1 and 10."),
        ({"lever": "line_amount", "target": "M1", "value": "1.001"}, "Amount of a line: write an amount in euro."),
        ({"lever": "without_site", "target": "zellik", "value": "1"}, "Without a site takes no value."),
    ],
)
def test_what_no_lever_takes_is_refused_in_words(row: Any, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        read([row])
    assert str(refused.value.sentence).startswith(words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(LeverName.WITHOUT_SITE), "Without a site: choose what it is about."),
        (put(LeverName.LINE_AMOUNT, "1"), "Amount of a line: choose what it is about."),
        (put(LeverName.PUE, "1.2", "mons"), "this bid has no “mons”"),
        (put(LeverName.PRICES, "1.2", "B"), "this bid has no “B”"),
        (put(LeverName.DURATION, "12", "zellik"), "this bid has no “zellik”"),
        (Change(LeverName.DELAY, "", Decimal(121)), "Later start must lie between 0 and 120."),
    ],
)
def test_what_this_bid_does_not_have_is_told(change: Change, words: str) -> None:
    assert words in str(check(change, tandem))


@pytest.mark.parametrize("change", SOME, ids=lambda change: change.lever.value)
def test_what_fits_is_not_refused(change: Change) -> None:
    assert check(change, tandem) is None

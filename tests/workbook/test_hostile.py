"""Hostile workbooks are refused in words, soon, and by a process that takes nobody along."""

from __future__ import annotations

import resource
import time
from random import Random

import pytest

from bids import wording
from bids.actions.workbooks import _REFUSED, NotTaken, look_into
from tests.workbook.hostile import EXTERNAL, GOOD, REFUSED, SHEET, a_huge_dimension, changed, many_rows, with_part
from tests.workbook.reading import a_sheet, looked

CASES = [(code, name) for code, cases in REFUSED.items() for name in cases]
SECONDS = 10
MIB = 300


@pytest.mark.parametrize(("code", "name"), CASES)
def test_it_is_refused_for_what_it_is(code: str, name: str) -> None:
    assert looked(REFUSED[code][name]())["refused"] == code


def peak_mib() -> int:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize(
    "name", ["a bomb", "a bomb that lies", "a billion laughs", "a million rows behind a dimension of one"]
)
def test_it_is_refused_soon_by_a_process_of_its_own(name: str) -> None:
    content = next(cases[name] for cases in REFUSED.values() if name in cases)()
    began, peak = time.monotonic(), peak_mib()
    with pytest.raises(NotTaken) as refused:
        look_into(content)
    assert time.monotonic() - began < SECONDS
    assert peak_mib() - peak < MIB  # all the tests before this one are in the same process
    assert wording.say(refused.value.reason)


def test_every_refusal_has_words() -> None:
    assert set(REFUSED) <= set(_REFUSED)


def test_a_dimension_that_promises_the_whole_sheet_costs_nothing() -> None:
    found = looked(changed(SHEET, a_huge_dimension))
    assert [number for number, _cells in found["rows"]] == [2]


def test_a_dimension_of_one_cell_hides_no_row() -> None:
    assert len(looked(many_rows(3000))["rows"]) == 3000


def test_the_last_line_that_is_taken_is_read_and_one_more_is_refused() -> None:
    assert len(looked(many_rows(5000))["rows"]) == 5000
    assert looked(many_rows(5001))["refused"] == "rows"


def test_what_stands_far_to_the_right_is_not_passed_over() -> None:
    found = looked(a_sheet(("Line", "Amount"), ("L001", 1), (*[None] * 70, "far")))
    assert found == {"refused": "columns", "most": 60, "row": 3}


def test_more_text_than_can_be_read_is_refused() -> None:
    noise = Random(1).randbytes(15_000).hex()
    content = a_sheet(("Line", "Description"), *((f"L{at}", noise) for at in range(200)))
    assert looked(content)["refused"] == "text"


def test_a_good_one_passes() -> None:
    assert look_into(GOOD)["rows"] == [
        [2, {"key": ["s", "L001"], "description": ["s", "A cost"], "amount": ["n", "12.5"]}]
    ]


def test_a_link_in_a_cell_is_harmless() -> None:
    link = EXTERNAL.replace(b"externalLinkPath", b"hyperlink").replace(b"file:///etc/passwd", b"https://example.org/")
    assert "rows" in looked(with_part("xl/worksheets/_rels/sheet1.xml.rels", link))

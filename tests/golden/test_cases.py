"""Whole bids, worked out by hand: every figure and every step, as others will read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bids.rulebook.funding import as_json, assess
from tests.golden.cases import CASES, Case

FOLDER = Path(__file__).parent


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_whole_assessment_is_as_worked_out(case: Case) -> None:
    expected = json.loads((FOLDER / f"{case.name}.json").read_text(encoding="utf-8"))
    assert as_json(assess(case.facts, case.call, on=case.on)) == expected


def test_every_file_belongs_to_a_case() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == {case.name for case in CASES}

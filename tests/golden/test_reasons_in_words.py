"""What people are told about every figure, word for word and cent for cent."""

from __future__ import annotations

import pytest

from tests.golden.cases import CASES, Case
from tests.golden.reasons import SHELF, told


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_figure_is_told_as_it_was_read_and_kept(case: Case) -> None:
    assert told(case) == (SHELF / f"{case.name}.txt").read_text()

"""Scores, thresholds and the score to rank by."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bids.rulebook.call import Criterion
from bids.rulebook.scoring import is_on_scale, outcome
from tests.rulebook.funding.calls import CRITERIA


def scores(*values: str) -> dict[str, Decimal]:
    return {each.id: Decimal(value) for each, value in zip(CRITERIA.criteria, values, strict=False)}


def test_thresholds_are_met_by_equalling_them() -> None:
    found = outcome(replace(CRITERIA, overall_threshold=Decimal(9)), scores("3", "3", "3"))
    assert found.passes
    assert found.total == found.ranking == Decimal(9)


def test_each_shortfall_is_a_sentence() -> None:
    found = outcome(CRITERIA, scores("2.5", "3"))
    assert [str(each) for each in found.shortfalls] == [
        "Excellence scores 2.5, below its threshold of 3.",
        "Implementation has no score yet.",
        "The scores add up to 5.5, below the overall threshold of 10.",
    ]
    assert not found.passes


def test_a_criterion_that_is_only_passed_or_failed_adds_nothing() -> None:
    commitment = Criterion("commitment", "", pass_fail=True)
    criteria = replace(CRITERIA, criteria=(*CRITERIA.criteria, commitment))
    good = scores("4", "4", "4")
    assert outcome(criteria, good | {"commitment": Decimal(1)}) == outcome(CRITERIA, good)
    failed = outcome(criteria, good | {"commitment": Decimal(0)})
    assert [str(each) for each in failed.shortfalls] == ["commitment is not fulfilled."]


def test_weights_count_in_the_sum_and_other_weights_in_the_ranking() -> None:
    heavy = replace(CRITERIA.criteria[0], weight=Decimal(2))
    criteria = replace(CRITERIA, criteria=(heavy, *CRITERIA.criteria[1:]), ranking_weights={"impact": Decimal("1.5")})
    found = outcome(criteria, scores("4", "3", "3"))
    assert found.total == Decimal(14)
    assert found.ranking == Decimal("15.5")


def test_without_thresholds_everything_scored_passes() -> None:
    free = replace(
        CRITERIA,
        overall_threshold=None,
        criteria=tuple(replace(each, threshold=None) for each in CRITERIA.criteria),
    )
    assert outcome(free, scores("0", "0", "0")).passes


@pytest.mark.parametrize(
    ("score", "fits"), [("0", True), ("3.5", True), ("5", True), ("3.7", False), ("5.5", False), ("-0.5", False)]
)
def test_a_score_stands_on_the_scale_in_halves(score: str, fits: bool) -> None:
    assert is_on_scale(CRITERIA, Decimal(score)) is fits

"""Side by side, from one to the other, which driver matters, and which value reaches a target."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bids.rulebook.money import Euro
from bids.rulebook.scenarios import (
    MEASURES,
    By,
    Change,
    LeverName,
    Measure,
    Solution,
    Unreachable,
    apply,
    bridge,
    drivers,
    outcome,
    solve,
    tornado,
)
from bids.rulebook.vocabulary import CommitmentStatus
from tests.rulebook.scenarios.bids import FACTORY, put, tandem

NOW = outcome(tandem, FACTORY).assessment

some_changes = some.lists(
    some.one_of(
        some.builds(put, some.just(LeverName.ACCELERATORS), some.integers(0, 200).map(str)),
        some.builds(put, some.just(LeverName.PRICES), some.integers(0, 3000).map(lambda n: f"{n / 1000:.3f}")),
        some.builds(put, some.just(LeverName.RATE_ACQUISITION), some.integers(0, 50).map(lambda n: f"{n / 100:.2f}")),
        some.builds(put, some.just(LeverName.WITHOUT_SITE), some.none(), some.sampled_from(["zellik", "charleroi"])),
        some.builds(put, some.just(LeverName.WITHOUT_PARTNER), some.none(), some.sampled_from(["imec", "cenaero"])),
        some.builds(put, some.just(LeverName.DELAY), some.integers(0, 40).map(str)),
    ),
    max_size=4,
)


@given(some_changes)
def test_every_bridge_is_the_whole_difference(changes: list[Change]) -> None:
    after = outcome(apply(tandem, changes).facts, FACTORY).assessment
    for by in By:
        spans = bridge(NOW, after, by)
        assert Euro.total(span.total for span in spans) == after.total - NOW.total, by
        assert Euro.total(span.eu for span in spans) == after.eu - NOW.eu, by


def test_the_largest_part_of_a_bridge_comes_first_and_what_is_equal_is_left_out() -> None:
    after = outcome(apply(tandem, (put(LeverName.WITHOUT_SITE, None, "charleroi"),)).facts, FACTORY).assessment
    assert [(span.key, span.rest.cents < 0) for span in bridge(NOW, after, By.SITE)] == [("charleroi", True)]
    assert [span.key for span in bridge(NOW, after, By.STREAM)] == ["machine", "services"]
    assert bridge(NOW, NOW, By.YEAR) == []


def test_the_widest_swing_comes_first() -> None:
    swings = tornado(tandem, FACTORY, drivers(tandem, FACTORY), Measure.NATIONAL)
    assert [swing.width for swing in swings] == sorted((swing.width for swing in swings), reverse=True)
    assert swings[0].driver.low.lever is LeverName.ACCELERATORS
    assert len(swings) == 8


def test_a_driver_is_moved_by_itself_both_ways() -> None:
    (swing,) = tornado(tandem, FACTORY, drivers(tandem, FACTORY)[1:2], Measure.TOTAL)
    assert (swing.now, swing.at_low, swing.at_high) == (
        NOW.total.cents, NOW.total.cents - 20_000_000, NOW.total.cents + 20_000_000
    )  # fmt: skip


def test_drivers_stay_within_the_bounds_of_their_levers() -> None:
    full = replace(tandem, rates=replace(tandem.rates, acquisition=Decimal("0.02")))
    found = {driver.low.lever: driver for driver in drivers(full, FACTORY)}
    assert found[LeverName.RATE_ACQUISITION].low.value == 0
    assert found[LeverName.RATE_OPERATION].low.value == Decimal("0.45")
    assert found[LeverName.PUE].low.value == Decimal("1.08")
    assert drivers(replace(tandem, budget=(), sites=()), FACTORY) == []


def measured(change: Change, measure: Measure) -> Fraction:
    return MEASURES[measure](outcome(apply(tandem, (change,)).facts, FACTORY).assessment)


@pytest.mark.parametrize(
    ("lever", "measure", "target"),
    [
        (put(LeverName.ACCELERATORS, "40"), Measure.NATIONAL, Fraction(100_000_000)),
        (put(LeverName.ACCELERATORS, "40"), Measure.TOTAL, Fraction(1_000_000_000)),
        (put(LeverName.ACCELERATOR_PRICE, "1"), Measure.EU, Fraction(123_456_789)),
        (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(45, 100)),
        (put(LeverName.RATE_OPERATION, "0.5"), Measure.NATIONAL, Fraction(140_000_000)),
        (put(LeverName.LINE_UNIT_COST, "50000", "M1"), Measure.UNCOVERED, Fraction(1_000_000)),
    ],
)
def test_a_value_is_found_with_its_neighbour_beyond(lever: Change, measure: Measure, target: Fraction) -> None:
    found = solve(tandem, FACTORY, (), lever, measure, target)
    assert isinstance(found, Solution)
    assert measured(found.change, measure) == found.reached
    assert found.reached <= target
    if not found.is_exact:
        assert found.beyond is not None
        assert measured(found.beyond, measure) == found.passed > target
        assert abs(found.beyond.value - found.change.value) == found.change.of.scale.step


def test_a_target_that_is_met_to_the_cent_is_exact() -> None:
    found = solve(tandem, FACTORY, (), put(LeverName.LINE_AMOUNT, "1", "M5"), Measure.TOTAL, Fraction(NOW.total.cents))
    assert isinstance(found, Solution)
    assert (found.is_exact, found.change.value, found.beyond) == (True, Decimal("100000.00"), None)


def test_how_far_one_can_go_before_something_is_not_covered() -> None:
    found = solve(tandem, FACTORY, (), put(LeverName.ACCELERATORS, "40"), Measure.UNCOVERED, Fraction(0))
    assert isinstance(found, Solution)
    beyond = replace(found.change, value=found.change.value + 1)
    assert (measured(found.change, Measure.UNCOVERED), measured(beyond, Measure.UNCOVERED) > 0) == (0, True)


def test_where_every_value_will_do_it_stays_where_it_is() -> None:
    rich = replace(tandem.commitments[0], amount=Euro.of("999999999999.00"), status=CommitmentStatus.SIGNED)
    found = solve(
        replace(tandem, commitments=(rich,)), FACTORY, (), put(LeverName.PUE, "1.2"), Measure.UNCOVERED, Fraction(0)
    )
    assert isinstance(found, Solution)
    assert (found.is_exact, found.change.value) == (True, Decimal("1.2"))


def test_other_changes_are_made_first() -> None:
    alone = solve(tandem, FACTORY, (), put(LeverName.ACCELERATORS, "40"), Measure.TOTAL, Fraction(200_000_000))
    dearer = solve(
        tandem, FACTORY, (put(LeverName.ACCELERATOR_PRICE, "2"),), put(LeverName.ACCELERATORS, "40"), Measure.TOTAL,
        Fraction(200_000_000),
    )  # fmt: skip
    assert isinstance(alone, Solution)
    assert isinstance(dearer, Solution)
    assert dearer.change.value < alone.change.value


@pytest.mark.parametrize(
    ("lever", "measure", "target", "words"),
    [
        (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.TOTAL, Fraction(1), "does not move this figure at all"),
        (put(LeverName.RATE_ACQUISITION, "0.5"), Measure.EU_SHARE, Fraction(9, 10), "can't bring the figure that high"),
        (put(LeverName.ACCELERATORS, "40"), Measure.NATIONAL, Fraction(100), "can't bring the figure that low"),
    ],
)
def test_a_target_that_can_not_be_reached_is_told_with_the_range(
    lever: Change, measure: Measure, target: Fraction, words: str
) -> None:
    found = solve(tandem, FACTORY, (), lever, measure, target)
    assert isinstance(found, Unreachable)
    assert words in str(found.reason)
    assert not found.least <= target <= found.most or found.least == found.most

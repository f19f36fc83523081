"""Money loses no cent and never meets a float."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids.rulebook.money import Euro, Rounding, fraction, quotient, ratio, rounded, split_cents, whole_weights

amounts = st.integers(0, 10**15)
weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(sum)


@pytest.mark.parametrize(
    ("text", "cents"),
    [("0", 0), ("1", 100), ("1.5", 150), ("1234.56", 123456), ("-0.01", -1), ("-0.00", 0), (7, 700)],
)
def test_an_amount_is_read_to_the_cent(text: str | int, cents: int) -> None:
    assert Euro.of(text) == Euro(cents)


@pytest.mark.parametrize(
    "text",
    ["", "1.234", "1,50", "1.", ".5", "+1", " 1", "1 ", "1e3", "NaN", "Infinity", "١", "1_000", "--1", "0x1", "1\n"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Euro.of(text)


@pytest.mark.parametrize("number", [0.1, Decimal("1E+2"), Decimal("NaN"), None, Decimal("0.001")])
def test_an_inexact_or_endless_number_is_refused(number: object) -> None:
    if number == 0.1:
        assert Euro.of(str(number)) == Euro(10)
        return
    with pytest.raises(ValueError, match="not an amount"):
        Euro.of(number)  # type: ignore[arg-type]


@given(st.integers(-(10**15), 10**15))
def test_an_amount_survives_being_written_and_read(cents: int) -> None:
    assert Euro.of(str(Euro(cents))) == Euro(cents)


def test_amounts_are_added_compared_and_negated() -> None:
    assert Euro(150) + Euro(50) - Euro(1) == Euro(199)
    assert -Euro(5) < Euro() < Euro(5)
    assert Euro.total([Euro(1), Euro(2)]) == Euro(3)
    assert Euro.total([]) == Euro()
    assert not Euro()
    assert Euro(-1)
    assert str(Euro(-5)) == "-0.05"
    assert str(Euro(100)) == "1.00"


@pytest.mark.parametrize(
    ("cents", "rate", "rounding", "expected"),
    [
        (1, Fraction(1, 2), Rounding.HALF_UP, 1),
        (1, Fraction(1, 2), Rounding.DOWN, 0),
        (3, Fraction(1, 2), Rounding.HALF_UP, 2),
        (100, Fraction(1, 3), Rounding.HALF_UP, 33),
        (200, Fraction(1, 3), Rounding.HALF_UP, 67),
        (200, Fraction(1, 3), Rounding.DOWN, 66),
        (-1, Fraction(1, 2), Rounding.HALF_UP, 0),
        (-1, Fraction(1, 2), Rounding.DOWN, -1),
        (7, 2, Rounding.DOWN, 14),
    ],
)
def test_a_rate_is_settled_to_the_cent_as_told(
    cents: int, rate: Fraction | int, rounding: Rounding, expected: int
) -> None:
    assert Euro(cents).times(rate, rounding) == Euro(expected)
    assert rounded(cents * Fraction(rate), rounding) == expected


def test_half_up_is_the_way_when_none_is_named() -> None:
    assert Euro(1).times(Fraction(1, 2)) == Euro(1)
    assert quotient(1, 2) == 1
    assert rounded(Fraction(1, 2)) == 1
    assert ratio(Euro(1), Euro(3)) == Decimal("0.333333")
    assert ratio(Euro(2), Euro(3)) == Decimal("0.666667")


@given(amounts, weights)
def test_a_split_loses_no_cent_and_stays_within_a_cent(cents: int, shared: list[int]) -> None:
    parts = split_cents(cents, shared)
    assert sum(parts) == cents
    whole = sum(shared)
    for part, weight in zip(parts, shared, strict=True):
        assert abs(part * whole - cents * weight) < whole


@given(amounts, weights, st.randoms(use_true_random=False))
def test_a_split_by_keys_does_not_depend_on_the_order(cents: int, shared: list[int], shuffler: object) -> None:
    keys = [f"k{position:02}" for position in range(len(shared))]
    order = shuffler.sample(range(len(shared)), len(shared))
    parts = split_cents(cents, [shared[i] for i in order], [keys[i] for i in order])
    assert dict(zip([keys[i] for i in order], parts, strict=True)) == dict(
        zip(keys, split_cents(cents, shared, keys), strict=True)
    )


def test_cents_left_over_go_to_the_largest_remainder_then_to_the_smaller_key() -> None:
    assert split_cents(100, [1, 1, 1]) == [34, 33, 33]
    assert split_cents(100, [1, 1, 1], ["c", "b", "a"]) == [33, 33, 34]
    assert split_cents(101, [1, 1, 1], ["c", "b", "a"]) == [33, 34, 34]
    assert split_cents(10, [1, 2], ["a", "b"]) == [3, 7]
    assert split_cents(1, [0, 5, 0]) == [0, 1, 0]


def test_an_amount_is_split_by_fractions_too() -> None:
    parts = Euro.of("40000000.00").split([20, fraction("37.5"), fraction("37.5"), 5])
    assert [str(part) for part in parts] == ["8000000.00", "15000000.00", "15000000.00", "2000000.00"]
    assert whole_weights([1, Fraction(1, 2), Fraction(1, 3)]) == [6, 3, 2]


def test_nothing_can_be_shared_by_no_weights_and_something_can_not() -> None:
    assert split_cents(0, [0, 0]) == [0, 0]
    assert Euro().split([]) == ()
    for shared in ([], [0, 0], [2, -1], [-1, -2]):
        with pytest.raises(ValueError, match="add up to more than zero"):
            split_cents(1, shared)


def test_a_ratio_has_its_places_and_none_where_there_is_nothing() -> None:
    assert str(ratio(Euro(0), Euro(5))) == "0.000000"
    assert str(ratio(Euro(1), Euro(1))) == "1.000000"
    assert str(ratio(Euro(2), Euro(3), decimals=4, rounding=Rounding.DOWN)) == "0.6666"
    assert ratio(Euro(1), Euro()) is None


def test_a_decimal_is_taken_exactly() -> None:
    assert fraction(Decimal("0.10")) == Fraction(1, 10)
    assert fraction("37.5") == Fraction(75, 2)

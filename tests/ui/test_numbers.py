"""Numbers in four languages: what is written is read back, and nothing is guessed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids import numbers
from bids.numbers import Unclear
from bids.rulebook.money import Euro

CONTINENTAL = ("fr", "nl", "de")
LANGUAGES = ("en", *CONTINENTAL)
cents = st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1)


def test_english_writes_euro_with_commas_and_a_point() -> None:
    assert numbers.write_euro(Euro.of("1234.56"), "en") == "€\xa01,234.56"


@pytest.mark.parametrize("language", CONTINENTAL)
def test_the_other_languages_write_euro_with_a_no_break_space_and_a_comma(language: str) -> None:
    assert numbers.write_euro(Euro.of("1234567.80"), language) == "1\xa0234\xa0567,80\xa0€"


def test_a_negative_amount_has_a_true_minus() -> None:
    assert numbers.write_amount(Euro.of("-1234.50"), "en") == "−1,234.50"


def test_a_decimal_keeps_its_digits() -> None:
    assert numbers.write_decimal(Decimal("0.50"), "nl") == "0,50"


@pytest.mark.parametrize(
    ("share", "decimals", "written"),
    [
        (Fraction(1, 2), None, "50\xa0%"),
        (Decimal("0.478123"), None, "47,8123\xa0%"),
        (Decimal("0.478123"), 1, "47,8\xa0%"),
        (Fraction(2, 3), None, "66,6667\xa0%"),
        (Decimal("0.4999995"), None, "49,99995\xa0%"),
        (Decimal("1"), None, "100\xa0%"),
    ],
)
def test_a_share_is_written_as_a_percentage(share: Fraction | Decimal, decimals: int | None, written: str) -> None:
    assert numbers.write_percent(share, "fr", decimals) == written


def test_labels_of_plots_are_in_millions() -> None:
    assert numbers.write_millions(Euro.of("23149999.99"), "de") == "23,1"


@given(cents=cents, language=st.sampled_from(LANGUAGES))
def test_every_amount_a_page_writes_is_read_back(cents: int, language: str) -> None:
    amount = Euro(cents)
    assert numbers.read_amount(numbers.write_amount(amount, language), language) == amount
    assert numbers.read_amount(numbers.write_euro(amount, language), language) == amount
    assert numbers.read_amount(str(amount), language) == amount


@given(
    number=st.decimals(min_value=Decimal(-(10**11)), max_value=Decimal(10**11), places=3),
    language=st.sampled_from(LANGUAGES),
)
def test_a_decimal_the_page_wrote_comes_back_unasked(number: Decimal, language: str) -> None:
    assert numbers.read_decimal(numbers.write_decimal(number, language), language, shown=number) == number


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("1 234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1\u202f234\u00a0567,8", "1234567.80"),
        ("1.234.567", "1234567.00"),
        ("1 000 000", "1000000.00"),
        ("12,5", "12.50"),
        ("12.5", "12.50"),
        (",5", "0.50"),
        ("1234.5", "1234.50"),
        ("  € 12 ", "12.00"),
        ("12,50 EUR", "12.50"),
        ("− 5", "-5.00"),
        ("+5", "5.00"),
        ("007", "7.00"),
    ],
)
def test_both_forms_are_read_in_every_language(typed: str, read: str, language: str) -> None:
    assert str(numbers.read_amount(typed, language)) == read


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_point_before_three_digits_is_a_question(language: str) -> None:
    with pytest.raises(Unclear) as question:
        numbers.read_amount("1.234", language)
    assert str(question.value.sentence) == (
        "“1.234” can be read in two ways. Do you mean 1234? Then write 1234. "
        "Otherwise write the amount with at most two decimals."
    )


@pytest.mark.parametrize("language", CONTINENTAL)
def test_a_comma_before_three_digits_is_a_question_where_it_is_the_decimal_mark(language: str) -> None:
    with pytest.raises(Unclear):
        numbers.read_amount("-1,234", language)


def test_a_comma_before_three_digits_is_the_english_mark_of_thousands() -> None:
    assert numbers.read_amount("50,000", "en") == Euro.of(50000)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["1.234", "1,234"])
def test_a_quantity_with_either_mark_before_three_digits_is_a_question(typed: str, language: str) -> None:
    with pytest.raises(Unclear) as question:
        numbers.read_decimal(typed, language)
    longer = "1.2340" if language == "en" else "1,2340"
    assert f"Write 1234 for the first, {longer} for the second." in str(question.value)
    assert numbers.read_decimal(longer, language) == Decimal("1.2340")


@pytest.mark.parametrize("typed", ["0.123", "1234.567", "1.2345", "0,123"])
def test_three_decimals_that_can_only_be_decimals_are_read(typed: str) -> None:
    assert numbers.read_decimal(typed, "nl") == Decimal(typed.replace(",", "."))


def test_the_digits_of_a_quantity_stay_as_typed() -> None:
    assert str(numbers.read_decimal("0,50", "en")) == "0.50"


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "€", "abc", "1e5", "12 34,5", "1,2,3", "1.234.56", "5.", "0 123", "--5", "5-", "٣", "NaN", "Infinity",
     "1_000", "0x10", "<b>1</b>", "9" * 500, "1 2 3", "12k", "\x00", "1\n2", "1\n234", "1\t234"],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_number_gets_a_sentence(typed: str, language: str) -> None:
    with pytest.raises(Unclear) as amount:
        numbers.read_amount(typed, language)
    with pytest.raises(Unclear) as quantity:
        numbers.read_decimal(typed, language)
    assert str(amount.value).endswith("for example 1234.56.")
    assert str(quantity.value).endswith("for example 1234.56.")


@given(typed=st.text(alphabet="0123456789.,' -+€\u00a0", max_size=14), language=st.sampled_from(LANGUAGES))
def test_whatever_is_typed_is_a_number_or_a_sentence(typed: str, language: str) -> None:
    """And the two readers never understand the same text as two different numbers."""
    with suppress(Unclear):
        amount = numbers.read_amount(typed, language)
        assert Decimal(str(amount)) == numbers.read_decimal(typed, language)


def test_too_many_decimals_are_refused_with_the_limit() -> None:
    with pytest.raises(Unclear, match=r"has too many decimals\. Write at most 2\."):
        numbers.read_amount("1,2345", "fr")
    with pytest.raises(Unclear, match=r"has too many decimals\. Write at most 4\."):
        numbers.read_decimal("1,23456", "fr", decimals=4)


def test_a_number_larger_than_any_budget_is_refused() -> None:
    assert numbers.read_amount("999 999 999 999,99", "fr") == Euro(99_999_999_999_999)
    with pytest.raises(Unclear, match="is too large"):
        numbers.read_amount("1 000 000 000 000", "fr")

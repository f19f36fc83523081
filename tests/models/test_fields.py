"""Columns give back exactly what was put into them, or refuse it in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from bids.models import Bid, BudgetLine
from bids.models.fields import (
    DecimalTextField,
    EuroField,
    LineField,
    WordField,
    pricing_as_dict,
    pricing_of,
    word_choices,
)
from bids.rulebook.facts import DepreciationPricing, EnergyPricing, PersonnelPricing, SmeOwnerPricing
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, PartnerKind
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_amount_is_kept_in_cents_and_given_back_as_euro() -> None:
    line = factories.a_line(factories.a_bid(), amount=Euro.of("566666.67"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT amount FROM bids_budgetline")
        assert cursor.fetchone() == (56666667,)
    line.refresh_from_db()
    assert line.amount == Euro(56666667)


def test_the_database_sums_amounts_to_the_cent() -> None:
    bid = factories.a_bid()
    for cents in (1, 2, 33_333_333_333_333):
        factories.a_line(bid, amount=Euro(cents))
    assert bid.budget_lines.aggregate(sum=Sum("amount"))["sum"] == Euro(33_333_333_333_336)


@pytest.mark.parametrize("bare", [5, 5.0, Decimal(5), "5"])
def test_a_bare_number_is_not_an_amount(bare: object) -> None:
    with pytest.raises(TypeError, match="an amount is a Euro"):
        BudgetLine.objects.filter(amount=bare).exists()


@pytest.mark.parametrize(("typed", "amount"), [("12.50", Euro(1250)), (Decimal("3"), Euro(300)), (7, Euro(700))])
def test_a_typed_amount_is_read(typed: object, amount: Euro) -> None:
    assert EuroField().to_python(typed) == amount


@pytest.mark.parametrize("typed", ["12.345", "a lot", "", "1e3", "1,5", Decimal("0.001")])
def test_what_is_no_amount_is_refused_in_words(typed: object) -> None:
    with pytest.raises(ValidationError, match="at most two decimals"):
        EuroField().to_python(typed)


def test_an_amount_larger_than_any_bid_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="larger than any bid"):
        EuroField().clean(Euro(10**17 + 1), None)
    assert EuroField().clean(Euro(10**17), None) == Euro(10**17)


@pytest.mark.parametrize("text", ["0.50", "0.5", "54", "0.000001", "100", "0.00", "123456789012345.1234"])
def test_a_decimal_stays_as_it_was_typed(text: str) -> None:
    line = factories.a_line(factories.a_bid(), quantity=Decimal(text))
    line.refresh_from_db()
    assert str(line.quantity) == format(Decimal(text), "f") == text


@pytest.mark.parametrize("typed", ["1,5", "many", "NaN", "Infinity"])
def test_what_is_no_decimal_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValidationError, match="decimal point"):
        DecimalTextField().to_python(typed)


def test_more_decimals_than_a_column_takes_are_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="at most 4 decimals"):
        DecimalTextField(decimals=4).clean("0.12345", None)
    assert DecimalTextField(decimals=4).clean("0.1234", None) == Decimal("0.1234")


def test_a_word_comes_back_as_the_word_itself() -> None:
    bid = factories.a_bid()
    assert bid.state is BidState.DRAFT
    assert Bid.objects.filter(state=BidState.DRAFT).get() == bid


def test_a_word_nobody_knows_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="isn't one of the choices"):
        WordField(PartnerKind).clean("hobbyist", None)


def test_the_choices_of_words_carry_their_labels() -> None:
    assert [(value, str(label)) for value, label in word_choices(PartnerKind)][:2] == [
        ("public", "Public body"), ("non_profit", "Non-profit organisation"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["a\x00b", "half \ud800 a pair"])
def test_characters_no_database_keeps_are_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="can't be stored"):
        LineField().clean(text, None)


@pytest.mark.parametrize(
    "pricing",
    [
        DepreciationPricing(
            price=Euro.of("1250000.00"), life_months=60, months_in_action=34, share_of_use=Decimal("0.80")
        ),
        PersonnelPricing(annual_cost=Euro.of("75000.00"), max_days=Decimal("215"), days=Decimal("10.50")),
        SmeOwnerPricing(days=Decimal("12"), country="BE"),
        EnergyPricing(
            kw=Decimal("1500"), pue=Decimal("1.20"), load=Decimal("0.75"), price_per_kwh=Decimal("0.1100"),
            years=Decimal("5"),
        ),
    ],
)  # fmt: skip
def test_a_formula_comes_back_exactly(pricing: object) -> None:
    line = factories.a_line(factories.a_bid(), amount=None, pricing=pricing)
    line.refresh_from_db()
    assert line.pricing == pricing
    assert pricing_as_dict(line.pricing) == pricing_as_dict(pricing)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=4), st.integers(0, 1200))
def test_every_formula_survives_as_plain_data(share: Decimal, months: int) -> None:
    pricing = DepreciationPricing(price=Euro(months), life_months=60, months_in_action=months, share_of_use=share)
    again = pricing_of(pricing_as_dict(pricing))
    assert again == pricing
    assert str(again.share_of_use) == str(share)

"""Sentences are data; their English words serve logs, commands and tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bids.rulebook.money import Euro
from bids.rulebook.text import Problem, Sentence, gettext_noop, sentence


def test_a_sentence_without_parameters_is_its_template() -> None:
    assert str(Sentence("All 100 % of it.")) == "All 100 % of it."


def test_parameters_are_filled_in_by_name() -> None:
    words = sentence("%(line)s costs %(amount)s.", line="L1", amount=Euro(150))
    assert str(words) == "L1 costs 1.50."
    assert words == Sentence("%(line)s costs %(amount)s.", {"line": "L1", "amount": Euro(150)})


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(1, 4), "25 %"),
        (Fraction(1), "100 %"),
        (Fraction(0), "0 %"),
        (Fraction(7, 40), "17.5 %"),
        (Fraction(1, 3), "33.333333 %"),
        (Fraction(12), "1200 %"),
        (Decimal("0.500000"), "0.500000"),
        (date(2026, 3, 1), "2026-03-01"),
        (36, "36"),
        (Sentence("direct costs"), "direct costs"),
    ],
)
def test_each_kind_of_parameter_has_plain_words(value: object, written: str) -> None:
    assert str(sentence("%(value)s", value=value)) == written


def test_a_marked_template_is_itself() -> None:
    assert gettext_noop("Draft") == "Draft"


def test_a_problem_says_where_and_what() -> None:
    problem = Problem("$.budget[3].amount", Sentence("Write an amount."))
    assert str(problem) == "$.budget[3].amount: Write an amount."

"""Sentences are data; their English words serve logs, commands and tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from bids.rulebook.money import Euro
from bids.rulebook.text import (
    Problem,
    Sentence,
    counted,
    gettext_noop,
    nearest,
    ngettext_noop,
    one_of,
    quoted,
    sentence,
)


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


@pytest.mark.parametrize(
    ("labels", "words"),
    [(["Draft"], "Draft"), (["Draft", "Locked"], "Draft or Locked"), (["A", "B", "C", "D"], "A, B, C or D")],
)
def test_labels_are_offered_as_an_alternative(labels: list[str], words: str) -> None:
    assert str(one_of(labels)) == words


def test_what_somebody_wrote_is_quoted_short_and_on_one_line() -> None:
    assert quoted("imec") == '"imec"'
    assert quoted("a\nb\x1b") == '"a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"'
    assert quoted("x" * 61) == '"' + "x" * 59 + '…"'
    assert quoted("x" * 60) == '"' + "x" * 60 + '"'
    assert quoted(None) == '"None"'


def test_the_nearest_known_word_is_offered_or_none() -> None:
    assert nearest("cenareo", ["imec", "cenaero"]) == "cenaero"
    assert nearest("zzz", ["imec", "cenaero"]) is None
    assert nearest("x", []) is None


def test_a_problem_reads_as_place_and_sentence() -> None:
    words = sentence(gettext_noop("%(name)s is missing."), name="title")
    assert str(Problem("$.title", words)) == "$.title: title is missing."


def test_a_sentence_about_so_many_has_a_form_for_one() -> None:
    templates = ngettext_noop("%(count)s line of %(site)s", "%(count)s lines of %(site)s")
    assert [str(counted(templates, count, site="Zellik")) for count in (0, 1, 2)] == [
        "0 lines of Zellik", "1 line of Zellik", "2 lines of Zellik"
    ]  # fmt: skip

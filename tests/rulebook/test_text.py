"""Sentences about what somebody wrote."""

from __future__ import annotations

from bids.rulebook.facts.countries import COUNTRIES, UNION_CODES, union_code
from bids.rulebook.text import Problem, gettext_noop, nearest, quoted, sentence


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


def test_countries_are_those_of_iso_3166() -> None:
    assert len(COUNTRIES) == 249
    assert {"BE", "GR", "GB"} < COUNTRIES
    assert not COUNTRIES & set(UNION_CODES)


def test_documents_of_the_union_print_two_countries_otherwise() -> None:
    assert [union_code(country) for country in ("GR", "GB", "BE")] == ["EL", "UK", "BE"]

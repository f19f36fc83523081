"""Countries as bids write them, and as documents of the Union print them."""

from __future__ import annotations

from bids.rulebook.facts.countries import COUNTRIES, UNION_CODES, union_code


def test_countries_are_those_of_iso_3166() -> None:
    assert len(COUNTRIES) == 249
    assert {"BE", "GR", "GB"} < COUNTRIES
    assert not COUNTRIES & set(UNION_CODES)


def test_documents_of_the_union_print_two_countries_otherwise() -> None:
    assert [union_code(country) for country in ("GR", "GB", "BE")] == ["EL", "UK", "BE"]

"""Which rows a scenario would write, where levers stand now, and what changes say in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from bids import callfile
from bids.rulebook.facts import BidFacts, FullCostPricing
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import (
    LEVERS,
    Aim,
    Change,
    Difference,
    LeverName,
    apply,
    around,
    check,
    differences,
    most_under,
    said,
    standing,
    targets,
)
from tests.rulebook.scenarios.bids import FACTORY, accelerators, put, tandem
from tests.rulebook.scenarios.test_questions import some_changes

RIA = callfile.shipped()["GENERIC-HE-RIA"]


def rewritten(facts: BidFacts, rows: Sequence[Difference]) -> BidFacts:
    """The bid with exactly these rows written."""
    by_place = {row.place: row for row in rows}

    def of(section: str, entry: object) -> object:
        row = by_place.get(f"{section}/{entry.key}")  # type: ignore[attr-defined]
        return replace(entry, **{name: after for name, _, after in row.columns}) if row else entry  # type: ignore[type-var]

    own = {name: after for name, _, after in by_place["bid"].columns} if "bid" in by_place else {}
    rates = {name.removeprefix("rate_"): own.pop(name) for name in list(own) if name.startswith("rate_")}
    gone = {row.key for row in rows if row.is_gone}
    return replace(
        facts,
        **own,
        rates=replace(facts.rates, **rates),
        sites=tuple(of("sites", site) for site in facts.sites),
        budget=tuple(of("budget", line) for line in facts.budget if line.key not in gone),
    )


@given(some_changes)
def test_the_rows_are_the_whole_difference(changes: list[Change]) -> None:
    after = apply(tandem, changes).facts
    rows = differences(tandem, after)
    assert rewritten(tandem, rows) == after
    assert all(row.is_gone or any(old != new for _, old, new in row.columns) for row in rows)


def test_a_row_says_where_it_stands_and_what_moved() -> None:
    after = apply(tandem, (put(LeverName.DURATION, "24"), put(LeverName.LINE_QUANTITY, "7", "M1"))).facts
    own, line = differences(tandem, after)
    assert (own.place, own.section, own.key, own.columns) == ("bid", "bid", "", (("duration_months", 36, 24),))
    assert (line.section, line.key) == ("budget", "M1")
    assert {name for name, _, _ in line.columns} == {"amount", "quantity", "unit_cost", "pricing"}


def test_a_line_that_only_moves_in_time_keeps_its_price_out_of_it() -> None:
    rows = differences(tandem, apply(tandem, (put(LeverName.DELAY, "12"),)).facts)
    assert {row.columns for row in rows if row.key == "M1"} == {(("year", 2026, 2027),)}


def test_a_line_that_goes_is_gone() -> None:
    rows = differences(tandem, apply(tandem, (put(LeverName.WITHOUT_PARTNER, None, "imec"),)).facts)
    assert rows == [Difference("budget/S1", "", is_gone=True)]


# --- prices that are stated twice ----------------------------------------------------------------


def test_what_a_moved_line_states_beside_its_price_goes() -> None:
    twice = replace(accelerators("M9", "zellik", 30, "100.00"), amount=Euro.of("3000.00"))
    formula = replace(twice, unit_cost=Decimal("100.00"), pricing=FullCostPricing(Euro.of("3000.00"), Decimal(1)))
    facts = replace(tandem, budget=(formula,))
    (dearer,) = apply(facts, (put(LeverName.ACCELERATOR_PRICE, "2"),)).facts.budget
    assert (dearer.pricing, dearer.amount, dearer.unit_cost) == (
        FullCostPricing(Euro.of("6000.00"), Decimal(1)),
        None,
        None,
    )
    (fewer,) = apply(facts, (put(LeverName.ACCELERATORS, "20", "zellik"),)).facts.budget
    assert (fewer.pricing, fewer.amount, fewer.quantity) == (None, None, 20)


def test_accelerators_without_a_unit_cost_move_the_amount_in_proportion() -> None:
    stated = replace(accelerators("M9", "zellik", 30), unit_cost=None, amount=Euro.of("3000.00"))
    (fewer,) = apply(replace(tandem, budget=(stated,)), (put(LeverName.ACCELERATORS, "20", "zellik"),)).facts.budget
    assert (fewer.quantity, fewer.amount) == (20, Euro.of("2000.00"))


# --- where levers stand --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lever", "target", "value"),
    [
        (LeverName.ACCELERATORS, "", "40"),
        (LeverName.ACCELERATORS, "charleroi", "10"),
        (LeverName.ACCELERATOR_PRICE, "", "1"),
        (LeverName.PRICES, "A1", "1"),
        (LeverName.ENERGY_PRICE, "zellik", "0.10"),
        (LeverName.PUE, "", "1.2"),
        (LeverName.LOAD, "charleroi", "0.5"),
        (LeverName.LINE_AMOUNT, "S1", "80000.00"),
        (LeverName.LINE_QUANTITY, "M1", "30"),
        (LeverName.LINE_UNIT_COST, "M1", "50000.00"),
        (LeverName.RATE_ACQUISITION, "", "0.5"),
        (LeverName.DELAY, "", "0"),
        (LeverName.DURATION, "", "36"),
    ],
)
def test_where_a_lever_stands_now(lever: LeverName, target: str, value: str) -> None:
    assert standing(tandem, FACTORY, lever, target) == Decimal(value)


def test_what_a_bid_does_not_say_stands_nowhere() -> None:
    bare = replace(tandem, sites=(), budget=(), duration_months=None)
    assert standing(bare, FACTORY, LeverName.PUE) is None
    assert standing(bare, FACTORY, LeverName.DURATION) is None
    assert standing(bare, FACTORY, LeverName.LINE_AMOUNT, "M1") is None
    assert standing(tandem, FACTORY, LeverName.WITHOUT_SITE, "zellik") is None
    assert around(bare, FACTORY, LeverName.PUE) is None


def test_a_site_without_electricity_says_itself_how_it_stands() -> None:
    dry = replace(tandem, budget=())
    assert standing(dry, FACTORY, LeverName.ENERGY_PRICE, "zellik") == Decimal("0.10")


def test_a_call_pays_no_more_than_its_rates() -> None:
    assert most_under(FACTORY, LeverName.RATE_OPERATION) == Decimal("0.5")
    assert most_under(RIA, LeverName.RATE_OPERATION) == 1
    assert most_under(FACTORY, LeverName.PUE) == 10


def test_time_is_only_lost() -> None:
    driver = around(tandem, FACTORY, LeverName.DELAY)
    assert driver is not None
    assert (driver.low.value, driver.high.value) == (0, 12)


# --- the calendar --------------------------------------------------------------------------------


def test_nothing_moves_beyond_the_last_year_of_a_bid_file() -> None:
    late = replace(tandem, starts_on=date(2099, 3, 1))
    assert check(put(LeverName.DELAY, "11"), late) is None
    assert "come after 2100" in str(check(put(LeverName.DELAY, "12"), late))
    assert check(put(LeverName.DELAY, "120"), replace(tandem, starts_on=None, sites=(), budget=())) is None
    assert "come after 2100" in str(check(put(LeverName.DELAY, "1"), replace(tandem, starts_on=date(9999, 12, 31))))


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (put(LeverName.ACCELERATORS, "320"), "The number of accelerators is 320 in all, shared out over the sites"),
        (put(LeverName.ACCELERATORS, "320", "zellik"), "The number of accelerators at Zellik is 320."),
        (put(LeverName.PRICES, "1.10", "A1"), "The category “A.1 Employees or equivalent” costs 1.10 times as much."),
        (put(LeverName.PRICES, "1.10", "acquisition"), "The category “Acquisition” costs 1.10 times as much."),
        (put(LeverName.PRICES, "1.10", "Z9"), "The category “Z9” costs 1.10 times as much."),
        (put(LeverName.LINE_AMOUNT, "12.3", "M5"), "Line M5 costs 12.30."),
        (put(LeverName.RATE_ACQUISITION, "0.45"), "The Union is asked for 45 % of acquisition."),
        (put(LeverName.WITHOUT_SITE, None, "mons"), "Nothing is built and nothing is paid for at mons."),
        (put(LeverName.WITHOUT_PARTNER, None, "imec"), "Imec takes no part, nor do its affiliated entities."),
    ],
)
def test_a_change_is_a_sentence(change: Change, words: str) -> None:
    assert str(said(change, tandem)).startswith(words)


def test_a_line_is_called_by_key_and_description() -> None:
    described = replace(tandem, budget=(replace(tandem.budget[0], description="d" * 99),))
    assert str(said(put(LeverName.LINE_QUANTITY, "2", "M1"), described)) == f"Line M1 ({'d' * 59}…) has the quantity 2."


@pytest.mark.parametrize("lever", LeverName)
def test_every_lever_has_words_for_whatever_it_points_at(lever: LeverName) -> None:
    of = LEVERS[lever]
    for target in targets(tandem, of.aim):
        words = str(said(Change(lever, target, of.most), tandem))
        assert words.endswith(".")
        assert of.aim is Aim.BID or not target or targets(tandem, of.aim)[target] in words or target in words


def test_a_share_is_bounded_in_per_cent() -> None:
    assert str(check(put(LeverName.RATE_OPERATION, "1.5"), tandem)).endswith("must lie between 0 % and 100 %.")
    assert Fraction(1, 2) == most_under(FACTORY, LeverName.RATE_ACQUISITION)

"""Figures by name, and the exact list of those that one changed rate moves."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from bids.rulebook.funding import Assessment, Moved, UnknownFigure, assess, figures, moved, why
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.golden.cases import FACTORY_WITH_EVERYTHING
from tests.rulebook.scenarios.bids import FACTORY, tandem


def with_rate(rate: Fraction) -> Assessment:
    """The small factory, its services grant paid at this rate."""
    streams = tuple(replace(one, rate=rate) if one.stream is Stream.SERVICES else one for one in FACTORY.streams)
    return assess(tandem, replace(FACTORY, streams=streams))


def test_one_rate_moves_exactly_these_figures() -> None:
    """Services: imec 80 000, cenaero 40 000, spin 10 000, each with 25 % more; at 40 % instead of half."""
    found = moved(with_rate(Fraction(1, 2)), with_rate(Fraction(2, 5)))
    told = {one.figure: (str(one.before), str(one.after)) for one in found}
    assert len(told) == len(found)
    half, less = Fraction(1, 2), Fraction(2, 5)
    assert told == {
        "eu": ("1328350.00", "1312100.00"),
        "national": ("1328350.00", "1344600.00"),
        "eu_share": ("0.500000", "0.493883"),
        "uncovered": ("28350.00", "44600.00"),
        "streams/services/rate": (str(half), str(less)),
        "streams/services/eu_before_cap": ("81250.00", "65000.00"),
        "streams/services/eu": ("81250.00", "65000.00"),
        **{
            f"partners/{key}/{field}": values
            for key, rows in {
                "imec": {"rate": (half, less), "eu": ("50000.00", "40000.00"), "national": ("50000.00", "60000.00"),
                         "computed": ("50000.00", "40000.00")},
                "spin": {"rate": (half, less), "eu": ("6250.00", "5000.00"), "national": ("6250.00", "7500.00"),
                         "computed": ("6250.00", "5000.00")},
                "cenaero": {"rate": (half, less), "eu": ("25000.00", "20000.00"), "national": ("25000.00", "30000.00"),
                            "computed": ("25000.00", "20000.00")},
            }.items()
            for field, values in {name: tuple(map(str, pair)) for name, pair in rows.items()}.items()
        },
        "sites/charleroi/eu": told["sites/charleroi/eu"],
        "sites/zellik/eu": told["sites/zellik/eu"],
        "categories/A1/eu": ("60000.00", "48000.00"),
        "categories/C3/eu": ("5000.00", "4000.00"),
        "categories/E/eu": ("16250.00", "13000.00"),
        "years/2027/eu": ("75000.00", "60000.00"),
        "years/2028/eu": ("6250.00", "5000.00"),
        "work_packages/-/eu": ("1328350.00", "1312100.00"),
        "lines/S1/eu": ("50000.00", "40000.00"),
        "lines/S2/eu": ("25000.00", "20000.00"),
        "lines/S3/eu": ("6250.00", "5000.00"),
    }  # fmt: skip
    assert Euro.of(told["sites/zellik/eu"][0]) - Euro.of(told["sites/zellik/eu"][1]) == Euro.of("10000.00")
    assert Euro.of(told["sites/charleroi/eu"][0]) - Euro.of(told["sites/charleroi/eu"][1]) == Euro.of("6250.00")


def test_what_only_one_side_has_is_told_too() -> None:
    shorter = replace(tandem, budget=tandem.budget[:-1])
    gone = [one for one in moved(assess(tandem, FACTORY), assess(shorter, FACTORY)) if "lines/S3/" in one.figure]
    assert Moved("lines/S3/amount", Euro.of("10000.00"), None) in gone
    assert moved(assess(tandem, FACTORY), assess(tandem, FACTORY)) == ()


def test_every_figure_has_a_name_that_can_be_explained() -> None:
    found = assess(FACTORY_WITH_EVERYTHING.facts, FACTORY_WITH_EVERYTHING.call, on=FACTORY_WITH_EVERYTHING.on)
    unknown = []
    for name in figures(found):
        try:
            why(found, FACTORY_WITH_EVERYTHING.facts, FACTORY_WITH_EVERYTHING.call, name)
        except UnknownFigure:
            unknown.append(name)
    assert unknown == []

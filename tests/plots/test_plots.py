"""Plots say what they show: as a picture, in words, and as exact numbers; whatever they are given."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from bids.plots import (
    Dot,
    Driver,
    Look,
    Place,
    Plot,
    Span,
    bars,
    coverage,
    donut,
    gantt,
    grouped_bars,
    site_map,
    stacked_bars,
    strip,
    tornado,
    waterfall,
)
from bids.plots.donut import turns
from bids.plots.svg import fitted, measure
from bids.rulebook.money import Euro
from tests.plots.drawing import numbers_of, shapes, texts, tree

HOSTILE = "</svg><script>alert(1)</script> \"onload=' & \x00\x1f\u202e" + "x" * 400
cents = st.integers(min_value=0, max_value=10**13)

DRAWINGS: dict[str, Callable[[str, Euro], Plot]] = {
    "donut": lambda label, amount: donut(label, [(label, amount), ("b", Euro(100))]),
    "bars": lambda label, amount: bars(label, [(label, amount)]),
    "stacked": lambda label, amount: stacked_bars(label, [label, "b"], [(label, [amount, Euro(5)])]),
    "grouped": lambda label, amount: grouped_bars(label, [label, "b"], [(label, [amount, Euro(5)])]),
    "waterfall": lambda label, amount: waterfall(
        label, (label, amount), [(label, Euro(5)), ("b", -amount)], (label, Euro(5))
    ),
    "tornado": lambda label, amount: tornado(label, Euro(5), [Driver(label, label, "b", amount, Euro(7))]),
    "coverage": lambda label, amount: coverage(label, amount, [(label, Euro(5))]),
    "gantt": lambda label, amount: gantt(label, [Span(label, 1, 3, marks=((2, label),))], 12),
    "strip": lambda label, amount: strip(
        label,
        [
            Dot(label, amount, label, label, Look.OWN),
            Dot("b", Euro(100), about=True),
            Dot(label, amount, look=Look.ASIDE),
        ],
        amount,
        label,
    ),
    "map": lambda label, amount: site_map(
        label,
        [Place(label, Decimal("50.4"), Decimal("4.4")), Place("b", Decimal("50.9"), Decimal("4.3"))],
        [(0, 1, label)],
    ),
}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_a_plot_is_a_named_and_described_picture(draw: Callable[[str, Euro], Plot]) -> None:
    plot = draw("imec", Euro.of("1234.56"))
    root = tree(plot)
    assert isinstance(plot.svg, SafeString)
    assert root.get("role") == "img"
    assert [child.tag.partition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root[0].text == plot.title == "imec"
    assert root[1].text == plot.description
    assert "imec" in plot.description
    assert root.get("font-family", "").startswith("Arimo")
    assert all(len(row) == len(plot.head) for row in plot.rows)
    assert not {"id", "style", "onload", "href"} & {name for shape in root.iter() for name in shape.attrib}


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_hostile_labels_stay_words(draw: Callable[[str, Euro], Plot]) -> None:
    plot = draw(HOSTILE, Euro.of("1234.56"))
    assert "<script" not in plot.svg
    assert re.search(r"[\x00-\x1f\u202e]", plot.svg) is None
    assert all(len(text) < 80 for text in texts(plot))
    assert plot.title == HOSTILE


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize("cents", [0, 1, 10**14])
def test_any_amount_gives_finite_coordinates_inside_the_picture(draw: Callable[[str, Euro], Plot], cents: int) -> None:
    plot = draw("imec", Euro(cents))
    root = tree(plot)
    assert all(math.isfinite(number) for number in numbers_of(plot))
    for shape in root.iter():
        if "width" in shape.attrib and shape is not root:
            assert (
                0
                <= float(shape.get("x", ""))
                <= float(shape.get("x", "")) + float(shape.get("width", ""))
                <= int(root.get("width", "")) + 1
            )


@pytest.mark.parametrize(
    "plot",
    [
        donut("x", []),
        bars("x", []),
        stacked_bars("x", [], []),
        gantt("x", []),
        site_map("x", []),
        coverage("x", Euro(), []),
        grouped_bars("x", [], []),
        waterfall("x", ("a", Euro()), [], ("b", Euro())),
        tornado("x", Euro(), []),
    ],
    ids=["donut", "bars", "stacked", "gantt", "map", "coverage", "grouped", "waterfall", "tornado"],
)
def test_nothing_to_show_is_a_picture_too(plot: Plot) -> None:
    assert tree(plot).get("viewBox")


# --- the ring ----------------------------------------------------------------------------------


@given(st.lists(cents, min_size=1, max_size=12).filter(any))
def test_the_arcs_make_exactly_one_turn(sizes: list[int]) -> None:
    ends = turns([Fraction(size) for size in sizes])
    assert ends[0][0] == 0
    assert ends[-1][1] == 1
    assert all(before[1] == after[0] for before, after in pairwise(ends))


@settings(max_examples=40)
@given(st.lists(cents, min_size=1, max_size=9))
def test_the_ring_has_an_arc_for_each_part_that_is_something(amounts: list[int]) -> None:
    plot = donut("x", [(str(i), Euro(amount)) for i, amount in enumerate(amounts)])
    assert len(shapes(plot, "path")) == sum(amount > 0 for amount in amounts)
    assert len(plot.rows) == len(amounts)


def test_a_single_part_is_a_full_ring() -> None:
    plot = donut("x", [("all", Euro.of("80000000"))])
    (ring,) = shapes(plot, "path")
    assert ring.get("d", "").count("Z") == 2
    assert plot.rows == (("all", "€\xa080,000,000.00", "100.0\xa0%"),)


def test_the_ring_speaks_the_language_of_the_reader() -> None:
    with override("nl"):
        plot = donut("Wie betaalt", [("Unie", Euro.of("40000000")), ("België", Euro.of("39999999.99"))])
    assert plot.rows[1] == ("België", "39\xa0999\xa0999,99\xa0€", "50,0\xa0%")
    assert "40,0 · 50,0\xa0%" in texts(plot)


# --- bars --------------------------------------------------------------------------------------


def test_bars_share_one_scale() -> None:
    plot = bars("x", [("a", Euro.of("10000000")), ("b", Euro.of("5000000"))])
    long, brief = (float(bar.get("width", "")) for bar in shapes(plot, "rect"))
    assert (long + 1) / (brief + 1) == pytest.approx(2, rel=1e-3)


def test_bars_take_other_numbers_than_money() -> None:
    plot = bars("Person-months", [("imec", Decimal("54.5")), ("Cenaero", 12)])
    assert plot.rows == (("imec", "54.5"), ("Cenaero", "12"))


def test_a_stacked_bar_is_as_long_as_its_parts() -> None:
    plot = stacked_bars("x", ["m", "s", "p"], [("a", [Euro(300), Euro(0), Euro(100)]), ("b", [Euro(100)] * 3)])
    widths = [float(part.get("width", "")) + 1 for part in shapes(plot, "rect")]
    assert len(widths) == 5
    assert sum(widths[:2]) / sum(widths[2:]) == pytest.approx(4 / 3, rel=1e-3)
    assert plot.head == ("Name", "m", "s", "p", "Total")
    assert plot.rows[0][-1] == "€\xa04.00"


def test_an_entry_with_a_missing_amount_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zip"):
        stacked_bars("x", ["m", "s"], [("a", [Euro(1)])])


def test_bars_of_a_group_stand_on_the_scale_of_all() -> None:
    plot = grouped_bars("x", ["total", "Union"], [("a", [Euro(400), Euro(200)]), ("b", [Euro(200), Euro(100)])])
    widths = [float(bar.get("width", "")) + 1 for bar in shapes(plot, "rect")]
    assert [round(widths[0] / width) for width in widths] == [1, 2, 2, 4]
    assert plot.head == ("Name", "total", "Union")
    assert plot.rows[1] == ("b", "€\xa02.00", "€\xa01.00")


# --- waterfall and tornado -----------------------------------------------------------------------


def test_each_difference_begins_where_the_one_before_ended() -> None:
    plot = waterfall("x", ("Bid", Euro(800)), [("a", Euro(-500)), ("b", Euro(100))], ("Fewer", Euro(400)))
    before, less, more, after = (
        (float(bar.get("x", "")), float(bar.get("width", "")) + 1) for bar in shapes(plot, "rect")
    )
    assert before[0] == after[0] == 0
    assert less[0] + less[1] == pytest.approx(before[1], abs=0.1)
    assert less[0] == pytest.approx(more[0], abs=0.1)
    assert more[0] + more[1] == pytest.approx(after[1], abs=0.1)
    assert plot.rows == (
        ("Bid", "", "€\xa08.00"), ("a", "€\xa0−5.00", "€\xa03.00"),
        ("b", "+€\xa01.00", "€\xa04.00"), ("Fewer", "", "€\xa04.00"),
    )  # fmt: skip


def test_more_and_less_differ_in_depth_and_in_words() -> None:
    plot = waterfall("x", ("a", Euro(800)), [("b", Euro(-500)), ("c", Euro(100))], ("d", Euro(400)))
    assert [bar.get("class") for bar in shapes(plot, "rect")] == ["plot-t1", "plot-t2", "plot-t3", "plot-t1"]
    assert {"Less", "More"} <= set(texts(plot))


def test_small_differences_of_large_sums_are_seen_and_the_plot_says_how() -> None:
    plot = waterfall(
        "x",
        ("a", Euro.of("80000000")),
        [("b", Euro.of("-1000000")), ("c", Euro.of("400000"))],
        ("d", Euro.of("79400000")),
    )
    assert "The bars begin at 78.50 million €." in texts(plot)
    assert float(shapes(plot, "rect")[1].get("width", "")) > 100
    assert not any("begin" in text for text in texts(waterfall("x", ("a", Euro(9)), [("b", Euro(-9))], ("c", Euro()))))


def test_a_driver_swings_to_both_sides_of_now() -> None:
    plot = tornado("x", Euro(500), [Driver("PUE", "1.1", "1.3", Euro(400), Euro(700))])
    (mark,) = shapes(plot, "line", "plot-mark")
    low, high = shapes(plot, "rect")
    centre = float(mark.get("x1", ""))
    assert float(low.get("x", "")) + float(low.get("width", "")) == pytest.approx(centre, abs=0.02)
    assert float(high.get("x", "")) == pytest.approx(centre, abs=0.02)
    assert float(high.get("width", "")) == pytest.approx(2 * float(low.get("width", "")), rel=1e-2)
    assert plot.rows == (("PUE", "1.1", "€\xa04.00", "1.3", "€\xa07.00"),)


def test_a_driver_that_only_adds_stands_on_one_side() -> None:
    plot = tornado("x", Fraction(1, 2), [Driver("Delay", "0", "12", Fraction(1, 2), Fraction(1, 4))])
    (only,) = shapes(plot, "rect")
    assert float(only.get("x", "")) < float(shapes(plot, "line", "plot-mark")[0].get("x1", ""))
    assert {"50.00\xa0%", "25.00\xa0%", "Now: 50.00\xa0%"} <= set(texts(plot))


# --- coverage ----------------------------------------------------------------------------------


def test_what_is_missing_is_outlined() -> None:
    plot = coverage("x", Euro.of("38000000"), [("Signed", Euro.of("12000000")), ("Pledged", Euro.of("14000000"))])
    (gap,) = shapes(plot, "rect", "plot-gap")
    assert gap.get("fill") == "none"
    assert gap.get("stroke-dasharray")
    assert plot.rows[-1] == ("Not covered", "€\xa012,000,000.00", "31.6\xa0%")


def test_more_than_needed_runs_past_the_mark() -> None:
    plot = coverage("x", Euro.of("10"), [("Signed", Euro.of("15"))])
    (bar,), (mark,) = shapes(plot, "rect"), shapes(plot, "line", "plot-mark")
    assert float(bar.get("width", "")) > float(mark.get("x1", ""))
    assert plot.rows[-1] == ("More than needed", "€\xa05.00", "50.0\xa0%")
    assert shapes(plot, "rect", "plot-gap") == []


# --- Gantt -------------------------------------------------------------------------------------


def test_a_span_covers_its_first_and_last_month() -> None:
    plot = gantt("x", [Span("WP1", 1, 12), Span("WP2", 7, 12)], 12)
    whole, half = (float(bar.get("width", "")) for bar in shapes(plot, "rect"))
    assert whole == pytest.approx(2 * half)
    assert plot.rows == (("WP1", "1", "12", "–"), ("WP2", "7", "12", "–"))


@pytest.mark.parametrize(
    "span", [Span("a", None, 3), Span("a", 3, None), Span("a", 9, 3), Span("a", 0, 3), Span("a", -2, -1)]
)
def test_a_span_that_makes_no_sense_yet_keeps_its_row_without_a_bar(span: Span) -> None:
    plot = gantt("x", [span], 12)
    assert shapes(plot, "rect") == []
    assert "a" in texts(plot)


def test_work_beyond_the_end_stretches_the_scale() -> None:
    plot = gantt("x", [Span("late", 30, 48)], 36)
    (bar,) = shapes(plot, "rect")
    assert float(bar.get("x", "")) + float(bar.get("width", "")) == pytest.approx(704)


# --- the map -----------------------------------------------------------------------------------

ZELLIK, CHARLEROI = (
    Place("Zellik", Decimal("50.889"), Decimal("4.27")),
    Place("Charleroi", Decimal("50.405"), Decimal("4.44")),
)


def test_the_map_has_the_north_above_and_the_link_between() -> None:
    plot = site_map("x", [ZELLIK, CHARLEROI], [(0, 1, "400 Gbit/s")])
    north, south = shapes(plot, "circle")
    assert float(north.get("cy", "")) < float(south.get("cy", ""))
    (link,) = shapes(plot, "line", "plot-link")
    assert (link.get("x1"), link.get("y2")) == (north.get("cx"), south.get("cy"))
    assert len(shapes(plot, "path", "plot-land")) == 1


def test_a_site_without_coordinates_stands_in_the_table_only() -> None:
    plot = site_map("x", [ZELLIK, Place("Nowhere", None, None)], [(0, 1, "?")])
    assert len(shapes(plot, "circle")) == 1
    assert plot.rows[1] == ("Nowhere", "–", "–")


def test_a_site_abroad_gets_a_map_without_outline() -> None:
    plot = site_map("x", [CHARLEROI, Place("Kajaani", Decimal("64.2"), Decimal("27.7"))])
    assert shapes(plot, "path", "plot-land") == []
    assert len(shapes(plot, "circle")) == 2


def test_one_site_abroad_is_drawn_too() -> None:
    assert len(shapes(site_map("x", [Place("Kajaani", Decimal("64.2"), Decimal("27.7"))]), "circle")) == 1


# --- words -------------------------------------------------------------------------------------


@given(st.text(max_size=120), st.integers(min_value=20, max_value=400))
def test_a_label_never_takes_more_room_than_it_has(text: str, width: int) -> None:
    assert measure(fitted(text, width)) <= width


def test_a_label_that_fits_stays_whole() -> None:
    assert fitted("Vrije Universiteit Brussel", 340) == "Vrije Universiteit Brussel"


def test_a_strip_marks_the_own_figure_and_keeps_others_apart() -> None:
    dots = [
        Dot("Largest", Euro.of("200000000.00"), "S10, SEEN2", "rounded", about=True),
        Dot("Own", Euro.of("80000000.00"), look=Look.OWN),
        Dot("Early", Euro.of("100000000.00"), look=Look.ASIDE),
    ]
    plot = strip("Total", dots, Euro.of("200000000.00"), "Other waves")
    (own,) = shapes(plot, "path")
    (largest,) = shapes(plot, "circle")
    (aside,) = shapes(plot, "circle", "plot-gap")
    assert float(largest.get("cx", "")) == 332.0
    assert own.get("d", "").startswith("M137.60 ")
    assert float(aside.get("cy", "")) > float(largest.get("cy", ""))
    assert {"≈ 200.0 million €", "80.0 million €", "Other waves", "Median 200.0 million €"} <= set(texts(plot))
    assert plot.rows[0] == ("Largest", "about €\xa0200,000,000.00", "S10, SEEN2", "rounded")
    assert plot.rows[-1][:2] == ("Median", "€\xa0200,000,000.00")


def test_shares_are_drawn_on_the_scale_of_the_whole() -> None:
    plot = strip("Share", [Dot("Own", Fraction(1, 2), look=Look.OWN), Dot("b", Fraction(1, 4))])
    (half,) = shapes(plot, "path")
    assert half.get("d", "").startswith("M170.00 ")
    assert plot.rows[0][1] == "50.00\xa0%"

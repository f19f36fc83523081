"""Bars from left to right: one value each, or several parts one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from bids.plots.legend import draw_legend
from bids.plots.palette import TONES, Tone, tones
from bids.plots.plot import Plot, Size, exact, short, size_of, told
from bids.plots.svg import SMALL, Canvas, fitted, measure
from bids.rulebook.money import Euro

WIDTH = 340
ROW = 36
THICK = 13


def bars(title: str, entries: Sequence[tuple[str, Size]]) -> Plot:
    """One bar for each entry, all on the scale of the largest."""
    rows = tuple((label, exact(value)) for label, value in entries)
    canvas = Canvas(WIDTH, title, told(rows))
    drawn = [(label, [value], short(value)) for label, value in entries]
    height = _rows(canvas, 0, drawn, TONES[:1])
    return Plot(canvas.finish(height), title, told(rows), (_("Name"), _("Value")), rows)


def stacked_bars(title: str, series: Sequence[str], entries: Sequence[tuple[str, Sequence[Euro]]]) -> Plot:
    """One bar for each entry, divided into the series; every entry has one amount for each of them."""
    rows = tuple(
        (label, *(exact(amount) for amount in amounts), exact(Euro.total(amounts))) for label, amounts in entries
    )
    canvas = Canvas(WIDTH, title, told(rows))
    colours = tones(len(series))
    top = draw_legend(canvas, list(zip(colours, series, strict=True)))
    drawn = [(label, list(amounts), short(Euro.total(amounts))) for label, amounts in entries]
    height = _rows(canvas, top, drawn, colours)
    return Plot(canvas.finish(height), title, told(rows), (_("Name"), *series, _("Total")), rows)


def _rows(
    canvas: Canvas, top: float, entries: Sequence[tuple[str, Sequence[Size], str]], colours: Sequence[Tone]
) -> float:
    """Draw every entry under the other: its name, its bar, its value behind the bar."""
    margin = max((measure(value, SMALL) for _label, _values, value in entries), default=0) + 6
    largest = max((sum(map(size_of, values), Fraction(0)) for _label, values, _value in entries), default=Fraction(0))
    scale = Fraction(WIDTH - int(margin)) / largest if largest else Fraction(0)
    for index, (label, values, value) in enumerate(entries):
        y = top + ROW * index
        canvas.text(0, y + 12, fitted(label, WIDTH))
        x = _segments(canvas, y + 17, [size_of(part) * scale for part in values], colours, f"{label} {value}")
        canvas.text(x + 6, y + 28, value, size=SMALL)
    return top + ROW * len(entries)


def _segments(canvas: Canvas, y: float, widths: Sequence[Fraction], colours: Sequence[Tone], tip: str) -> Fraction:
    """The parts of one bar; returns where it ends. A part of nothing is not drawn."""
    x = Fraction(0)
    for width, tone in zip(widths, colours, strict=True):
        if width:
            canvas.area(
                "rect", tone, tip, x=x + Fraction(1, 2), y=y, width=max(width - 1, Fraction(1, 2)), height=THICK
            )
            x += width
    return x

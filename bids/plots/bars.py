"""Bars from left to right: one value each, several parts one after the other, or several side by side."""

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
MOST_FOR_NAMES = 190
ROW, LOW_ROW = 36, 22
THICK = 13
BESIDE = 17  # from one bar of a group to the next


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


def grouped_bars(title: str, series: Sequence[str], entries: Sequence[tuple[str, Sequence[Size]]]) -> Plot:
    """For each entry one bar of every series, all on one scale, so that entries can be compared."""
    rows = tuple((label, *map(exact, values)) for label, values in entries)
    canvas = Canvas(WIDTH, title, told(rows))
    colours = tones(len(series))
    top = draw_legend(canvas, list(zip(colours, series, strict=True)))
    values = [value for _label, group in entries for value in group]
    margin = max((measure(short(value), SMALL) for value in values), default=0) + 6
    scale = Fraction(WIDTH - int(margin)) / (max(map(size_of, values), default=Fraction(0)) or 1)
    for label, group in entries:
        canvas.text(0, top + 12, fitted(label, WIDTH))
        top += BESIDE
        for tone, value in zip(colours, group, strict=True):
            x = _segments(canvas, (0, top), [size_of(value) * scale], [tone], f"{label} {short(value)}")
            canvas.text(x + 6, top + 11, short(value), size=SMALL)
            top += BESIDE
        top += 6
    return Plot(canvas.finish(top), title, told(rows), (_("Name"), *series), rows)


def _rows(
    canvas: Canvas, top: float, entries: Sequence[tuple[str, Sequence[Size], str]], colours: Sequence[Tone]
) -> float:
    """Draw every entry under the other: its name, its bar, its value behind the bar."""
    margin = max((measure(value, SMALL) for _label, _values, value in entries), default=0) + 6
    names = _room_for_names([label for label, _values, _value in entries])
    largest = max((sum(map(size_of, values), Fraction(0)) for _label, values, _value in entries), default=Fraction(0))
    scale = Fraction(WIDTH - names - int(margin)) / largest if largest else Fraction(0)
    row, at_bar = (LOW_ROW, 3) if names else (ROW, 17)
    for index, (label, values, value) in enumerate(entries):
        y = top + row * index
        canvas.text(0, y + 12 + (2 if names else 0), fitted(label, names or WIDTH))
        widths = [size_of(part) * scale for part in values]
        x = _segments(canvas, (names, y + at_bar), widths, colours, f"{label} {value}")
        canvas.text(x + 6, y + at_bar + 11, value, size=SMALL)
    return top + row * len(entries)


def _room_for_names(labels: Sequence[str]) -> int:
    """How wide a column they need beside the bars; none where they are so long that they stand above."""
    widest = max(map(measure, labels), default=0)
    return int(widest) + 8 if widest <= MOST_FOR_NAMES else 0


def _segments(
    canvas: Canvas, at: tuple[int, float], widths: Sequence[Fraction], colours: Sequence[Tone], tip: str
) -> Fraction:
    """The parts of one bar; returns where it ends. A part of nothing is not drawn."""
    x, y = Fraction(at[0]), at[1]
    for width, tone in zip(widths, colours, strict=True):
        if width:
            canvas.area(
                "rect", tone, tip, x=x + Fraction(1, 2), y=y, width=max(width - 1, Fraction(1, 2)), height=THICK
            )
            x += width
    return x

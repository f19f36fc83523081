"""Which drivers matter most: what a figure becomes at a low and at a high value of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from bids.plots.legend import draw_legend
from bids.plots.palette import TONES, Tone
from bids.plots.plot import Plot, Size, exact, level_of, short, told
from bids.plots.svg import SMALL, Canvas, fitted, measure

WIDTH = 340
ROW = 50
THICK = 13
LOW, HIGH = TONES[1], TONES[0]


@dataclass(frozen=True, slots=True)
class Driver:
    """What is moved, its low and high value in words, and what the figure becomes at both."""

    label: str
    low: str
    high: str
    at_low: Size
    at_high: Size


def tornado(title: str, now: Size, drivers: Sequence[Driver]) -> Plot:
    """Two bars for each driver, from where the figure is now; the caller brings the widest first."""
    rows = tuple((each.label, each.low, exact(each.at_low), each.high, exact(each.at_high)) for each in drivers)
    canvas = Canvas(WIDTH, title, told(rows))
    top = draw_legend(canvas, [(LOW, _("At the low value")), (HIGH, _("At the high value"))])
    scale = Scale(now, [end for each in drivers for end in (each.at_low, each.at_high)])
    for index, each in enumerate(drivers):
        y = top + ROW * index
        between = fitted(f": {each.low} – {each.high}", WIDTH / 2)
        canvas.text(0, y + 12, fitted(each.label, WIDTH - measure(between)) + between)
        canvas.line("plot-mark", scale.centre, y + 17, scale.centre, y + 17 + 2 * THICK, stroke_width=1.5)
        _bar(canvas, scale, y + 17, LOW, each.at_low, f"{each.label} {each.low}")
        _bar(canvas, scale, y + 17 + THICK, HIGH, each.at_high, f"{each.label} {each.high}")
    bottom = top + ROW * len(drivers)
    anchor = "end" if scale.centre > WIDTH / 2 else "start"
    canvas.text(scale.centre, bottom + 14, _("Now: %(figure)s") % {"figure": short(now, 2)}, size=SMALL, anchor=anchor)
    head = (_("Driver"), _("Low value"), _("Then"), _("High value"), _("Then"))
    return Plot(canvas.finish(bottom + 20), title, told(rows), head, rows)


class Scale:
    """Puts figures left and right of where the figure is now, with room for words at both ends."""

    def __init__(self, now: Size, ends: Sequence[Size]) -> None:
        self.now = level_of(now)
        levels = [self.now, *map(level_of, ends)]
        room = Fraction(int(max((measure(short(end, 2), SMALL) for end in ends), default=0)) + 8)
        self.each = (WIDTH - 2 * room) / ((max(levels) - min(levels)) or 1)
        self.centre = room + (self.now - min(levels)) * self.each

    def at(self, value: Size) -> Fraction:
        return self.centre + (level_of(value) - self.now) * self.each


def _bar(canvas: Canvas, scale: Scale, y: float, tone: Tone, value: Size, tip: str) -> None:
    """From the middle to a figure, which stands at the far end."""
    left, right = sorted((scale.centre, scale.at(value)))
    words, goes_left = short(value, 2), scale.at(value) < scale.centre
    if right > left:
        canvas.area("rect", tone, f"{tip}: {words}", x=left, y=y, width=max(right - left, Fraction(1, 2)), height=THICK)
    x = left - 5 if goes_left else right + 5
    canvas.text(x, y + 11, words, size=SMALL, anchor="end" if goes_left else "start")

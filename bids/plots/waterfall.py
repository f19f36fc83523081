"""From one sum to another: which parts make the difference."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from django.utils.translation import gettext as _

from bids.plots.legend import draw_legend
from bids.plots.palette import TONES, Tone
from bids.plots.plot import Plot, exact, short, signed, told
from bids.plots.svg import SMALL, Canvas, fitted, measure
from bids.rulebook.money import Euro

WIDTH = 340
ROW = 36
THICK = 13
WHOLE, LESS, MORE = TONES[:3]

Step = tuple[str, Euro]


def waterfall(title: str, start: Step, steps: Sequence[Step], end: Step) -> Plot:
    """The first sum, each difference from where the one before ended, and the last sum.

    Where all of it lies far from nothing, the bars begin later, and the plot says where.
    """
    levels = list(accumulate((amount.cents for _label, amount in steps), initial=start[1].cents))
    rows = (
        (start[0], "", exact(start[1])),
        *(
            (label, signed(amount, exact(amount)), exact(Euro(level)))
            for (label, amount), level in zip(steps, levels[1:], strict=True)
        ),
        (end[0], "", exact(end[1])),
    )
    words = told([(row[0], row[1] or row[2]) for row in rows])
    canvas = Canvas(WIDTH, title, words)
    top = draw_legend(canvas, [(LESS, _("Less")), (MORE, _("More"))])
    drawn = Drawn(
        canvas, [*levels, end[1].cents], [short(start[1], 2), short(end[1], 2), *(_short(a) for _l, a in steps)]
    )
    drawn.whole(top, *start)
    for index, ((label, amount), level) in enumerate(zip(steps, levels, strict=False), start=1):
        drawn.step(top + ROW * index, label, amount, level)
    bottom = top + ROW * (len(steps) + 1)
    drawn.whole(bottom, *end)
    height = drawn.base(bottom + ROW)
    head = (_("Part"), _("Difference"), _("Sum so far"))
    return Plot(canvas.finish(height), title, words, head, rows)


class Drawn:
    """Bars on one scale, which begins at nothing or, where differences are small beside it, at `floor`."""

    def __init__(self, canvas: Canvas, levels: Sequence[int], labels: Sequence[str]) -> None:
        self.canvas = canvas
        low, high = min(levels), max(levels)
        self.floor = low - (high - low) // 2 if low < high < 2 * low else min(low, 0)
        margin = max(measure(label, SMALL) for label in labels) + 8
        self.scale = Fraction(WIDTH - int(margin)) / ((high - self.floor) or 1)

    def at(self, level: int) -> Fraction:
        return (level - self.floor) * self.scale

    def whole(self, y: float, label: str, amount: Euro) -> None:
        """A sum, from where the scale begins."""
        self._row(y, label, short(amount, 2), (max(self.floor, min(0, amount.cents)), amount.cents), WHOLE)

    def step(self, y: float, label: str, amount: Euro, level: int) -> None:
        """A difference, from the level before, with a line down from there where it crosses no word."""
        x, width = self.at(level), measure(label)
        has_room_beside = x + 6 + width <= WIDTH
        begin = x + 6 if x < width and has_room_beside else Fraction(0)
        if x >= width or has_room_beside:
            self.canvas.line("plot-grid", x, y - ROW + 17 + THICK, x, y + 17, stroke_width=1)
        self._row(y, label, _short(amount), (level, level + amount.cents), MORE if amount.cents > 0 else LESS, begin)

    def _row(
        self, y: float, label: str, value: str, ends: tuple[int, int], tone: Tone, begin: Fraction = Fraction(0)
    ) -> None:
        left, right = sorted(map(self.at, ends))
        self.canvas.text(begin, y + 12, fitted(label, WIDTH), halo=True)
        if right > left:
            width = max(right - left - 1, Fraction(1, 2))
            self.canvas.area("rect", tone, f"{label} {value}", x=left, y=y + 17, width=width, height=THICK)
        self.canvas.text(right + 6, y + 28, value, size=SMALL)

    def base(self, y: float) -> float:
        """Where the bars begin, said where it is not at nothing; how high the drawing is then."""
        if self.floor <= 0:
            return y
        words = _("The bars begin at %(amount)s million €.") % {"amount": short(Euro(self.floor), 2)}
        self.canvas.text(0, y + 12, words, size=SMALL)
        return y + 18


def _short(amount: Euro) -> str:
    return signed(amount, short(amount, 2))

"""Figures of the same kind on one scale, a row for each: where one of them stands among the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from django.utils.translation import gettext as _

from bids import wording
from bids.plots.palette import GAP, TONES
from bids.plots.plot import Plot, short, told
from bids.plots.svg import SMALL, Canvas, fitted, measure
from bids.rulebook.money import Euro

WIDTH = 340
ROW = 36
HEAD = 24  # above the dots that don't count
MILLION = Euro(100_000_000)

Mark = Euro | Fraction | Decimal


class Look(Enum):
    """What a dot is to the comparison: the one that is looked at, one of the others, or only there for orientation."""

    OWN = "own"
    COUNTED = "counted"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure; `source` stands beside its name in the drawing, `remarks` in the table only."""

    label: str
    value: Mark
    source: str = ""
    remarks: str = ""
    look: Look = Look.COUNTED
    about: bool = False  # the figure is rounded


def strip(title: str, dots: Sequence[Dot], median: Mark | None = None, aside: str = "") -> Plot:
    """Every dot on a row of its own, in the order given; those aside come last, below the words of `aside`."""
    rows = [(dot.label, _exact(dot), dot.source or wording.UNKNOWN, dot.remarks) for dot in dots]
    if median is not None:
        rows.append((_("Median"), _written(median), wording.UNKNOWN, ""))
    words = told([row[:2] for row in rows])
    canvas = Canvas(WIDTH, title, words)
    height = _draw_all(canvas, dots, median, aside)
    head = (_("Bid"), _("Figure"), _("Source"), _("Remarks"))
    return Plot(canvas.finish(height), title, words, head, tuple(rows), words=(2, 3))


def _draw_all(canvas: Canvas, dots: Sequence[Dot], median: Mark | None, aside: str) -> float:
    counted = [dot for dot in dots if dot.look is not Look.ASIDE]
    others = [dot for dot in dots if dot.look is Look.ASIDE]
    scale, bottom = _scale(dots), float(ROW * len(counted))
    if median is not None:
        _draw_median(canvas, _size(median) * scale, bottom, _short(median))
        bottom += 18
    _draw(canvas, 0, counted, scale)
    if others:
        canvas.text(0, bottom + 16, fitted(aside, WIDTH, SMALL), size=SMALL)
        bottom = _draw(canvas, bottom + HEAD, others, scale)
    return bottom + 2


def _scale(dots: Sequence[Dot]) -> Fraction:
    """From nothing to the largest; shares up to the whole."""
    largest = max((_size(dot.value) for dot in dots), default=Fraction(0))
    if any(isinstance(dot.value, Fraction) for dot in dots):
        largest = max(largest, Fraction(1))
    return Fraction(WIDTH - 16) / largest if largest else Fraction(0)


def _draw(canvas: Canvas, top: float, dots: Sequence[Dot], scale: Fraction) -> float:
    for index, dot in enumerate(dots):
        _draw_row(canvas, top + ROW * index, dot, 8 + _size(dot.value) * scale)
    return top + ROW * len(dots)


def _draw_row(canvas: Canvas, y: float, dot: Dot, x: Fraction) -> None:
    """The name with its source, and below it the dot on its line with the figure beside."""
    is_own = dot.look is Look.OWN
    source = fitted(dot.source, WIDTH / 2, SMALL)
    room = WIDTH - measure(source, SMALL) - 10
    canvas.text(0, y + 13, fitted(dot.label, room, strong=is_own), strong=is_own, halo=True)
    canvas.text(WIDTH, y + 13, source, size=SMALL, anchor="end", halo=True)
    canvas.line("plot-grid", 8, y + 25, WIDTH - 8, y + 25, stroke_width=0.5, stroke_opacity=0.6)
    tip = f"{dot.label} {_exact(dot)}"
    match dot.look:
        case Look.OWN:
            canvas.area("path", TONES[0], tip, d=f"M{float(x):.2f} {y + 17:.2f}l8 8-8 8-8-8z")
        case Look.COUNTED:
            canvas.area("circle", TONES[1], tip, cx=x, cy=y + 25, r=5.5)
        case Look.ASIDE:
            canvas.area("circle", GAP, tip, cx=x, cy=y + 25, r=5, stroke_width=1.5)
    words = f"≈ {_short(dot.value)}" if dot.about else _short(dot.value)
    before = x + 12 + measure(words, SMALL) > WIDTH
    anchor = "end" if before else "start"
    at = x - 12 if before else x + 12
    canvas.text(at, y + 29, words, size=SMALL, halo=True, anchor=anchor, strong=is_own)


def _draw_median(canvas: Canvas, at: Fraction, bottom: float, words: str) -> None:
    """A dashed line through the rows that count, with its words below."""
    x = 8 + at
    canvas.line("plot-mark", x, 0, x, bottom + 3, stroke_width=1.5, stroke_dasharray="3 3")
    label = _("Median %(value)s") % {"value": words}
    half = measure(label, SMALL) / 2
    centre = min(max(float(x), half), WIDTH - half)
    canvas.text(centre, bottom + 14, label, size=SMALL, anchor="middle")


def _size(value: Mark) -> Fraction:
    return max(Fraction(0), Fraction(value.cents if isinstance(value, Euro) else value))


def _exact(dot: Dot) -> str:
    return _("about %(figure)s") % {"figure": _written(dot.value)} if dot.about else _written(dot.value)


def _written(value: Mark) -> str:
    """The figure in full; shares to two decimals."""
    return wording.percent(value, 2) if isinstance(value, Fraction) else wording.show(value)


def _short(value: Mark) -> str:
    """The figure as a label: large amounts in millions, shares to one decimal."""
    match value:
        case Euro() if value >= MILLION:
            return _("%(amount)s million €") % {"amount": short(value)}
        case Fraction():
            return wording.percent(value, 1)
    return wording.show(value)

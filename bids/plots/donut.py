"""A whole and its parts, as a ring."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import cos, pi, sin

from django.utils.translation import gettext as _

from bids.plots.palette import Tone, tones
from bids.plots.plot import Plot, Size, exact, share_of, short, size_of, told
from bids.plots.svg import SMALL, TEXT, Canvas, fitted, measure
from bids.rulebook.money import Euro

WIDTH = 340
OUTER, INNER = 62, 38
CENTRE = 66
LEGEND = 146
LINE = 38


def donut(title: str, parts: Sequence[tuple[str, Size]]) -> Plot:
    """A ring of the parts with a legend; a part of nothing has no arc but stays in legend and table."""
    sizes = [size_of(value) for _label, value in parts]
    whole = sum(sizes, Fraction(0))
    shares = [share_of(size, whole) for size in sizes]
    rows = tuple((label, exact(value), share) for (label, value), share in zip(parts, shares, strict=True))
    canvas = Canvas(WIDTH, title, told(rows))
    colours = tones(len(parts), ring=True)
    top = max(CENTRE, LINE * len(parts) // 2)
    _ring(canvas, top, sizes, colours, rows)
    _middle(canvas, top, parts)
    for index, ((label, value), share) in enumerate(zip(parts, shares, strict=True)):
        _legend(canvas, top - LINE * len(parts) // 2 + LINE * index, colours[index], label, f"{short(value)} · {share}")
    return Plot(canvas.finish(2 * top), title, told(rows), (_("Part"), _("Amount"), _("Share")), rows)


def turns(sizes: Sequence[Fraction]) -> list[tuple[Fraction, Fraction]]:
    """Where each part begins and ends on the ring, in turns; all of them make exactly one."""
    whole = sum(sizes, Fraction(0))
    ends, at = [], Fraction(0)
    for size in sizes:
        ends.append((at, at + (size / whole if whole else 0)))
        at = ends[-1][1]
    return ends


def _ring(
    canvas: Canvas, top: int, sizes: Sequence[Fraction], colours: Sequence[Tone], rows: Sequence[Sequence[str]]
) -> None:
    if not any(sizes):
        canvas.add(
            "circle",
            "plot-track",
            cx=CENTRE,
            cy=top,
            r=(OUTER + INNER) / 2,
            fill="none",
            stroke="#e7e9ea",
            stroke_width=OUTER - INNER,
        )
        return
    for (start, end), tone, row in zip(turns(sizes), colours, rows, strict=True):
        if start != end:
            canvas.area("path", tone, " ".join(row), d=_arc(top, float(start), float(end)), stroke_width=1)


def _arc(top: int, start: float, end: float) -> str:
    """A piece of the ring, clockwise from the top; a full ring is drawn as two halves."""
    if end - start > 0.9999:
        half = start + 0.5
        return f"{_arc(top, start, half)} {_arc(top, half, start + 0.9998)}"
    far = 1 if end - start > 0.5 else 0
    (ax, ay), (bx, by) = _point(top, OUTER, start), _point(top, OUTER, end)
    (cx, cy), (dx, dy) = _point(top, INNER, end), _point(top, INNER, start)
    return (
        f"M{ax:.2f} {ay:.2f}A{OUTER} {OUTER} 0 {far} 1 {bx:.2f} {by:.2f}"
        f"L{cx:.2f} {cy:.2f}A{INNER} {INNER} 0 {far} 0 {dx:.2f} {dy:.2f}Z"
    )


def _point(top: int, radius: float, turn: float) -> tuple[float, float]:
    return CENTRE + radius * sin(2 * pi * turn), top - radius * cos(2 * pi * turn)


def _middle(canvas: Canvas, top: int, parts: Sequence[tuple[str, Size]]) -> None:
    """The whole in the middle of the ring, where it is money."""
    amounts = [value for _label, value in parts if isinstance(value, Euro)]
    if amounts and len(amounts) == len(parts):
        canvas.text(CENTRE, top + 2, short(Euro.total(amounts)), size=17, anchor="middle", strong=True)
        canvas.text(CENTRE, top + 16, _("million €"), size=SMALL, anchor="middle")


def _legend(canvas: Canvas, y: float, tone: Tone, label: str, value: str) -> None:
    canvas.area("rect", tone, x=LEGEND, y=y + 6, width=11, height=11)
    room = WIDTH - LEGEND - 18
    size = TEXT if measure(label) <= room else SMALL
    canvas.text(LEGEND + 18, y + 16, fitted(label, room, size), size=size)
    canvas.text(LEGEND + 18, y + 31, value, size=SMALL)

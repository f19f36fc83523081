"""How far commitments cover the national share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from bids.plots.legend import draw_legend
from bids.plots.palette import GAP, Tone, tones
from bids.plots.plot import Plot, exact, share_of, short, size_of, told
from bids.plots.svg import SMALL, Canvas
from bids.rulebook.money import Euro

WIDTH = 340
THICK = 22


def coverage(title: str, need: Euro, parts: Sequence[tuple[str, Euro]]) -> Plot:
    """The parts after one another against what is needed; what is missing is a dashed outline.

    The parts come from the firmest (signed) to the weakest (announced). More than is needed runs past
    the mark of the need.
    """
    given = Euro.total(amount for _label, amount in parts)
    missing, over = max(Euro(), need - given), max(Euro(), given - need)
    balance = (_("More than needed"), over) if over else (_("Not covered"), missing)
    rows = tuple(
        (label, exact(amount), share_of(size_of(amount), size_of(need))) for label, amount in (*parts, balance)
    )
    canvas = Canvas(WIDTH, title, told(rows))
    pieces = list(zip(tones(len(parts)), parts, strict=True)) + ([(GAP, balance)] if missing else [])
    top = draw_legend(canvas, [(tone, f"{label} {short(amount)}") for tone, (label, amount) in pieces])
    scale = Fraction(WIDTH - 2) / (size_of(max(need, given)) or 1)
    _pieces(canvas, top + 4, pieces, scale)
    _mark(canvas, 1 + size_of(need) * scale, top, _("Needed: %(amount)s million €") % {"amount": short(need)})
    head = (_("Commitments"), _("Amount"), _("Share of the need"))
    return Plot(canvas.finish(top + THICK + 26), title, told(rows), head, rows)


def _pieces(canvas: Canvas, y: float, pieces: Sequence[tuple[Tone, tuple[str, Euro]]], scale: Fraction) -> None:
    x = Fraction(1)
    for tone, (label, amount) in pieces:
        width = size_of(amount) * scale
        if width:
            dashes = {"stroke_dasharray": "4 3"} if tone is GAP else {}
            size = max(width - 1, Fraction(1, 2))
            canvas.area("rect", tone, f"{label} {exact(amount)}", x=x, y=y, width=size, height=THICK, **dashes)
            x += width


def _mark(canvas: Canvas, x: Fraction, top: float, words: str) -> None:
    """A line across the bar where the need is met, with the words on the side that has room."""
    canvas.line("plot-mark", x, top, x, top + THICK + 10, stroke_width=2)
    canvas.text(x, top + THICK + 21, words, size=SMALL, anchor="end" if x > WIDTH / 2 else "start")

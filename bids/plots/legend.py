"""Which tone means what, in as few lines as the names need."""

from __future__ import annotations

from collections.abc import Sequence

from bids.plots.palette import Tone
from bids.plots.svg import Canvas, fitted, measure

LINE = 20


def draw_legend(canvas: Canvas, entries: Sequence[tuple[Tone, str]]) -> float:
    """Write the entries at the top of the drawing, line by line; return where the drawing may go on."""
    x = y = 0.0
    for tone, name in entries:
        words = fitted(name, canvas.width - 18)
        width = 18 + measure(words) + 12
        if x and x + width - 12 > canvas.width:
            x, y = 0.0, y + LINE
        dashes = {"stroke_dasharray": "3 2"} if tone.name == "gap" else {}
        canvas.area("rect", tone, x=x + 0.5, y=y + 2.5, width=11, height=11, **dashes)
        canvas.text(x + 18, y + 13, words)
        x += width
    return y + LINE + 6 if entries else 0.0

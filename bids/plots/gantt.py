"""Work packages and tasks over the months of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bids import wording
from bids.plots.palette import TONES
from bids.plots.plot import Plot, told
from bids.plots.svg import SMALL, Canvas, fitted

WIDTH = 704  # so that on paper no letter is smaller than 8.5 points
NAMES = 290
ROW = 22
HEAD = 26


@dataclass(frozen=True, slots=True)
class Span:
    """A row: from month to month (from 1), deeper where `depth` is 1; `marks` are months of milestones."""

    label: str
    first: int | None
    last: int | None
    depth: int = 0
    marks: tuple[tuple[int, str], ...] = ()


def gantt(title: str, spans: Sequence[Span], months: int | None = None) -> Plot:
    """One row for each span, in the order given; a span without months keeps its row, without a bar."""
    length = max([months or 1, *_months(spans)])
    rows = tuple((span.label, _month(span.first), _month(span.last), _marks(span)) for span in spans)
    canvas = Canvas(WIDTH, title, told(rows), look="plot plot--wide")
    month = (WIDTH - NAMES) / length
    height = HEAD + ROW * len(spans) + 6
    _scale(canvas, length, month, height)
    for index, span in enumerate(spans):
        _row(canvas, span, HEAD + ROW * index, month)
    head = (_("Work"), _("First month"), _("Last month"), _("Milestones"))
    return Plot(canvas.finish(height), title, told(rows), head, rows, words=(3,))


def _months(spans: Sequence[Span]) -> list[int]:
    return [m for span in spans for m in (span.first, span.last, *(at for at, _text in span.marks)) if m is not None]


def _month(month: int | None) -> str:
    return wording.UNKNOWN if month is None else str(month)


def _marks(span: Span) -> str:
    return ", ".join(f"{text} ({month})" for month, text in span.marks) or wording.UNKNOWN


def _scale(canvas: Canvas, length: int, month: float, height: float) -> None:
    """The months above, and a thin line at each number."""
    step = next((step for step in (1, 3, 6, 12, 24) if length / step <= 16), 60)
    for at in range(1, length + 1, step):
        x = NAMES + (at - 1) * month
        canvas.line("plot-grid", x, 18, x, height, stroke_width=0.5, stroke_opacity=0.3)
        canvas.text(x + 3, 12, _("M%(month)d") % {"month": at}, size=SMALL)


def _row(canvas: Canvas, span: Span, y: float, month: float) -> None:
    indent = 14 * min(span.depth, 1)
    strong = not span.depth
    canvas.text(indent, y + 15, fitted(span.label, NAMES - indent - 8, strong=strong), strong=strong)
    if span.first is not None and span.last is not None and 0 < span.first <= span.last:
        tone = TONES[1] if span.depth else TONES[0]
        x, width = NAMES + (span.first - 1) * month, (span.last - span.first + 1) * month
        canvas.area("rect", tone, f"{span.label} {span.first}–{span.last}", x=x, y=y + 5, width=width, height=12, rx=2)
    for at, text in span.marks:
        x = NAMES + at * month
        canvas.area("path", TONES[2], text, d=f"M{x:.2f} {y + 4:.2f}l7 7-7 7-7-7z", stroke_width=1.25)

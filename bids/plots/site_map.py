"""Where the sites stand: a schematic outline of Belgium, the sites, and the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians

from django.utils.translation import gettext as _

from bids import wording
from bids.plots.palette import TONES
from bids.plots.plot import Plot, told
from bids.plots.svg import SMALL, Canvas, fitted, measure

WIDTH = 340
MARGIN = 14

# Drawn by eye for this plot, in degrees east and north, clockwise from the coast at the French border.
BELGIUM = (
    (2.55, 51.09), (2.92, 51.24), (3.37, 51.37), (3.45, 51.24), (3.80, 51.21), (3.96, 51.22), (4.24, 51.37),
    (4.40, 51.45), (4.67, 51.43), (4.77, 51.50), (5.03, 51.48), (5.24, 51.27), (5.55, 51.26), (5.85, 51.16),
    (5.72, 50.92), (5.69, 50.76), (6.02, 50.75), (6.27, 50.62), (6.19, 50.53), (6.40, 50.33), (6.14, 50.14),
    (5.98, 50.15), (5.74, 49.92), (5.91, 49.66), (5.81, 49.55), (5.47, 49.50), (5.31, 49.62), (4.99, 49.79),
    (4.86, 49.80), (4.80, 49.97), (4.87, 50.15), (4.69, 49.99), (4.23, 49.96), (4.15, 50.02), (4.20, 50.26),
    (3.67, 50.33), (3.60, 50.49), (3.29, 50.52), (3.16, 50.76), (2.90, 50.70), (2.62, 50.82),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A site on the map; without coordinates it stands in the table only."""

    label: str
    latitude: Decimal | None
    longitude: Decimal | None


def site_map(title: str, places: Sequence[Place], links: Sequence[tuple[int, int, str]] = ()) -> Plot:
    """The places and the links between them (by position); places abroad get a map without outline."""
    rows = tuple((place.label, _degrees(place.latitude), _degrees(place.longitude)) for place in places)
    words = told([*rows, *((f"{places[a].label} – {places[b].label}", text) for a, b, text in links)])
    canvas = Canvas(WIDTH, title, words)
    known = {
        i: (float(p.longitude), float(p.latitude))
        for i, p in enumerate(places)
        if p.longitude is not None and p.latitude is not None
    }
    at_home = all(2.3 < x < 6.6 and 49.3 < y < 51.7 for x, y in known.values())
    frame = Frame(BELGIUM if at_home else tuple(known.values()))
    if at_home:
        canvas.add(
            "path",
            "plot-land",
            d=f"M{'L'.join(map(frame.text, BELGIUM))}Z",
            fill="#f3f4f4",
            stroke="#717a84",
            stroke_width=1.25,
            stroke_linejoin="round",
        )
    for a, b, text in links:
        if a in known and b in known:
            (ax, ay), (bx, by) = frame.at(known[a]), frame.at(known[b])
            canvas.line("plot-link", ax, ay, bx, by, stroke_width=2.5, stroke_dasharray="6 3")
            _beside(canvas, (ax + bx) / 2, (ay + by) / 2 + 4, text, SMALL)
    for index, place in known.items():
        x, y = frame.at(place)
        canvas.area("circle", TONES[0], places[index].label, cx=x, cy=y, r=6)
        _beside(canvas, x, y + 4.5, places[index].label)
    return Plot(canvas.finish(frame.height), title, words, (_("Site"), _("Latitude"), _("Longitude")), rows)


class Frame:
    """Puts degrees on paper: north above, both axes to the same scale."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        xs, ys = [x for x, _y in points] or [4.0], [y for _x, y in points] or [50.5]
        self.west, self.north = min(xs), max(ys)
        self.narrow = cos(radians(sum(ys) / len(ys)))
        wide, high = (max(xs) - self.west) * self.narrow, self.north - min(ys)
        self.scale = min((WIDTH - 2 * MARGIN) / wide if wide else 1e9, 240 / high if high else 1e9, 4000)
        self.height = high * self.scale + 2 * MARGIN

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return MARGIN + (x - self.west) * self.narrow * self.scale, MARGIN + (self.north - y) * self.scale

    def text(self, point: tuple[float, float]) -> str:
        x, y = self.at(point)
        return f"{x:.1f} {y:.1f}"


def _beside(canvas: Canvas, x: float, y: float, words: str, size: float = 13) -> None:
    """Words to the right of a point, else to its left, or below it where there is room on neither side."""
    words = fitted(words, WIDTH, size)
    width, right, left = measure(words, size), WIDTH - x - 11, x - 11
    if width <= right:
        canvas.text(x + 11, y, words, halo=True, size=size)
    elif width <= left:
        canvas.text(x - 11, y, words, halo=True, size=size, anchor="end")
    else:
        middle = min(max(x, width / 2), WIDTH - width / 2)
        canvas.text(middle, y + 16, words, halo=True, size=size, anchor="middle")


def _degrees(value: Decimal | None) -> str:
    return wording.UNKNOWN if value is None else f"{wording.decimal(value)}°"

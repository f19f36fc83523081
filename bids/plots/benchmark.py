"""One figure of a bid among the published ones, with the source and the mark of each."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bids import wording
from bids.plots.plot import Plot
from bids.plots.strip import Dot, Look, strip
from bids.rulebook.benchmarks import Benchmarks, Measure, Point, size
from bids.rulebook.call import Source


def benchmarks(found: Benchmarks, own: str) -> list[Plot]:
    """A plot for each figure that others have published too; `own` names the bid."""
    return [benchmark(measure, own) for measure in found.measures if measure.points]


def benchmark(measure: Measure, own: str) -> Plot:
    """The figures of the wave with the bid's own in its place, then those of other waves."""
    counted = [_dot(point) for point in measure.comparable]
    place = sum(size(point.value) > size(measure.own) for point in measure.comparable)
    counted.insert(place, Dot(own, measure.own, _("this bid"), look=Look.OWN))
    aside = [_dot(point) for point in measure.others]
    title = wording.word(measure.yardstick)
    return strip(title, [*counted, *aside], measure.median, _("Other waves, not counted"))


def _dot(point: Point) -> Dot:
    return Dot(
        point.name,
        point.value,
        _source(point.source),
        "; ".join(_remarks(point)),
        Look.COUNTED if point.counts else Look.ASIDE,
        point.rounded,
    )


def _source(source: Source) -> str:
    """Our key and the mark of the figure: `S10, SEEN2`."""
    return ", ".join(part for part in (source.key, source.mark) if part)


def _remarks(point: Point) -> Iterator[str]:
    if point.rounded:
        yield _("rounded")
    if point.inferred:
        yield _("inferred")
    if point.outcome == "not_selected":
        yield _("not selected")
    if not point.counts:
        yield _("another wave")
    if point.source.note:
        yield point.source.note

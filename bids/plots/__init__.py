"""Plots drawn from plain numbers: one SVG for pages and paper, with its words and its table."""

from bids.plots.bars import bars, grouped_bars, stacked_bars
from bids.plots.benchmark import benchmarks
from bids.plots.coverage import coverage
from bids.plots.donut import donut
from bids.plots.gantt import Span, gantt
from bids.plots.plot import Plot
from bids.plots.site_map import Place, site_map
from bids.plots.strip import Dot, Look, strip
from bids.plots.tornado import Driver, tornado
from bids.plots.waterfall import waterfall

__all__ = [
    "Dot",
    "Driver",
    "Look",
    "Place",
    "Plot",
    "Span",
    "bars",
    "benchmarks",
    "coverage",
    "donut",
    "gantt",
    "grouped_bars",
    "site_map",
    "stacked_bars",
    "strip",
    "tornado",
    "waterfall",
]

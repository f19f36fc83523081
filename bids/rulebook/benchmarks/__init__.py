"""Where a bid stands among published ones: figures of others, each with its mark, and the bid's own beside them.

For screens only: figures read second-hand never stand in a dossier of a submission or a decision.
"""

from bids.rulebook.benchmarks.position import Benchmarks, Measure, Point, benchmarks, size
from bids.rulebook.benchmarks.published import Published, PublishedAmounts, PublishedBid, PublishedMachine
from bids.rulebook.benchmarks.wave import Wave, real_cutoff, wave_of
from bids.rulebook.benchmarks.yardsticks import Value, Yardstick

__all__ = [
    "Benchmarks",
    "Measure",
    "Point",
    "Published",
    "PublishedAmounts",
    "PublishedBid",
    "PublishedMachine",
    "Value",
    "Wave",
    "Yardstick",
    "benchmarks",
    "real_cutoff",
    "size",
    "wave_of",
]

"""Calls as data: TOML in `bids/calls/`, read into the facts of a call.

A call file names shared data (cost models, types of action, criteria, templates) by id; `load` puts
all of it into one self-contained dict, which is what the database keeps of a version; `read` turns
that dict into `CallFacts`. Every number stands beside its mark, its source and what pages print.
"""

from bids.callfile.call import Unreadable, read
from bids.callfile.change import Change, difference
from bids.callfile.numbers import READERS, WARN_ONLY, Edits, Kind, Number, differing, numbers, stands, with_edits
from bids.callfile.published import Published, PublishedAmounts, PublishedBid, PublishedMachine
from bids.callfile.shelf import load, published, shipped, shipped_paths

__all__ = [
    "READERS",
    "WARN_ONLY",
    "Change",
    "Edits",
    "Kind",
    "Number",
    "Published",
    "PublishedAmounts",
    "PublishedBid",
    "PublishedMachine",
    "Unreadable",
    "difference",
    "differing",
    "load",
    "numbers",
    "published",
    "read",
    "shipped",
    "shipped_paths",
    "stands",
    "with_edits",
]

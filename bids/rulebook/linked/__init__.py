"""Two bids from one shared base, such as a factory and its fallback antenna: what is shared, and what differs."""

from bids.rulebook.linked.base import SharedBase, shared_base
from bids.rulebook.linked.differences import (
    COST,
    PARTS_OF_COST,
    Difference,
    Differing,
    differences,
    fits,
    is_linked,
    known_fields,
)
from bids.rulebook.linked.pairs import LinePair, Side, aim_in, alike_lines, astray, marked_lines

__all__ = [
    "COST",
    "PARTS_OF_COST",
    "Difference",
    "Differing",
    "LinePair",
    "SharedBase",
    "Side",
    "aim_in",
    "alike_lines",
    "astray",
    "differences",
    "fits",
    "is_linked",
    "known_fields",
    "marked_lines",
    "shared_base",
]

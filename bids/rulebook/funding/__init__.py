"""How much the Union pays, line by line and to the cent, and why.

`assess` is the one call the outside needs; `price` answers for a single line, `why` for a single
figure, `as_json` and `explain` write the result down.
"""

from __future__ import annotations

from bids.rulebook.funding.access import Access
from bids.rulebook.funding.assessment import (
    Assessment,
    CapexShare,
    EntityShare,
    GrantShare,
    LineShare,
    MachineShare,
    PartnerShare,
    StreamShare,
    View,
)
from bids.rulebook.funding.difference import ONLY_STATED, Moved, figures, is_stated, moved
from bids.rulebook.funding.engine import ENGINE_VERSION, assess
from bids.rulebook.funding.formulas.figured import Priced
from bids.rulebook.funding.pricing import price
from bids.rulebook.funding.printout import as_json, explain, summary
from bids.rulebook.funding.reasons import UnknownFigure, why
from bids.rulebook.funding.trace import Step

__all__ = [
    "ENGINE_VERSION",
    "ONLY_STATED",
    "Access",
    "Assessment",
    "CapexShare",
    "EntityShare",
    "GrantShare",
    "LineShare",
    "MachineShare",
    "Moved",
    "PartnerShare",
    "Priced",
    "Step",
    "StreamShare",
    "UnknownFigure",
    "View",
    "as_json",
    "assess",
    "explain",
    "figures",
    "is_stated",
    "moved",
    "price",
    "summary",
    "why",
]

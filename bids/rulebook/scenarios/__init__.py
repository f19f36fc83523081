"""What if: a bid's budget with other prices, numbers, rates, dates, sites or partners.

A scenario is a short list of changes, not a copy: `apply` lays them over the bid as it stands, so a
scenario follows when the bid moves on. `compare` puts outcomes side by side, `bridge` explains the
difference between two of them, `tornado` ranks drivers, `solve` looks for the value that reaches a target.
"""

from bids.rulebook.scenarios.apply import Applied, apply
from bids.rulebook.scenarios.bridge import BY, By, Span, bridge
from bids.rulebook.scenarios.change import Change, Refusal, check, read, written
from bids.rulebook.scenarios.levers import LEVERS, Lever, LeverName
from bids.rulebook.scenarios.outcome import MEASURES, Measure, Outcome, outcome
from bids.rulebook.scenarios.solve import Solution, Unreachable, solve
from bids.rulebook.scenarios.tornado import Driver, Swing, drivers, tornado, widest

__all__ = [
    "BY",
    "LEVERS",
    "MEASURES",
    "Applied",
    "By",
    "Change",
    "Driver",
    "Lever",
    "LeverName",
    "Measure",
    "Outcome",
    "Refusal",
    "Solution",
    "Span",
    "Swing",
    "Unreachable",
    "apply",
    "bridge",
    "check",
    "drivers",
    "outcome",
    "read",
    "solve",
    "tornado",
    "widest",
    "written",
]

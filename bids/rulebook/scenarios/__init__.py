"""What if: a bid's budget with other prices, numbers, rates, dates, sites or partners.

A scenario is a short list of changes, not a copy: `apply` lays them over the bid as it stands, so a
scenario follows when the bid moves on. `outcome` says what it comes to, `bridge` explains the difference
between two outcomes, `tornado` ranks drivers, `solve` looks for the value that reaches a target, and
`differences` lists the rows that adopting a scenario would write.
"""

from bids.rulebook.scenarios.apply import Applied, apply
from bids.rulebook.scenarios.bridge import BY, By, Span, bridge
from bids.rulebook.scenarios.change import Change, Refusal, check, read, shown, written
from bids.rulebook.scenarios.differences import Difference, differences
from bids.rulebook.scenarios.levers import LEVERS, Aim, Lever, LeverName, Scale, targets
from bids.rulebook.scenarios.outcome import MEASURES, Measure, Outcome, outcome
from bids.rulebook.scenarios.solve import Solution, Unreachable, solve
from bids.rulebook.scenarios.standing import most_under, standing
from bids.rulebook.scenarios.tornado import MOST_DRIVERS, Driver, Swing, around, drivers, tornado
from bids.rulebook.scenarios.words import called, named, said

__all__ = [
    "BY",
    "LEVERS",
    "MEASURES",
    "MOST_DRIVERS",
    "Aim",
    "Applied",
    "By",
    "Change",
    "Difference",
    "Driver",
    "Lever",
    "LeverName",
    "Measure",
    "Outcome",
    "Refusal",
    "Scale",
    "Solution",
    "Span",
    "Swing",
    "Unreachable",
    "apply",
    "around",
    "bridge",
    "called",
    "check",
    "differences",
    "drivers",
    "most_under",
    "named",
    "outcome",
    "read",
    "said",
    "shown",
    "solve",
    "standing",
    "targets",
    "tornado",
    "written",
]

"""What still stands between a bid and its next act: questions asked of facts, answered by findings.

`findings` asks them all; `blocks` says which of them stop an act. Each question is one function in
the file of its subject, and has its number, weight and gate in `checks`.
"""

from bids.rulebook.readiness.checks import CHECKS
from bids.rulebook.readiness.finding import GATES, Finding, blocks, findings_by_gate
from bids.rulebook.readiness.house_rules import HouseRule, house_rules
from bids.rulebook.readiness.run import findings, findings_in_lines
from bids.rulebook.readiness.situation import OpinionGiven, ReviewGiven, Situation

__all__ = [
    "CHECKS",
    "GATES",
    "Finding",
    "HouseRule",
    "OpinionGiven",
    "ReviewGiven",
    "Situation",
    "blocks",
    "findings",
    "findings_by_gate",
    "findings_in_lines",
    "house_rules",
]

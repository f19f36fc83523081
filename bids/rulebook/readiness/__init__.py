"""What still stands between a bid and its next act: questions asked of facts, answered by findings."""

from bids.rulebook.readiness.finding import GATES, Finding, blocks, findings_by_gate
from bids.rulebook.readiness.situation import OpinionGiven, ReviewGiven, Situation

__all__ = ["GATES", "Finding", "OpinionGiven", "ReviewGiven", "Situation", "blocks", "findings_by_gate"]

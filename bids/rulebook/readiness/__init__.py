"""What still stands between a bid and its next act: questions asked of facts, answered by findings."""

from bids.rulebook.readiness.finding import Finding

__all__ = ["Finding"]

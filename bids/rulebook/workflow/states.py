"""The groups of states that matter: where content moves, who holds the file, what is final."""

from __future__ import annotations

from bids.rulebook.vocabulary import BidState

OPEN = frozenset({BidState.DRAFT, BidState.CHANGES_REQUESTED})
"""The consortium writes, in the second one only in opened sections."""

WITH_THE_CONSORTIUM = OPEN | {BidState.LOCKED}
"""The consortium holds the bid: the ministry reads what was submitted before."""

UNION_OUTCOMES = (BidState.SELECTED, BidState.RESERVE, BidState.NOT_SELECTED, BidState.INELIGIBLE)
"""What the Union may decide."""

APPEALABLE = frozenset({BidState.REJECTED, BidState.INADMISSIBLE})
"""Closed by the ministry, against which the coordinator may appeal."""

CLOSED = frozenset(UNION_OUTCOMES) | APPEALABLE | {BidState.WITHDRAWN}
"""The end of the life of a bid; only an upheld appeal leads back."""

TAKES_THE_MONEY = frozenset({BidState.APPROVED, BidState.FILED, BidState.SELECTED})
"""A line can't be approved while its alternative stands in a bid in one of these."""

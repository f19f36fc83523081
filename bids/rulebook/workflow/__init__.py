"""The life of a bid: its states, its steps, and what each step asks.

The door that moves a bid asks `refusals`, pages and desk ask `offers`, `docs/workflow.md` is drawn
from `MOVES`. Nothing else knows which step follows which.
"""

from bids.rulebook.workflow.moves import Move
from bids.rulebook.workflow.offers import Offer, offers, refusals
from bids.rulebook.workflow.situation import Appeal, AppealVote, Assignee, Ground, Said, Situation, Vote
from bids.rulebook.workflow.table import MOVES

__all__ = [
    "MOVES",
    "Appeal",
    "AppealVote",
    "Assignee",
    "Ground",
    "Move",
    "Offer",
    "Said",
    "Situation",
    "Vote",
    "offers",
    "refusals",
]

"""Questions asked before a bid moves: true when all is well, else the sentence that says why not."""

from bids.rulebook.workflow.guards.asking import Guard

__all__ = ["Guard"]

"""What each step of the workflow leaves behind, in the transaction of the door."""

from bids.actions.effects.consortium import EFFECTS as CONSORTIUM
from bids.actions.effects.decision import EFFECTS as DECISION
from bids.actions.effects.desk import EFFECTS as DESK
from bids.actions.effects.step import Effect, Papers, Step, Told

EFFECTS: dict[str, Effect] = {**CONSORTIUM, **DESK, **DECISION}

__all__ = ["EFFECTS", "Effect", "Papers", "Step", "Told"]

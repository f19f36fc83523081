"""A step on its way: what the door knows when it lets an effect act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from bids.models import Bid, DeskDocument, Snapshot
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import Move, Said, Situation

if TYPE_CHECKING:
    from accounts.models import User

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class Papers:
    """What comes with a step besides the words the rules read: the paper itself, and what stands on it."""

    document: DeskDocument | None = None
    portal_reference: str = ""
    decided_on: date | None = None
    scores: Mapping[str, str] = field(default_factory=dict)
    signed_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step being taken: `bid` is locked and still in its old state, `lands` is the new one."""

    bid: Bid
    move: Move
    by: User | None
    said: Said
    papers: Papers
    situation: Situation
    facts: BidFacts
    lands: BidState
    moment: datetime

    @property
    def actor(self) -> User:
        """The person; only the clock's own steps have none."""
        if self.by is None:
            raise ValueError(f"{self.move.name} needs a person")
        return self.by

    @property
    def paper(self) -> DeskDocument:
        """The paper that comes with the step; a guard has asked for it."""
        return given(self.papers.document)

    @property
    def round(self) -> Snapshot:
        """The newest round."""
        return self.bid.snapshots.latest("round")


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an effect tells the door: the event's name, its particulars, and columns of the bid to write."""

    event: str
    after: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)


def given(value: Value | None) -> Value:
    """A value that a guard has made sure of."""
    if value is None:
        raise ValueError("the guards let a step through that lacks what they ask for")
    return value


Effect = Callable[[Step], Told]


def only(event: str) -> Effect:
    """The move leaves nothing but its event."""
    return lambda step: Told(event=event)

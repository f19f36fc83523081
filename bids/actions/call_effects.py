"""What other numbers of a call would mean for the bids under it, without moving any.

Only rounds that the reader may read are computed, from the frozen text. Drafts are named and never
computed: by trying one cap after the other somebody could learn what a draft asks for (decision 78).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F

from bids import snapshot
from bids.actions.rule_sets import Outlook, outlook
from bids.models import Bid, Call, Snapshot
from bids.rulebook.call import CallFacts
from bids.rulebook.funding import Moved
from bids.rulebook.vocabulary import BidState

if TYPE_CHECKING:
    from accounts.models import User

MOST = 25  # bids on one page
UNDER_JUDGEMENT = (BidState.SUBMITTED, BidState.IN_REVIEW, BidState.CHANGES_REQUESTED, BidState.RECOMMENDED)
IN_PREPARATION = (BidState.DRAFT, BidState.LOCKED)


@dataclass(frozen=True, slots=True)
class Effect:
    """One bid as it was submitted, and what it would be if it moved."""

    bid: Bid
    outlook: Outlook

    @property
    def totals(self) -> tuple[Moved, ...]:
        """The figures of the whole bid that would be others."""
        return tuple(one for one in self.outlook.figures if "/" not in one.figure)

    @property
    def others(self) -> int:
        """How many figures of its parts would be others."""
        return len(self.outlook.figures) - len(self.totals)

    @property
    def is_felt(self) -> bool:
        return bool(self.outlook.figures or self.outlook.appearing or self.outlook.vanishing)


@dataclass(frozen=True, slots=True)
class Effects:
    """The open bids of a call as this reader may know of them; `left_out` says how many more there are."""

    felt: tuple[Effect, ...]
    untouched: tuple[Bid, ...]
    drafts: tuple[Bid, ...]
    left_out: int


def effects(call: Call, then: CallFacts, *, reader: User) -> Effects:
    """What moving to these rules would change, bid by bid; three questions, however many bids there are."""
    under_it = Bid.objects.with_call().filter(call_version__call=call).order_by("reference")
    bids = list(under_it.readable_by(reader).in_state(*UNDER_JUDGEMENT))
    rounds = Snapshot.objects.filter(bid__in=bids[:MOST], round=F("bid__round")).select_related("call_version")
    newest = {frozen.bid_id: frozen for frozen in rounds}
    found = [_effect(bid, newest[bid.pk], then) for bid in bids[:MOST] if bid.pk in newest]
    return Effects(
        felt=tuple(one for one in found if one.is_felt),
        untouched=tuple(one.bid for one in found if not one.is_felt),
        drafts=tuple(under_it.visible_to(reader).in_state(*IN_PREPARATION)),
        left_out=len(bids) - len(found),
    )


def _effect(bid: Bid, frozen: Snapshot, then: CallFacts) -> Effect:
    """Against the rules of the round: the working copy may have moved on to others meanwhile."""
    return Effect(bid, outlook(snapshot.read(frozen.text), snapshot.facts_of(frozen.call_version), then))

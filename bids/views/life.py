"""Where a bid stands in its life, what can be done next, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bids import wording
from bids.models import Bid
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow.states import CLOSED
from bids.views.progress import page_url
from bids.views.shared import Workspace

FINAL = ("withdraw",)  # what can't be taken back is drawn in red
STATIONS = (
    (BidState.DRAFT,),
    (BidState.LOCKED,),
    (BidState.SUBMITTED,),
    (BidState.IN_REVIEW, BidState.CHANGES_REQUESTED, BidState.RECOMMENDED),
    (BidState.APPROVED, BidState.REJECTED, BidState.INADMISSIBLE),
    (BidState.FILED,),
    (BidState.SELECTED, BidState.RESERVE, BidState.NOT_SELECTED, BidState.INELIGIBLE),
)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date that matters to the consortium."""

    label: str
    at: datetime


def stations_of(bid: Bid) -> list[dict[str, Any]]:
    """The life of a bid as a row of steps; a bid that ended early shows where."""
    here = next((number for number, states in enumerate(STATIONS) if bid.state in states), None)
    titles = [
        _("Draft"), _("Final check"), _("Submitted"), _("Review"), _("Decision"), _("Filed"), _("Answer of the Union"),
    ]  # fmt: skip
    if here is None:
        return [{"title": wording.word(bid.state), "state": "current"}]
    return [
        {
            "title": title,
            "state": "current" if number == here else "done" if number < here else "ahead",
            "note": wording.word(bid.state) if number == here and number > 2 else "",
        }
        for number, title in enumerate(titles)
    ]


def moves_of(work: Workspace) -> list[dict[str, Any]]:
    """The steps this person can take from here: open ones with their page, closed ones with the reasons."""
    return [
        {
            "label": wording.say(Sentence(offer.move.label)),
            "url": page_url("step", work.bid, name=offer.move.name),
            "open": offer.open,
            "danger": offer.move.name in FINAL,
            "reasons": offer.reasons,
        }
        for offer in work.offers
    ]


def deadlines_of(work: Workspace) -> list[Deadline]:
    """What closes when; nothing for a bid whose life is over."""
    bid = work.bid
    if bid.state in CLOSED:
        return []
    dates = [
        (_("Changes are due"), work.who.changes_due),
        (_("The desk closes"), bid.desk_closes),
        (_("Cut-off of the Union"), bid.cutoff),
    ]
    return [Deadline(label, at) for label, at in dates if at is not None]

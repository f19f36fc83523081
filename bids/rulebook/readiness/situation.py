"""What readiness needs to know beyond the bid itself: the clock, the pages, what the desk holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bids.rulebook.benchmarks import PublishedBid
from bids.rulebook.linked import Side
from bids.rulebook.vocabulary import OpinionVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewGiven:
    """A review as readiness sees it, of whatever round."""

    reviewer_id: int
    round: int
    is_sent: bool
    scores_every_criterion: bool
    reviewer_edited_the_bid: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionGiven:
    """An opinion in force: it has lapsed once the digest of what it read is another.

    `is_answered` tells that a decision with its document was recorded on it.
    """

    kind: str
    verdict: OpinionVerdict
    has_lapsed: bool
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The surroundings of a bid. None means not known, as when only a bid file is at hand.

    `cutoff` is the date stored on the bid; without it the call's own dates count. `page_counts`
    holds pages by chapter key, or the whole under `"total"`. `documents_present` holds the keys of
    documents whose file is stored. `published` are the bids elsewhere to compare with;
    `linked` is the bid this one is an alternative to, and `linked_is_closed` tells that there is one
    which the person who asks may not read.
    """

    now: datetime | None = None
    cutoff: datetime | None = None
    desk_closes: datetime | None = None
    received_receipt_at: datetime | None = None
    round: int = 0
    page_counts: Mapping[str, int] | None = None
    documents_present: frozenset[str] | None = None
    reviews: tuple[ReviewGiven, ...] | None = None
    opinions: tuple[OpinionGiven, ...] | None = None
    published: tuple[PublishedBid, ...] = ()
    linked: Side | None = None
    linked_is_closed: bool = False
    linked_has_a_page: bool = False  # where the two bids are compared

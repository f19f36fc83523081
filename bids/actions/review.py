"""A reviewer's judgement of a round: saved as a draft as often as wanted, sent once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F

from accounts import clock
from bids import snapshot
from bids.actions.at_the_desk import NotNow, at_the_desk, newest_of
from bids.actions.changing import Stale
from bids.actions.records import record
from bids.models import Bid, Review, Score, Snapshot
from bids.models.event import plain
from bids.rulebook.call import CriteriaSet
from bids.rulebook.permits import Act
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import ReviewState

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Scored:
    """What is said on one criterion; `halves` is None while it has no score."""

    halves: int | None
    comment: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A review as its form holds it: criterion → score and comment, and a comment on the whole."""

    comment: str
    scores: Mapping[str, Scored]


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the page: the digest of the round, and the version of the review (0: there was none)."""

    digest: str
    version: int


def save_review(bid: Bid, judgement: Judgement, *, seen: Seen, by: User) -> Review:
    """Keep a draft; raises `Stale` where the same review was saved in another window."""
    with at_the_desk(bid, Act.WRITE_REVIEW, by=by) as locked:
        review = _write(locked, judgement, seen, by)
        record(locked, "review_saved", by=by, about=f"review/{review.pk}")
    return review


def send_review(bid: Bid, judgement: Judgement, *, seen: Seen, by: User) -> Review:
    """Send a review: every criterion scored, every score explained. It is not changed any more in this round."""
    with at_the_desk(bid, Act.WRITE_REVIEW, by=by) as locked:
        missing = unsaid(judgement, criteria_of(locked))
        if missing:
            raise NotNow(missing[0])
        review = _write(locked, judgement, seen, by)
        review.state, review.sent_at = ReviewState.SENT, clock.now()
        review.save(update_fields=["state", "sent_at"])
        after = {"round": locked.round, "digest": digest_of(review)}
        record(locked, "review_sent", by=by, about=f"review/{review.pk}", after=after)
    return review


def unsaid(judgement: Judgement, criteria: CriteriaSet) -> tuple[Sentence, ...]:
    """What a review still lacks before it can be sent."""
    return tuple(found for each in criteria.criteria if (found := _lack(each.id, each.title or each.id, judgement)))


def criteria_of(bid: Bid) -> CriteriaSet:
    """The criteria that the newest round of a bid is scored by."""
    newest = newest_of(bid)
    return snapshot.facts_of(newest.call_version).criteria_for(snapshot.read(newest.text).track)


def digest_of(review: Review) -> str:
    """Binds the event of sending to the words that were sent."""
    rows = review.scores.order_by("criterion").values_list("criterion", "halves", "comment")
    said = [review.comment, *(str(plain(list(row))) for row in rows)]
    return snapshot.digest("\n".join(said))


def _lack(criterion: str, title: str, judgement: Judgement) -> Sentence | None:
    scored = judgement.scores.get(criterion)
    if scored is None or scored.halves is None:
        return sentence(gettext_noop("%(criterion)s: give a score before you send the review."), criterion=title)
    if not scored.comment.strip():
        return sentence(gettext_noop("%(criterion)s: explain the score in a comment."), criterion=title)
    return None


def _write(bid: Bid, judgement: Judgement, seen: Seen, by: User) -> Review:
    newest = newest_of(bid)
    if newest.sha256 != seen.digest:
        raise NotNow(sentence(gettext_noop("A newer round was submitted since you opened this page. Read it first.")))
    review = Review.objects.filter(snapshot=newest, reviewer=by).first()
    if review is not None and review.voided_at is not None:
        raise NotNow(sentence(gettext_noop("This review was voided because of a conflict of interest.")))
    if review is not None and review.state is ReviewState.SENT:
        raise NotNow(sentence(gettext_noop("You have sent your review of this round already.")))
    with transaction.atomic():
        review = _take_version(review, newest, judgement, seen, by)
        for criterion, scored in judgement.scores.items():
            given = {"halves": scored.halves, "comment": scored.comment}
            Score.objects.update_or_create(review=review, criterion=criterion, defaults=given)
    return review


def _take_version(review: Review | None, newest: Snapshot, judgement: Judgement, seen: Seen, by: User) -> Review:
    """The row of the review, begun or raised by one version; `Stale` where somebody was first."""
    if review is None and seen.version == 0:
        return Review.objects.create(bid=newest.bid, snapshot=newest, reviewer=by, comment=judgement.comment)
    rows = Review.objects.filter(snapshot=newest, reviewer=by, version=seen.version)
    if not rows.update(comment=judgement.comment, version=F("version") + 1):
        raise Stale(_as_mapping(judgement), review)
    return Review.objects.get(snapshot=newest, reviewer=by)


def _as_mapping(judgement: Judgement) -> dict[str, Any]:
    return {"comment": judgement.comment, "scores": dict(judgement.scores)}

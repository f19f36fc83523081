"""From rows to proceedings: what was said about a round, as it stands when the dossier is made."""

from __future__ import annotations

from decimal import Decimal

from bids.dossier.proceedings import OpinionFacts, Proceedings, ReviewFacts, SignatureFacts, VoteFacts
from bids.models import Opinion, Review, SignatureRecord, Snapshot
from bids.rulebook.vocabulary import ReviewState

HALF = Decimal("0.5")


def about(frozen: Snapshot) -> Proceedings:
    """Sent reviews that hold, opinions in force, the last recommendation and the votes on it."""
    recommendation = frozen.recommendations.order_by("attempt").last()
    attempt = recommendation.attempt if recommendation else 0
    return Proceedings(
        reviews=_reviews(frozen),
        opinions=_opinions(frozen),
        recommendation=recommendation.reason if recommendation else "",
        recommended_at=recommendation.at if recommendation else None,
        votes=votes_on(frozen, attempt),
        signatures=signatures_of(frozen),
    )


def decision_on(frozen: Snapshot) -> Proceedings:
    """What everybody may read: the votes and the signatures, no review and no opinion."""
    recommendation = frozen.recommendations.order_by("attempt").last()
    return Proceedings(
        votes=votes_on(frozen, recommendation.attempt if recommendation else 0), signatures=signatures_of(frozen)
    )


def votes_on(frozen: Snapshot, attempt: int) -> tuple[VoteFacts, ...]:
    votes = frozen.approvals.filter(attempt=attempt).order_by("order")
    return tuple(VoteFacts(vote.order, vote.verdict, vote.reason, vote.at) for vote in votes)


def signatures_of(frozen: Snapshot) -> tuple[SignatureFacts, ...]:
    records = SignatureRecord.objects.filter(bid=frozen.bid_id).select_related("document__file").order_by("pk")
    return tuple(
        SignatureFacts(record.commitment_key, record.document.file_id, record.signed_on, record.valid_until)
        for record in records
    )


def _reviews(frozen: Snapshot) -> tuple[ReviewFacts, ...]:
    sent = Review.objects.filter(snapshot=frozen, state=ReviewState.SENT, voided_at=None).prefetch_related("scores")
    return tuple(_review(order, review) for order, review in enumerate(sent.order_by("pk"), start=1))


def _review(order: int, review: Review) -> ReviewFacts:
    if review.sent_at is None:
        raise ValueError(f"review {review.pk} was sent at no time")
    scores = list(review.scores.all())
    return ReviewFacts(
        order=order,
        comment=review.comment,
        sent_at=review.sent_at,
        scores={score.criterion: score.halves * HALF for score in scores if score.halves is not None},
        comments={score.criterion: score.comment for score in scores},
    )


def _opinions(frozen: Snapshot) -> tuple[OpinionFacts, ...]:
    held = Opinion.objects.filter(bid=frozen.bid_id, replaced_at=None).select_related("decision").order_by("pk")
    return tuple(
        OpinionFacts(
            kind=opinion.kind,
            verdict=opinion.verdict,
            text=opinion.text,
            given_at=opinion.given_at,
            answer=opinion.decision.text if hasattr(opinion, "decision") else "",
        )
        for opinion in held
    )

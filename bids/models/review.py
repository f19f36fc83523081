"""What the ministry's people say about a round: reviews, scores, opinions, and decisions that answer an opinion."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.document import DeskDocument
from bids.models.fields import ProseField, WordField
from bids.models.parts import Versioned, known_word
from bids.models.snapshot import Snapshot
from bids.rulebook.vocabulary import OpinionKind, OpinionVerdict, ReviewState


class Review(Versioned):
    """One reviewer's judgement of one round. In a new round it is copied as a draft to confirm or change.

    Its scores share its version; `voided_at` is set when a conflict of interest comes out later.
    """

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="reviews")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    state = WordField(ReviewState, default=ReviewState.DRAFT, verbose_name=_("state"))
    comment = ProseField(_("overall comment"), blank=True)
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    voided_at = models.DateTimeField(_("voided"), null=True, blank=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("pk",)
        constraints = [
            known_word("state", ReviewState),
            models.UniqueConstraint(fields=["snapshot", "reviewer"], name="review_is_one_per_reviewer_and_round"),
            models.CheckConstraint(
                condition=Q(state=ReviewState.DRAFT.value, sent_at__isnull=True)
                | Q(state=ReviewState.SENT.value, sent_at__isnull=False),
                name="review_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}: {self.reviewer_id}"


class Score(models.Model):
    """The score of one criterion in half points: 0 to 10 halves are 0 to 5 points."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=64)
    halves = models.PositiveSmallIntegerField(_("half points"), null=True, blank=True)
    comment = ProseField(_("comment"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="score_is_one_per_criterion"),
            models.CheckConstraint(
                condition=Q(halves__isnull=True) | Q(halves__gte=0, halves__lte=10), name="score_is_0_to_10_halves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.halves}"


class Opinion(models.Model):
    """An opinion on what its giver read: it lapses when the digest of that changes, in whatever round."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="opinions")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="opinions")
    kind = WordField(OpinionKind, verbose_name=_("kind"))
    verdict = WordField(OpinionVerdict, verbose_name=_("verdict"))
    text = ProseField(_("text"), blank=True)
    scope_digest = models.CharField(_("digest of what was read"), max_length=64)
    document = models.ForeignKey(
        DeskDocument, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    given_at = models.DateTimeField(_("given"), default=clock.now)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("opinion")
        verbose_name_plural = _("opinions")
        ordering = ("pk",)
        constraints = [
            known_word("kind", OpinionKind),
            known_word("verdict", OpinionVerdict),
            models.UniqueConstraint(
                fields=["bid", "kind"], condition=Q(replaced_at__isnull=True), name="opinion_one_of_a_kind_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}: {self.kind} {self.verdict}"


class OpinionDecision(models.Model):
    """The recorded decision by which the file goes on despite a reserved or unfavourable opinion."""

    opinion = models.OneToOneField(Opinion, models.PROTECT, related_name="decision", verbose_name=_("opinion"))
    text = ProseField(_("decision"))
    document = models.ForeignKey(DeskDocument, models.PROTECT, related_name="+", verbose_name=_("document"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("decision on an opinion")
        verbose_name_plural = _("decisions on opinions")

    def __str__(self) -> str:
        return str(self.opinion)

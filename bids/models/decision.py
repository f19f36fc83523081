"""How the ministry decides: requests for changes, recommendation, two approvals, the filing, the Union's answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.document import DeskDocument
from bids.models.fields import LineField, ProseField, WordField
from bids.models.parts import known_word
from bids.models.snapshot import Snapshot
from bids.rulebook.sections import BidSection
from bids.rulebook.vocabulary import ApprovalVerdict, BidState

UNION_OUTCOMES = (BidState.SELECTED, BidState.RESERVE, BidState.NOT_SELECTED, BidState.INELIGIBLE)


class ChangeRequest(models.Model):
    """Sections to change, until when, and why; `closed_at` is set by the answer or when the due date has passed."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="change_requests")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="change_requests")
    sections = models.JSONField(_("sections"))
    reason = ProseField(_("what to change and why"))
    due_at = models.DateTimeField(_("due"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("requested by"))
    at = models.DateTimeField(_("requested"), default=clock.now)
    answer = ProseField(_("answer"), blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["bid"], condition=Q(closed_at__isnull=True), name="changerequest_one_is_open_per_bid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}: {', '.join(self.sections)}"

    @property
    def opened(self) -> list[BidSection]:
        """The sections, as words."""
        return [section for section in BidSection if section in self.sections]


class Recommendation(models.Model):
    """The case manager's word that a round is ready to be decided; `attempt` counts them per snapshot."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="recommendations")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="recommendations")
    attempt = models.PositiveIntegerField(_("attempt"), default=1)
    reason = ProseField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recommended by"))
    at = models.DateTimeField(_("recommended"), default=clock.now)

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "attempt"], name="recommendation_attempt_is_unique"),
            models.CheckConstraint(condition=Q(attempt__gte=1), name="recommendation_attempts_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} #{self.attempt}"


class Approval(models.Model):
    """One of two decisions on a recommended round, bound to its hash. Triggers refuse UPDATE and DELETE."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="approvals")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="approvals")
    snapshot_sha256 = models.CharField(_("SHA-256 of the snapshot"), max_length=64)
    attempt = models.PositiveIntegerField(_("attempt"), default=1)
    order = models.PositiveSmallIntegerField(_("first or second"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="approvals", verbose_name=_("approver")
    )
    verdict = WordField(ApprovalVerdict, verbose_name=_("verdict"))
    reason = ProseField(_("reason"), blank=True)
    at = models.DateTimeField(_("decided"), default=clock.now)

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        ordering = ("snapshot", "attempt", "order")
        constraints = [
            known_word("verdict", ApprovalVerdict),
            models.CheckConstraint(condition=Q(order__in=[1, 2]), name="approval_is_first_or_second"),
            models.UniqueConstraint(fields=["snapshot", "attempt", "order"], name="approval_order_is_taken_once"),
            models.UniqueConstraint(fields=["snapshot", "attempt", "user"], name="approval_takes_two_people"),
            models.CheckConstraint(
                condition=Q(verdict=ApprovalVerdict.APPROVE.value) | ~Q(reason=""), name="approval_rejects_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot} #{self.attempt}.{self.order}: {self.verdict}"


class Filing(models.Model):
    """The bid is in the Union's portal: when, under which number, with which receipt, and is it what we sealed."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="filings")
    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="filing")
    portal_reference = LineField(_("reference in the portal"))
    received_at = models.DateTimeField(_("received by the Union"))
    receipt = models.ForeignKey(DeskDocument, models.PROTECT, related_name="+", verbose_name=_("receipt of the Union"))
    dossier_sha256 = models.CharField(_("SHA-256 of the filed dossier"), max_length=64, blank=True)
    difference = ProseField(_("why it differs from the sealed dossier"), blank=True)
    incident = ProseField(_("incident, where the cut-off had passed"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("filing")
        verbose_name_plural = _("filings")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(dossier_sha256="") | ~Q(difference=""), name="filing_is_the_sealed_dossier_or_says_why"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("by")),
                name="filing_is_confirmed_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.portal_reference}"


class UnionDecision(models.Model):
    """What the Union decided, with its scores and its letter; the consortium reads it once it is published."""

    bid = models.OneToOneField(Bid, models.PROTECT, related_name="union_decision")
    outcome = WordField(BidState, verbose_name=_("outcome"))
    scores = models.JSONField(_("scores"), default=dict, blank=True)
    letter = models.ForeignKey(DeskDocument, models.PROTECT, related_name="+", verbose_name=_("letter of the Union"))
    decided_on = models.DateField(_("decided on"))
    remark = ProseField(_("remark"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded"), default=clock.now)
    published_at = models.DateTimeField(_("published to the consortium"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision of the Union")
        verbose_name_plural = _("decisions of the Union")
        constraints = [known_word("outcome", UNION_OUTCOMES)]

    def __str__(self) -> str:
        return f"{self.bid}: {self.outcome}"

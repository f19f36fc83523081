"""The trail: who did what when, in chains of hashes that show every later change."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import LineField, ProseField


class Chain(models.Model):
    """The head of one chain of events: a bid's, or (without a bid) the system's. Its UPDATE orders the events."""

    bid = models.OneToOneField(Bid, models.PROTECT, null=True, blank=True, related_name="chain")
    length = models.PositiveBigIntegerField(_("events"), default=0)
    head = models.CharField(_("hash of the last event"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("chain of events")
        verbose_name_plural = _("chains of events")
        constraints = [
            models.UniqueConstraint(models.Value(1), condition=Q(bid__isnull=True), name="chain_of_the_system_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.bid or 'system'}: {self.length}"


class BidEvent(models.Model):
    """One thing that happened, in the past tense. Triggers refuse UPDATE and DELETE.

    Holds the actor's id and role, never a name or an address; refusals are events too.
    """

    bid = models.ForeignKey(Bid, models.PROTECT, null=True, blank=True, related_name="events")
    sequence = models.PositiveBigIntegerField(_("number"))
    name = models.CharField(_("what happened"), max_length=60)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(_("as"), max_length=60, blank=True)
    at = models.DateTimeField(_("when"), default=clock.now)
    about = LineField(_("about"), blank=True)
    before = models.JSONField(_("before"), null=True, blank=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, blank=True, encoder=DjangoJSONEncoder)
    note = ProseField(_("note"), blank=True)
    previous_hash = models.CharField(_("hash of the event before"), max_length=64, blank=True)
    hash = models.CharField(_("hash"), max_length=64)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("bid", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["bid", "sequence"], name="bidevent_number_is_unique"),
            models.UniqueConstraint(
                fields=["sequence"], condition=Q(bid__isnull=True), name="bidevent_number_of_the_system_is_unique"
            ),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="bidevent_numbers_start_at_one"),
        ]
        indexes = [models.Index(fields=["bid", "-at"], name="bidevent_newest_first")]

    def __str__(self) -> str:
        return f"{self.bid or 'system'} #{self.sequence}: {self.name}"


class LateAttempt(models.Model):
    """A submission that came too late: evidence of what was received and when, kept for an appeal."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="late_attempts")
    move = models.CharField(_("step"), max_length=40, default="submit")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("tried by"))
    received_at = models.DateTimeField(_("received"))
    closed_at = models.DateTimeField(_("the desk had closed at"))
    sha256 = models.CharField(_("SHA-256 of the bid"), max_length=64, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("late attempt")
        verbose_name_plural = _("late attempts")
        ordering = ("-received_at",)

    def __str__(self) -> str:
        return f"{self.bid}: {self.received_at:%Y-%m-%d %H:%M:%S}"

"""What takes two people outside the two approvals: inadmissibility, a late filing; and appeals with their votes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import ProseField


class Proposal(models.Model):
    """A step one person proposed and another has to confirm; `move` names the step."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="proposals")
    move = models.CharField(_("step"), max_length=40)
    ground = models.CharField(_("ground"), max_length=40, blank=True)
    reason = ProseField(_("reason"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    at = models.DateTimeField(_("proposed"), default=clock.now)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("confirmed or dropped"), null=True, blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["bid", "move"], condition=Q(closed_at__isnull=True), name="proposal_one_of_a_kind_is_open"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("by")),
                name="proposal_is_confirmed_by_another_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.move}"


class Appeal(models.Model):
    """The coordinator's appeal against a rejection or inadmissibility; a split vote starts another attempt."""

    bid = models.OneToOneField(Bid, models.PROTECT, related_name="appeal")
    reason = ProseField(_("grounds of the appeal"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("lodged by"))
    at = models.DateTimeField(_("lodged"), default=clock.now)
    attempt = models.PositiveIntegerField(_("attempt"), default=1)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")

    def __str__(self) -> str:
        return str(self.bid)


class AppealVote(models.Model):
    """One of two votes on an appeal, by people who did not decide before."""

    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="votes")
    attempt = models.PositiveIntegerField(_("attempt"), default=1)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("approver"))
    upholds = models.BooleanField(_("upholds the appeal"))
    reason = ProseField(_("reason"))
    at = models.DateTimeField(_("voted"), default=clock.now)

    class Meta:
        verbose_name = _("vote on an appeal")
        verbose_name_plural = _("votes on appeals")
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["appeal", "attempt", "user"], name="appealvote_takes_two_people"),
        ]

    def __str__(self) -> str:
        return f"{self.appeal}: {self.upholds}"

"""Frozen bids: the snapshot of a round, which nothing ever changes, and the picture a draft dossier is made from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.call import CallVersion


class Snapshot(models.Model):
    """What was submitted in a round: the bid as canonical JSON, its digest, and the law it was computed under.

    Triggers refuse UPDATE and DELETE. `received_at` is the server's clock when the whole request had been
    read; `desk_closes` is the date it was compared with.
    """

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="snapshots", verbose_name=_("bid"))
    round = models.PositiveIntegerField(_("round"))
    text = models.TextField(_("canonical JSON"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    revision = models.PositiveBigIntegerField(_("revision"))
    call_version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    rule_set = models.CharField(_("rule set"), max_length=80)
    engine_version = models.CharField(_("engine version"), max_length=40)
    received_at = models.DateTimeField(_("received"))
    desk_closes = models.DateTimeField(_("desk closed"), null=True, blank=True)
    receipt = models.CharField(_("receipt number"), max_length=40, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("submitted by"))

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ("bid", "-round")
        constraints = [
            models.UniqueConstraint(fields=["bid", "round"], name="snapshot_round_is_unique"),
            models.CheckConstraint(condition=Q(round__gte=1), name="snapshot_rounds_start_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.bid} / {self.round}"


class Picture(models.Model):
    """A draft as it stood at one moment; purged with the draft dossiers made from it."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="pictures", verbose_name=_("bid"))
    text = models.TextField(_("canonical JSON"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    revision = models.PositiveBigIntegerField(_("revision"))
    call_version = models.ForeignKey(CallVersion, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made"), default=clock.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ("-made_at",)
        constraints = [models.UniqueConstraint(fields=["bid", "sha256"], name="picture_is_kept_once")]

    def __str__(self) -> str:
        return f"{self.bid} {self.made_at:%Y-%m-%d %H:%M}"

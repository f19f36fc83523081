"""Calls as the ministry keeps them: every version of their data, and every move of their dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.fields import KeyField, LineField, ProseField, WordField
from bids.models.parts import known_word
from bids.rulebook.vocabulary import DateChangeKind, Instrument


class Call(models.Model):
    """A call people can start a bid from; its numbers live in its versions.

    `cutoff` and `desk_closes` are set while moved dates are in force; empty, the dates of the data hold.
    """

    reference = models.CharField(_("reference"), max_length=64, unique=True)
    title = LineField(_("title"))
    instrument = WordField(Instrument, verbose_name=_("instrument"))
    cutoff = models.DateTimeField(_("cut-off of the Union"), null=True, blank=True)
    desk_closes = models.DateTimeField(_("desk closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ("reference",)
        constraints = [known_word("instrument", Instrument)]

    def __str__(self) -> str:
        return self.reference

    def version_in_force(self) -> CallVersion:
        """The data a bid started today gets."""
        return self.versions.latest("number")


class CallVersion(models.Model):
    """One version of a call's data, exactly as loaded; a bid keeps the version it was started under."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="versions", verbose_name=_("call"))
    number = models.PositiveIntegerField(_("version"))
    data = models.JSONField(_("data"))
    digest = models.CharField(_("digest"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded"), default=clock.now)
    loaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("version of a call")
        verbose_name_plural = _("versions of calls")
        ordering = ("call", "-number")
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="callversion_number_is_unique"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="callversion_number_starts_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.call.reference}@{self.number}"


class DateChange(models.Model):
    """New dates for a call or for one bid, with the reason; an extension counts once a second person confirmed it."""

    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="date_changes")
    bid = models.ForeignKey("bids.Bid", models.PROTECT, null=True, blank=True, related_name="date_changes")
    kind = WordField(DateChangeKind, verbose_name=_("kind"))
    old_cutoff = models.DateTimeField(_("cut-off before"), null=True, blank=True)
    old_desk_closes = models.DateTimeField(_("desk closed before"), null=True, blank=True)
    cutoff = models.DateTimeField(_("new cut-off"), null=True, blank=True)
    desk_closes = models.DateTimeField(_("desk closes now"), null=True, blank=True)
    reason = ProseField(_("reason"))
    incident = KeyField(_("incident"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)

    class Meta:
        verbose_name = _("change of dates")
        verbose_name_plural = _("changes of dates")
        ordering = ("-pk",)
        constraints = [
            known_word("kind", DateChangeKind),
            models.CheckConstraint(
                condition=models.Q(call__isnull=True) ^ models.Q(bid__isnull=True),
                name="datechange_is_for_a_call_or_a_bid",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by__isnull=True) | ~models.Q(confirmed_by=models.F("proposed_by")),
                name="datechange_is_confirmed_by_another_person",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="datechange_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.call or self.bid}: {self.desk_closes}"

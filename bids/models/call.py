"""Calls as the ministry keeps them: every version of their data, every change of their numbers, every move of dates."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.fields import KeyField, LineField, ProseField, WordField
from bids.models.parts import known_word
from bids.rulebook.vocabulary import DateChangeKind, Instrument, ProposalState


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


class NumbersChange(models.Model):
    """Other numbers for a call, with the reason: in force as a new version once a second person confirmed them.

    `edits` holds the new tables by their places (`callfile.with_edits`), `digest` the digest of the
    version they would make of `base`.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="number_changes", verbose_name=_("call"))
    base = models.ForeignKey(CallVersion, models.PROTECT, related_name="+", verbose_name=_("on top of"))
    edits = models.JSONField(_("changes"))
    digest = models.CharField(_("digest"), max_length=64)
    reason = ProseField(_("reason"))
    outcome = WordField(ProposalState, default=ProposalState.OPEN, verbose_name=_("outcome"))
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(_("proposed"), default=clock.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    answer = ProseField(_("why it was refused"), blank=True)
    version = models.OneToOneField(
        CallVersion, models.PROTECT, null=True, blank=True, related_name="made_by", verbose_name=_("version")
    )

    class Meta:
        verbose_name = _("change of numbers")
        verbose_name_plural = _("changes of numbers")
        ordering = ("-pk",)
        constraints = [
            known_word("outcome", ProposalState),
            models.UniqueConstraint(
                fields=["call"], condition=Q(outcome=ProposalState.OPEN), name="numberschange_one_is_open"
            ),
            models.CheckConstraint(
                condition=Q(outcome=ProposalState.OPEN, closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(outcome=ProposalState.OPEN) & Q(closed_by__isnull=False, closed_at__isnull=False)),
                name="numberschange_is_closed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ProposalState.CONFIRMED) | ~Q(closed_by=models.F("proposed_by")),
                name="numberschange_is_confirmed_by_another_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome=ProposalState.CONFIRMED, version__isnull=False)
                | (~Q(outcome=ProposalState.CONFIRMED) & Q(version__isnull=True)),
                name="numberschange_makes_a_version_when_confirmed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="numberschange_has_a_reason"),
            models.CheckConstraint(
                condition=~Q(outcome=ProposalState.REFUSED) | ~Q(answer=""),
                name="numberschange_is_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.base}: {', '.join(self.edits)}"


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

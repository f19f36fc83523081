"""Who a person is: for a bid, for a call, for one review. Nobody is on both sides of a call (a trigger sees to it)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import ASSIGNED_ROLES, CONSORTIUM_ROLES, MINISTRY_ROLES, Bid
from bids.models.call import Call
from bids.models.consortium import Partner
from bids.models.fields import ProseField, WordField
from bids.models.parts import known_word
from bids.rulebook.vocabulary import Interest, Role


class BidRole(models.Model):
    """A person of the consortium, acting for one of its partners."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="people")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="bid_roles", verbose_name=_("person")
    )
    role = WordField(Role, verbose_name=_("role"))
    partner = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="people", verbose_name=_("acts for")
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.now)

    class Meta:
        verbose_name = _("role in a bid")
        verbose_name_plural = _("roles in bids")
        ordering = ("pk",)
        constraints = [
            known_word("role", CONSORTIUM_ROLES),
            models.UniqueConstraint(fields=["bid", "user", "role"], name="bidrole_is_given_once"),
            models.UniqueConstraint(
                fields=["bid"], condition=Q(role=Role.COORDINATOR.value), name="bidrole_one_coordinator_per_bid"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.user_id} {self.role}"


class CallRole(models.Model):
    """A person of the ministry's side, for one call or (without a call) for all of them."""

    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("call"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="call_roles", verbose_name=_("person")
    )
    role = WordField(Role, verbose_name=_("role"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(_("given"), default=clock.now)

    class Meta:
        verbose_name = _("role in a call")
        verbose_name_plural = _("roles in calls")
        ordering = ("pk",)
        constraints = [
            known_word("role", MINISTRY_ROLES),
            models.UniqueConstraint(fields=["call", "user", "role"], name="callrole_is_given_once"),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(call__isnull=True), name="callrole_for_all_calls_is_given_once"
            ),
            models.CheckConstraint(
                condition=Q(given_by__isnull=True) | ~Q(given_by=models.F("user")),
                name="callrole_is_not_given_to_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call_id or '*'}: {self.user_id} {self.role}"


class Assignment(models.Model):
    """A reviewer, legal reviewer or Inspector works on a bid until the assignment ends."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("person")
    )
    role = WordField(Role, verbose_name=_("role"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("assigned"), default=clock.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    reason = ProseField(_("why it ended"), blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ("pk",)
        constraints = [
            known_word("role", ASSIGNED_ROLES),
            models.UniqueConstraint(
                fields=["bid", "user", "role"], condition=Q(ended_at__isnull=True), name="assignment_runs_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.user_id} {self.role}"


class InterestDeclaration(models.Model):
    """What a person of the ministry declares before reading a bid; a newer declaration replaces it, nothing is lost."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="interests")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="interests", verbose_name=_("person")
    )
    interest = WordField(Interest, verbose_name=_("declaration"))
    reason = ProseField(_("reason"), blank=True)
    at = models.DateTimeField(_("declared"), default=clock.now)
    replaced_at = models.DateTimeField(_("replaced"), null=True, blank=True)

    class Meta:
        verbose_name = _("declaration of interest")
        verbose_name_plural = _("declarations of interest")
        ordering = ("pk",)
        constraints = [
            known_word("interest", Interest),
            models.UniqueConstraint(
                fields=["bid", "user"], condition=Q(replaced_at__isnull=True), name="interestdeclaration_one_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.user_id} {self.interest}"

"""The partners of a bid, and their word that card and costs are right."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from accounts.models import Organisation
from bids.models.bid import Bid
from bids.models.fields import EuroField, LineField, WordField
from bids.models.parts import Listed, Versioned, known_word, not_negative, unique_key
from bids.rulebook.vocabulary import PartnerKind, PartnerRole


class Partner(Listed, Versioned):
    """An organisation in a bid: its card as it stands in the file, and the account it belongs to."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="partners")
    name = LineField(_("legal name"), blank=True)
    short_name = LineField(_("short name"), blank=True)
    country = LineField(_("country"), blank=True)
    region = LineField(_("region"), blank=True)
    kind = WordField(PartnerKind, default=PartnerKind.LARGE, verbose_name=_("kind"))
    role = WordField(PartnerRole, default=PartnerRole.BENEFICIARY, verbose_name=_("role in the bid"))
    affiliated_to = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="affiliates", verbose_name=_("affiliated to")
    )
    pic = LineField(_("participant identification code (PIC)"), null=True, blank=True)
    enterprise_number = LineField(_("enterprise number"), null=True, blank=True)
    requested_eu = EuroField(_("requested contribution of the Union"), null=True, blank=True)
    state_money = EuroField(_("State money for its costs"), null=True, blank=True)
    other_union_money = EuroField(_("other money of the Union for its costs"), null=True, blank=True)
    expected_revenues = EuroField(_("expected revenues"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        constraints = [
            unique_key("bid"),
            known_word("kind", PartnerKind),
            known_word("role", PartnerRole),
            not_negative("requested_eu", "state_money", "other_union_money", "expected_revenues"),
            models.CheckConstraint(
                condition=Q(affiliated_to__isnull=True) | ~Q(affiliated_to=models.F("pk")),
                name="partner_is_not_its_own_affiliate",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name or self.key


class Confirmation(models.Model):
    """A partner's word on its card and costs; it holds while their digest is the one confirmed.

    `mandate` is the document that lets the coordinator confirm for a partner.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="confirmations", verbose_name=_("partner"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("confirmed by"))
    at = models.DateTimeField(_("confirmed"), default=clock.now)
    digest = models.CharField(_("digest of card and costs"), max_length=64)
    mandate = models.ForeignKey(
        "bids.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mandate")
    )
    cleared_at = models.DateTimeField(_("no longer holds since"), null=True, blank=True)

    class Meta:
        verbose_name = _("confirmation")
        verbose_name_plural = _("confirmations")
        ordering = ("-at",)
        constraints = [
            models.UniqueConstraint(
                fields=["partner"], condition=Q(cleared_at__isnull=True), name="confirmation_is_one_per_partner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.at:%Y-%m-%d}"

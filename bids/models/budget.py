"""What the bid costs, line by line, and who pays what the Union doesn't."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.consortium import Partner
from bids.models.document import DeskDocument, Document
from bids.models.fields import DecimalTextField, EuroField, LineField, PricingField, ProseField, WordField
from bids.models.parts import Listed, Versioned, known_word, no_minus_sign, not_negative, unique_key
from bids.models.site import Site
from bids.models.work import WorkPackage
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus, PayerKind, Stream


class BudgetLine(Listed, Versioned):
    """One cost. A removed line keeps its key, so that taking the removal back is always possible."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="budget_lines")
    stream = WordField(Stream, null=True, blank=True, verbose_name=_("stream"))
    partner = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="budget_lines", verbose_name=_("partner")
    )
    site = models.ForeignKey(
        Site, models.RESTRICT, null=True, blank=True, related_name="budget_lines", verbose_name=_("site")
    )
    work_package = models.ForeignKey(
        WorkPackage, models.RESTRICT, null=True, blank=True, related_name="budget_lines",
        verbose_name=_("work package"),
    )  # fmt: skip
    category = LineField(_("category"), blank=True)
    year = models.PositiveIntegerField(_("year"), null=True, blank=True)
    description = ProseField(_("description"), blank=True)
    amount = EuroField(_("amount"), null=True, blank=True)
    quantity = DecimalTextField(_("quantity"), null=True, blank=True, decimals=4)
    unit = LineField(_("unit"), blank=True)
    unit_cost = DecimalTextField(_("unit cost"), null=True, blank=True, decimals=4)
    pricing = PricingField(_("formula"), null=True, blank=True)
    funded_elsewhere = models.BooleanField(_("funded elsewhere"), default=False)
    alternative_of = LineField(_("alternative of"), null=True, blank=True)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta(Listed.Meta):
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            unique_key("bid"),
            known_word("stream", Stream, may_be_empty=True),
            not_negative("amount"),
            no_minus_sign("quantity", "unit_cost"),
        ]
        indexes = [models.Index(fields=["bid", "removed_at", "position"], name="budgetline_in_order")]


class Commitment(Listed, Versioned):
    """Money somebody announced, pledged or signed for the part the Union doesn't pay."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="commitments")
    payer = LineField(_("payer"), blank=True)
    kind = WordField(PayerKind, default=PayerKind.FEDERAL, verbose_name=_("kind"))
    amount = EuroField(_("amount"), default=Euro)
    status = WordField(CommitmentStatus, default=CommitmentStatus.ANNOUNCED, verbose_name=_("status"))
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    years = models.JSONField(_("years"), default=list, blank=True)
    budget_line = LineField(_("budget line of the payer"), blank=True)
    condition = ProseField(_("condition"), blank=True)
    legal_basis = ProseField(_("legal basis"), blank=True)
    signatory = LineField(_("signatory"), blank=True)
    document = models.ForeignKey(
        Document, models.RESTRICT, null=True, blank=True, related_name="commitments", verbose_name=_("letter")
    )

    class Meta(Listed.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            unique_key("bid"),
            known_word("kind", PayerKind),
            known_word("status", CommitmentStatus),
            not_negative("amount"),
        ]


class SignatureRecord(models.Model):
    """The signed letter of a commitment that is in the file: recorded beside the snapshot, which stays as it is."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="signatures")
    commitment_key = models.CharField(_("commitment"), max_length=32)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    document = models.ForeignKey(DeskDocument, models.PROTECT, related_name="+", verbose_name=_("signed letter"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    at = models.DateTimeField(_("recorded"), default=clock.now)

    class Meta:
        verbose_name = _("recorded signature")
        verbose_name_plural = _("recorded signatures")
        ordering = ("at",)
        constraints = [
            models.UniqueConstraint(fields=["bid", "commitment_key"], name="signaturerecord_is_one_per_commitment"),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.commitment_key}"

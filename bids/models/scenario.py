"""The workshop beside a bid: scenarios, and what adopting them changed. No part of the bid file."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import EuroField, LineField, ProseField
from bids.models.parts import Listed, Versioned, not_negative, unique_key
from bids.rulebook.scenarios import Change, read


class Scenario(Listed, Versioned):
    """A named list of changes, laid over the bid wherever it stands. A removed one can be put back."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="scenarios")
    name = LineField(_("name"), max_length=60)
    note = ProseField(_("note"), blank=True)
    changes = models.JSONField(_("changes"), default=list, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("started"), default=clock.now)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        constraints = [
            unique_key("bid"),
            models.UniqueConstraint(
                "bid", Lower("name"), condition=Q(removed_at__isnull=True), name="scenario_name_is_unique"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="scenario_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def list_of_changes(self) -> tuple[Change, ...]:
        """The changes as the rulebook reads them."""
        return read(self.changes)


class Adoption(models.Model):
    """A scenario that became the bid: every row it touched, before and after, so that it can be taken back."""

    bid = models.ForeignKey(Bid, models.PROTECT, related_name="adoptions")
    scenario = models.ForeignKey(Scenario, models.PROTECT, related_name="adoptions")
    name = LineField(_("name of the scenario"))
    changes = models.JSONField(_("changes"))
    rows = models.JSONField(_("rows"))
    total_before = EuroField(_("total before"))
    total_after = EuroField(_("total after"))
    eu_before = EuroField(_("contribution of the Union before"))
    eu_after = EuroField(_("contribution of the Union after"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("adopted by"))
    at = models.DateTimeField(_("adopted"), default=clock.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("taken back by"),
    )  # fmt: skip
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("adoption of a scenario")
        verbose_name_plural = _("adoptions of scenarios")
        ordering = ("-pk",)
        constraints = [
            not_negative("total_before", "total_after", "eu_before", "eu_after"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True, undone_at__isnull=True)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="adoption_is_taken_back_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.name}"

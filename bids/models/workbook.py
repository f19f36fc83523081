"""A workbook that somebody brought: what was read of it waits here until it is taken over or thrown away."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.models.bid import Bid
from bids.models.fields import LineField


class BudgetImport(models.Model):
    """No part of the bid. `text` is what was found in the workbook, as JSON; the file itself is not kept.

    `choices` holds what somebody took or left otherwise than proposed, `rows` what taking it over changed, line
    by line, so that it can be taken back.
    """

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="budget_imports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("brought by"))
    at = models.DateTimeField(_("brought"), default=clock.now)
    name = LineField(_("name of the file"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    text = models.TextField(_("what was read"))
    choices = models.JSONField(_("choices"), default=dict, blank=True)
    rows = models.JSONField(_("rows"), default=list, blank=True)
    taken_at = models.DateTimeField(_("taken over"), null=True, blank=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("imported workbook")
        verbose_name_plural = _("imported workbooks")
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(taken_at__isnull=False),
                name="budgetimport_is_taken_before_it_is_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid}: {self.name}"

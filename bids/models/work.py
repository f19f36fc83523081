"""The work plan: packages, and what they hold and yield."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.models.bid import Bid
from bids.models.consortium import Partner
from bids.models.fields import DecimalTextField, LineField, ProseField
from bids.models.parts import Listed, Versioned, no_minus_sign, unique_key


class WorkPackage(Listed, Versioned):
    """Its tasks, deliverables, milestones and effort share its version."""

    bid = models.ForeignKey(Bid, models.CASCADE, related_name="work_packages")
    title = LineField(_("title"), blank=True)
    lead = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="led_packages", verbose_name=_("lead")
    )
    first_month = models.PositiveIntegerField(_("first month"), null=True, blank=True)
    last_month = models.PositiveIntegerField(_("last month"), null=True, blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("work package")
        verbose_name_plural = _("work packages")
        constraints = [unique_key("bid")]

    def __str__(self) -> str:
        return f"{self.key} {self.title}".strip()


class Effort(models.Model):
    """Person-months of one partner in one work package."""

    work_package = models.ForeignKey(WorkPackage, models.CASCADE, related_name="efforts")
    partner = models.ForeignKey(Partner, models.RESTRICT, related_name="efforts", verbose_name=_("partner"))
    months = DecimalTextField(_("person-months"))
    position = models.PositiveIntegerField(_("position"), default=0, editable=False)

    class Meta:
        verbose_name = _("effort")
        verbose_name_plural = _("efforts")
        ordering = ("position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["work_package", "partner"], name="effort_is_one_per_partner"),
            no_minus_sign("months"),
        ]

    def __str__(self) -> str:
        return f"{self.work_package}/{self.partner}"


class Task(Listed):
    work_package = models.ForeignKey(WorkPackage, models.CASCADE, related_name="tasks")
    title = LineField(_("title"), blank=True)
    first_month = models.PositiveIntegerField(_("first month"), null=True, blank=True)
    last_month = models.PositiveIntegerField(_("last month"), null=True, blank=True)
    lead = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="led_tasks", verbose_name=_("lead")
    )

    class Meta(Listed.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        constraints = [unique_key("work_package")]


class Deliverable(Listed):
    work_package = models.ForeignKey(WorkPackage, models.CASCADE, related_name="deliverables")
    title = LineField(_("title"), blank=True)
    month = models.PositiveIntegerField(_("due month"), null=True, blank=True)
    lead = models.ForeignKey(
        Partner, models.RESTRICT, null=True, blank=True, related_name="led_deliverables", verbose_name=_("lead")
    )
    type = LineField(_("type"), blank=True)
    dissemination = LineField(_("dissemination level"), blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        constraints = [unique_key("work_package")]


class Milestone(Listed):
    work_package = models.ForeignKey(WorkPackage, models.CASCADE, related_name="milestones")
    title = LineField(_("title"), blank=True)
    month = models.PositiveIntegerField(_("due month"), null=True, blank=True)
    means_of_verification = ProseField(_("means of verification"), blank=True)

    class Meta(Listed.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [unique_key("work_package")]

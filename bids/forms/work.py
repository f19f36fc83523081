"""A work package: when, who leads, what it yields, and how many person-months each partner gives."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.forms.fields import NumberField
from bids.forms.inside import EntryForm, entries
from bids.forms.pointer import rows_of
from bids.forms.row import RowForm
from bids.models import Bid, Deliverable, Milestone, Partner, Task, WorkPackage
from bids.rulebook.facts import WorkPackageFacts

LONGEST_MONTHS = 600


class MonthsMixin:
    """First and last month make a stretch of time."""

    cleaned_data: dict[str, Any]

    def clean(self) -> Any:
        cleaned = super().clean() or self.cleaned_data  # type: ignore[misc]
        first, last = cleaned.get("first_month"), cleaned.get("last_month")
        if first is not None and last is not None and last < first:
            self.add_error("last_month", _("The last month lies before the first. Exchange the two."))  # type: ignore[attr-defined]
        return cleaned


class WorkPackageForm(MonthsMixin, RowForm):
    """The card of a work package; effort is one box per partner."""

    class Meta(RowForm.Meta):
        model = WorkPackage
        fields = ("title", "lead", "first_month", "last_month")

    def __init__(self, *args: Any, effort: Mapping[str, Decimal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for partner in rows_of(self.bid, Partner):
            name = f"effort_{partner.key}"
            months = effort.get(partner.key)
            label = _("Person-months of %(partner)s") % {"partner": partner.short_name or partner.name or partner.key}
            self.fields[name] = NumberField(label=label, required=False, decimals=4)
            self.initial[name] = months
            self.fields[name].shown = months  # type: ignore[attr-defined]

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"].strip()
        if not title:
            raise forms.ValidationError(_("Give the work package a title."))
        return title

    def theirs(self, row: WorkPackage) -> WorkPackageForm:
        given = {effort.partner.key: effort.months for effort in row.efforts.select_related("partner")}
        return type(self)(instance=row, bid=self.bid, effort=given)

    @property
    def effort(self) -> dict[str, Decimal]:
        """Person-months by partner; empty boxes are none."""
        boxes = {name.removeprefix("effort_"): value for name, value in self.cleaned_data.items() if _is_effort(name)}
        return {key: months for key, months in boxes.items() if months is not None}

    @property
    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in super().changes.items() if not _is_effort(name)}


class TaskForm(MonthsMixin, EntryForm):
    """A task inside a work package."""


TaskEntries = entries(Task, TaskForm, ("title", "lead", "first_month", "last_month"), _("Tasks"))
DeliverableEntries = entries(
    Deliverable, EntryForm, ("title", "lead", "month", "type", "dissemination"), _("Deliverables")
)
MilestoneEntries = entries(Milestone, EntryForm, ("title", "month", "means_of_verification"), _("Milestones"))


def entries_of(package: WorkPackageFacts | None, bid: Bid, data: Any = None) -> dict[type[Any], Any]:
    """The lists inside a work package; leads are partners of this bid."""
    return {
        Task: TaskEntries(data, prefix="tasks", bid=bid, standing=package.tasks if package else ()),
        Deliverable: DeliverableEntries(
            data, prefix="deliverables", bid=bid, standing=package.deliverables if package else ()
        ),
        Milestone: MilestoneEntries(data, prefix="milestones", bid=bid, standing=package.milestones if package else ()),
    }


def _is_effort(name: str) -> bool:
    return name.startswith("effort_")

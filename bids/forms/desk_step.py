"""What is typed with a step of the ministry, and which form belongs to which step."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.forms.desk import Prose, words
from bids.forms.desk_paper_step import DecisionForm, FilingForm, LateFilingForm, SignatureForm
from bids.forms.desk_step_form import About, StepForm, TimeInput, in_brussels
from bids.forms.fields import DayField
from bids.models.fields import is_storable
from bids.rulebook.sections import BidSection
from bids.rulebook.workflow import Ground, Said


class NoteForm(StepForm):
    """A step that may be explained."""

    note = Prose(label=_("Remark"), required=False)


class ReasonedForm(StepForm):
    """A step that has to be explained."""

    note = Prose(label=_("Reason"))


class ChangesForm(StepForm):
    """Which sections open, until when, and what to change there."""

    sections = forms.MultipleChoiceField(
        label=_("Sections that open for changes"), choices=words(BidSection), widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("Changes are due on"))
    due_at = forms.TimeField(label=_("At (Brussels time)"), widget=TimeInput())
    note = Prose(label=_("What to change, and why"), rows=6)

    def begins_with(self, about: About) -> dict[str, Any]:
        return {"due_at": time(17)}

    def said(self) -> Said:
        given = self.cleaned_data
        due = in_brussels(given["due_on"], given["due_at"])
        return Said(note=given["note"], sections=tuple(given["sections"]), due=due, digest_seen=given["digest"])


class InadmissibleForm(StepForm):
    """One person proposes with a ground, an approver confirms the same ground."""

    ground = forms.ChoiceField(label=_("Ground"), choices=words(Ground), widget=forms.RadioSelect)
    note = Prose(label=_("Reason, as the consortium will read it"), rows=5)

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        if about.proposal is not None:
            self.fields["ground"].disabled = True  # what was proposed is confirmed, or not

    def begins_with(self, about: About) -> dict[str, Any]:
        return {"ground": about.proposal.ground} if about.proposal else {}

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(note=given["note"], ground=Ground(given["ground"]), digest_seen=given["digest"])


class DeadlineForm(StepForm):
    """Until when the desk stays open; confirmed by a second person as it was proposed."""

    closes_on = DayField(label=_("The desk stays open until"))
    closes_at = forms.TimeField(label=_("At (Brussels time)"), widget=TimeInput())
    incident = forms.CharField(
        label=_("Number of the recorded incident"), required=False, max_length=32, validators=[is_storable],
        help_text=_("Only where the former date has passed."),
    )  # fmt: skip
    note = Prose(label=_("Reason"))

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        for name in ("closes_on", "closes_at", "incident"):
            self.fields[name].disabled = about.moved is not None

    def begins_with(self, about: About) -> dict[str, Any]:
        if about.moved is None or about.moved.desk_closes is None:
            return {"closes_at": time(17)}
        closes = wording.in_brussels(about.moved.desk_closes)
        return {"closes_on": closes.date(), "closes_at": closes.time(), "incident": about.moved.incident}

    def said(self) -> Said:
        given = self.cleaned_data
        closing = in_brussels(given["closes_on"], given["closes_at"])
        return Said(note=given["note"], new_closing=closing, incident=given["incident"], digest_seen=given["digest"])


class AppealForm(StepForm):
    """Uphold or dismiss."""

    upholds = forms.ChoiceField(
        label=_("The appeal is"), choices=[("yes", _("upheld")), ("no", _("dismissed"))], widget=forms.RadioSelect
    )
    note = Prose(label=_("Reason"))

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(note=given["note"], upholds=given["upholds"] == "yes", digest_seen=given["digest"])


FORMS: Mapping[str, type[StepForm]] = {
    "take_in": StepForm,
    "request_changes": ChangesForm,
    "recommend": NoteForm,
    "approve": NoteForm,
    "reject": ReasonedForm,
    "withdraw": ReasonedForm,
    "declare_inadmissible": InadmissibleForm,
    "move_deadline": DeadlineForm,
    "record_signature": SignatureForm,
    "file": FilingForm,
    "record_decision": DecisionForm,
    "decide_appeal": AppealForm,
}


def form_of(name: str, about: About) -> type[StepForm]:
    """The form of a step; a late filing is only confirmed."""
    return LateFilingForm if name == "file" and about.filing is not None else FORMS[name]

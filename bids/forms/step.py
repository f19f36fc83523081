"""What a person says with a step: a note, and which revision of the bid was on the page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.models.fields import is_storable

LONGEST_NOTE = 10_000
NOTES = {
    "resubmit": (_("Answer to the request for changes"), _("What you changed, and what you didn't and why.")),
    "withdraw": (_("Reason"), _("The ministry and your partners will read it.")),
    "lodge_appeal": (_("Grounds of the appeal"), _("What you think was judged wrongly, and why.")),
}
OBLIGATORY = ("withdraw", "lodge_appeal")


class StepForm(forms.Form):
    """The form of one step; the note is asked for only where somebody will want to read why."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    note = forms.CharField(required=False, max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, move: str, revision: int, note: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"revision": revision, "note": note}
        box = self.fields["note"]
        box.validators.append(is_storable)
        if move in NOTES:
            box.label, box.help_text = NOTES[move]
            box.required = move in OBLIGATORY
        else:
            box.widget = forms.HiddenInput()

    def on(self, revision: int) -> StepForm:
        """The same words on the page as it stands now."""
        self.data = {**self.data.dict(), "revision": str(revision)}  # type: ignore[attr-defined]
        return self

"""A sample form with one of each kind of field."""

from __future__ import annotations

from typing import Any

from django import forms


class SiteForm(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name of the site", help_text="As it will appear on the cover of the dossier")
    host = forms.ChoiceField(
        label="Hosting partner", choices=[("", "– Select –"), ("vub", "Vrije Universiteit Brussel")]
    )
    power = forms.DecimalField(
        label="IT power (kW)", help_text="For example 1,500.5", widget=forms.TextInput(attrs={"class": "money"})
    )
    ready = forms.DateField(label="Ready on", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    language = forms.ChoiceField(
        label="Language region", choices=[("nl", "Dutch"), ("fr", "French"), ("de", "German")], widget=forms.RadioSelect
    )
    shares = forms.MultipleChoiceField(
        label="Shared with",
        required=False,
        choices=[("a", "Research"), ("b", "Companies")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick all that hold",
    )
    renewable = forms.BooleanField(label="All energy is renewable", required=False)
    cooling = forms.CharField(label="Cooling", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    letter = forms.FileField(label="Letter of the grid operator", help_text="PDF, at most 10 MB", required=False)


def wrong_form() -> SiteForm:
    return SiteForm({"name": "Green Energy Park, Zellik", "power": "twelve", "language": "xx"})


class PhaseForm(forms.Form):
    """A row of a short list."""

    key = forms.CharField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(required=False)
    ready = forms.DateField(label="ready on", required=False, widget=forms.DateInput(attrs={"type": "date"}))


def phase_rows() -> Any:
    rows = forms.formset_factory(PhaseForm, extra=1, can_delete=True)
    return rows(initial=[{"title": "First hall"}, {"title": "Second hall"}], prefix="phases")

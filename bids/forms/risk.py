"""Risks, and the figures by which the project wants to be measured."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.forms.pointer import PointersField
from bids.forms.row import RowForm
from bids.models import Indicator, Risk, WorkPackage
from bids.models.fields import word_choices
from bids.rulebook.vocabulary import Level


class RiskForm(RowForm):
    """What may go wrong, how likely and how bad, and what is done about it."""

    likelihood = forms.ChoiceField(label=_("likelihood"), required=False, choices=[("", "–"), *word_choices(Level)])
    severity = forms.ChoiceField(label=_("severity"), required=False, choices=[("", "–"), *word_choices(Level)])
    work_packages = PointersField(
        label=_("work packages"), required=False, model=WorkPackage, widget=forms.CheckboxSelectMultiple
    )

    class Meta(RowForm.Meta):
        model = Risk
        fields = ("description", "likelihood", "severity", "work_packages", "mitigation")

    def clean_description(self) -> str:
        text: str = self.cleaned_data["description"].strip()
        if not text:
            raise forms.ValidationError(_("Say in a sentence what may go wrong."))
        return text

    def clean_likelihood(self) -> Level | None:
        return _level(self.cleaned_data["likelihood"])

    def clean_severity(self) -> Level | None:
        return _level(self.cleaned_data["severity"])

    def clean_work_packages(self) -> list[int]:
        """Their row ids, in the order of the work plan, as the table keeps them."""
        return [package.pk for package in self.cleaned_data["work_packages"]]


class IndicatorForm(RowForm):
    """A figure, where it starts and where it should be in a month of the project."""

    class Meta(RowForm.Meta):
        model = Indicator
        fields = ("name", "unit", "baseline", "target", "month")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        if not name:
            raise forms.ValidationError(_("Give the indicator a name."))
        return name


def _level(typed: str) -> Level | None:
    return Level(typed) if typed else None

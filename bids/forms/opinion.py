"""Opinions as they are typed: given by the ministry's own people, or recorded with the paper they came on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.actions.opinions import FROM_OUTSIDE
from bids.forms.desk import OnARound, Prose, words
from bids.forms.fields import DayField
from bids.forms.paper import PaperField
from bids.rulebook.vocabulary import OpinionVerdict


class OpinionForm(OnARound):
    """The legal or the financial opinion."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=words(OpinionVerdict), widget=forms.RadioSelect)
    text = Prose(label=_("Opinion"), rows=8)


class OutsideOpinionForm(OpinionForm):
    """An opinion of somebody outside, with its document."""

    kind = forms.ChoiceField(label=_("Whose opinion"), choices=words(FROM_OUTSIDE))
    text = Prose(label=_("What it says, in short"), required=False)
    given_on = DayField(label=_("Given on"))
    file = PaperField(label=_("The document, as PDF"))
    field_order = ("kind", "verdict", "text", "given_on", "file", "digest")

    def clean_given_on(self) -> Any:
        day = self.cleaned_data["given_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day lies ahead. Enter the date on the document."))
        return day


class AnswerForm(forms.Form):
    """The decision by which the file goes on despite an opinion."""

    text = Prose(label=_("What was decided, by whom"))
    file = PaperField(label=_("The decision, as PDF"))

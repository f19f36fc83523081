"""Asking for a draft dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.models.fields import word_choices
from bids.rulebook.vocabulary import Language


class DraftForm(forms.Form):
    """In which language to print the bid as it stands."""

    language = forms.ChoiceField(label=_("language"), choices=word_choices(Language))

    def clean_language(self) -> Language:
        chosen: Any = self.cleaned_data["language"]
        return Language(chosen)

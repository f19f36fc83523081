"""Asking for a draft dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.models.fields import word_choices
from bids.rulebook.vocabulary import DossierKind, Language

OF_A_DRAFT = (DossierKind.DRAFT, DossierKind.DIFFERENCE)


class DraftForm(forms.Form):
    """In which language to print the bid as it stands, or what changed in it since the last round."""

    language = forms.ChoiceField(label=_("language"), choices=word_choices(Language))
    kind = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in OF_A_DRAFT], required=False)  # by the button

    def clean_language(self) -> Language:
        chosen: Any = self.cleaned_data["language"]
        return Language(chosen)

    def clean_kind(self) -> DossierKind:
        chosen: Any = self.cleaned_data["kind"]
        return DossierKind(chosen or DossierKind.DRAFT)

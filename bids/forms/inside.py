"""Short lists inside a card: as many rows as there are, and a few empty ones to fill."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.forms.fields import form_field_of

EMPTY_ROWS = 2
MOST_ROWS = 60


class EntryForm(forms.ModelForm):
    """One row of such a list. Rows left empty are not kept; a key once given stays."""

    key = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    class Meta:
        formfield_callback = form_field_of

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"key"}


class Entries(forms.BaseModelFormSet):
    """Rows that stand already can be removed; the empty ones are simply left empty."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")


def entries(model: type[models.Model], form: type[EntryForm], columns: tuple[str, ...], heading: Any) -> type[Any]:
    """The formset class of one such list, with the words above it."""
    made = forms.modelformset_factory(
        model,
        form=form,
        formset=Entries,
        fields=("key", *columns),
        extra=EMPTY_ROWS,
        max_num=MOST_ROWS,
        validate_max=True,
        can_delete=True,
        can_delete_extra=False,
        formfield_callback=form_field_of,
    )
    made.heading = heading  # type: ignore[attr-defined]
    return made


def entries_kept(inside: dict[type[models.Model], Any]) -> dict[type[models.Model], list[dict[str, Any]]]:
    """What stays in each of the lists of a card."""
    return {model: kept(formset) for model, formset in inside.items()}


def kept(formset: Any) -> list[dict[str, Any]]:
    """The rows to keep, in order: filled, and not marked for removal."""
    return [
        {name: value for name, value in form.cleaned_data.items() if name not in ("id", "DELETE")}
        for form in formset.forms
        if _is_filled(form) and not form.cleaned_data.get("DELETE")
    ]


def _is_filled(form: Any) -> bool:
    return bool(form.instance.pk) or (form.has_changed() and bool(form.cleaned_data))

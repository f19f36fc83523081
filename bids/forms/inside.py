"""Short lists inside a card: as many rows as there are, and a few empty ones to fill.

A row is known by its key. What a list holds now is read from the picture of the bid, so a long list costs
no more questions than a short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.forms.fields import form_field_of
from bids.forms.row import BidForm
from bids.models import Bid

EMPTY_ROWS = 2
MOST_ROWS = 60

Standing = Mapping[str, dict[str, Any]]  # what is in the list now, by key


class EntryForm(BidForm):
    """One row of such a list. Rows left empty are not kept; a key once given stays."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        if self.is_bound:  # by key, not by place: somebody may have put another row in between
            self.initial = {**self.initial, **standing.get(self.named, {})}
            self.remember_shown()

    @property
    def named(self) -> str:
        """The key of the entry this row is about; nothing where it is a new one."""
        key = self.data.get(self.add_prefix("key"), "") if self.is_bound else self.initial.get("key", "")
        return key if key in self.standing else ""

    @property
    def is_filled(self) -> bool:
        """Whether the row is an entry at all."""
        return bool(self.named) or (self.has_changed() and bool(self.cleaned_data))


class BaseEntries(forms.BaseFormSet):
    """The list as it stands, or as it was sent back; rows that stand already can be removed."""

    def __init__(self, data: Any, *, standing: Iterable[Any], bid: Bid, prefix: str) -> None:
        columns = self.form.base_fields
        found = {each.key: {name: getattr(each, name) for name in columns} for each in standing}
        self.max_num = max(MOST_ROWS, len(found) + EMPTY_ROWS)  # a list that came from a file may be longer
        self.absolute_max = self.max_num + MOST_ROWS  # so many are read at all, whatever number is sent
        super().__init__(data, prefix=prefix, initial=list(found.values()), form_kwargs={"bid": bid, "standing": found})

    def add_fields(self, form: EntryForm, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove")

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The rows to keep, in order: filled, and not marked for removal; two can't be about the same entry."""
        rows = [form for form in self.forms if form.is_filled and not form.cleaned_data.get("DELETE")]
        names = [form.named for form in rows]
        keys = [name if name not in names[:place] else "" for place, name in enumerate(names)]
        return [_columns(form) | {"key": key} for form, key in zip(rows, keys, strict=True)]


def entries(model: type[models.Model], form: type[EntryForm], columns: tuple[str, ...], heading: Any) -> type[Any]:
    """The formset class of one such list, with the words above it."""
    row = forms.modelform_factory(model, form=form, fields=("key", *columns), formfield_callback=form_field_of)
    made = forms.formset_factory(
        row, formset=BaseEntries, extra=EMPTY_ROWS, validate_max=True, can_delete=True, can_delete_extra=False
    )
    made.heading = heading  # type: ignore[attr-defined]
    return made


def entries_kept(inside: dict[type[models.Model], Any]) -> dict[type[models.Model], list[dict[str, Any]]]:
    """What stays in each of the lists of a card."""
    return {model: formset.kept for model, formset in inside.items()}


def forms_of(form: BidForm, inside: dict[type[models.Model], Any]) -> list[BidForm]:
    """A card and every row of the lists inside it."""
    return [form, *(row for formset in inside.values() for row in formset.forms)]


def _columns(form: EntryForm) -> dict[str, Any]:
    return {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}

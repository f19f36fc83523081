"""Forms over the rows of a bid: pointers offer only rows of the same bid, and nothing is saved here.

Whatever two people may edit at once carries the version that was seen.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from bids.forms.fields import NumberField, ShareField, form_field_of, in_per_cent
from bids.forms.pointer import Pointing
from bids.models import Bid


class BidForm(forms.ModelForm):
    """A form over one row of a bid."""

    class Meta:
        formfield_callback = form_field_of

    def __init__(self, *args: Any, bid: Bid, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bid = bid
        for field in self.fields.values():
            if isinstance(field, Pointing):
                field.of(bid)
        self.remember_shown()

    def remember_shown(self) -> None:
        """Tell number fields what the page itself writes into their boxes: sent back, it is no question."""
        for name, field in self.fields.items():
            if isinstance(field, NumberField) and isinstance(value := self.initial.get(name), Decimal):
                field.shown = in_per_cent(value) if isinstance(field, ShareField) else value

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return excluded | {"bid", "key"}


class RowForm(BidForm):
    """A form over a row that has a version; acts take `changes` and `seen`, the version the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = getattr(self.instance, "version", None) if self.instance.pk else None

    @property
    def seen(self) -> int:
        """The version this person edited; 0 where the form was tampered with, which no row has."""
        return self.cleaned_data.get("version") or 0

    @property
    def changes(self) -> dict[str, Any]:
        """The columns to write, without the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def theirs(self, row: Any) -> RowForm:
        """The same form over the row as somebody else left it."""
        return type(self)(instance=row, bid=self.bid)

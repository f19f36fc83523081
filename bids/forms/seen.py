"""Forms of rows that have no version column: what stood in the boxes is sent back, and nobody saves over it unseen."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bids import wording


class Mark(forms.CharField):
    """Goes along unseen, and is no change."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput, required=False, max_length=64)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SeenForm(forms.ModelForm):
    """Sent back where the row was changed since the page was opened: typed words stay, what stands now beside them."""

    seen = Mark()
    is_stale = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial["seen"] = self._mark() if self.instance.pk else ""

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        if self.instance.pk and self.cleaned_data.get("seen") != self.initial["seen"]:
            self._send_back()
        return given

    def _mark(self) -> str:
        """The digest of what stands in the row."""
        stands = "\n".join(f"{name}={self.initial.get(name)}" for name in sorted(self._meta.fields or ()))
        return hashlib.sha256(stands.encode()).hexdigest()

    def _send_back(self) -> None:
        self.is_stale = True
        sent: Any = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds what was posted
        sent["seen"] = self.initial["seen"]
        self.data = sent
        self.add_error(None, _("Someone else saved this while you were writing"))
        for box in self.visible_fields():
            if box.name in self.cleaned_data and box.name in self.changed_data:
                words = _("Now it says: %(value)s") % {"value": self._words(box)}
                self.add_error(box.name, ValidationError(words))

    def _words(self, box: forms.BoundField) -> str:
        """What stands in the row, as people read it."""
        stands = self.initial.get(box.name)
        options = dict(getattr(box.field, "choices", None) or ())
        return str(options.get(stands, stands if stands not in (None, "") else wording.UNKNOWN))

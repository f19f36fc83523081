"""What people say about a commitment: who pays how much, under which condition, and where it is written."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids.forms.fields import FigureInput
from bids.forms.row import RowForm
from bids.models import Commitment
from bids.rulebook.facts.shapes import FIRST_YEAR, LAST_YEAR
from bids.rulebook.vocabulary import CommitmentStatus

MOST_YEARS = 30
LONGEST_LINE, LONGEST_TEXT = 500, 100_000


class YearsField(forms.CharField):
    """Years, typed as `2026, 2027` or `2026-2028`; cleans to a list in order."""

    widget = FigureInput

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(year) for year in value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[int]:
        typed = super().clean(value)
        years: set[int] = set()
        for part in re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", typed).strip(", ;")):
            years |= _years(part) if part else set()
            if len(years) > MOST_YEARS:
                raise ValidationError(
                    _("These are too many years. Name at most %(most)s."), params={"most": MOST_YEARS}
                )
        return sorted(years)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class CommitmentForm(RowForm):
    """A commitment with everything the bid file holds of it."""

    years = YearsField(
        label=gettext_lazy("years"), required=False, help_text=gettext_lazy("When it is paid, such as 2026, 2027.")
    )

    class Meta(RowForm.Meta):
        model = Commitment
        fields = (
            "payer", "kind", "amount", "status", "signed_on", "valid_until", "years", "document", "signatory",
            "budget_line", "condition", "legal_basis",
        )  # fmt: skip
        widgets = {"condition": forms.Textarea({"rows": 2}), "legal_basis": forms.Textarea({"rows": 2})}
        help_texts = {
            "payer": gettext_lazy("Who pays, as the letter names it."),
            "document": gettext_lazy("The letter, from the documents of this bid."),
            "valid_until": gettext_lazy("After this day a signature no longer counts."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.initial["amount"] = None
        for name in ("payer", "signatory", "budget_line"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_LINE))
        for name in ("condition", "legal_basis"):
            self.fields[name].validators.append(MaxLengthValidator(LONGEST_TEXT))

    def clean_payer(self) -> str:
        payer: str = self.cleaned_data["payer"].strip()
        if not payer:
            raise ValidationError(_("Say who pays."))
        return payer

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        signed, until = cleaned.get("signed_on"), cleaned.get("valid_until")
        if signed and until and until < signed:
            self.add_error("valid_until", _("It can't end before it is signed. Correct one of the two days."))
        if signed and cleaned.get("status") not in (None, CommitmentStatus.SIGNED):
            words = _("A day of signature belongs to a signed commitment. Choose “Signed”, or leave the day out.")
            self.add_error("signed_on", words)
        return cleaned


def _years(part: str) -> set[int]:
    """The years of `2026` or `2026-2028`."""
    match = re.fullmatch(r"(\d{4})(?:-(\d{4}))?", part, re.ASCII)
    first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        words = _("“%(typed)s” is not a year. Write years such as 2026, 2027, or 2026-2028.")
        raise ValidationError(words, params={"typed": part[:40]})
    return set(range(first, last + 1))

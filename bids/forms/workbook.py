"""A workbook to be compared with the budget."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WorkbookForm(forms.Form):
    """The file, and whether results of formulas count as if they had been typed."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_(
            "An Excel workbook (.xlsx) with at most 5,000 lines: one that was downloaded here, or any sheet with a row "
            "of headings, in whatever order. Nothing is saved before you have seen what differs."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
    )
    results = forms.BooleanField(
        label=_("Take the results of formulas"),
        required=False,
        help_text=_("As they were when the file was saved last. Otherwise a cell with a formula is told and left out."),
    )

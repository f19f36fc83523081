"""A field for one PDF: what was chosen is looked into at once, and comes out as a stored file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.actions.files import NotAccepted, keep_pdf
from bids.models import StoredFile


def _hint() -> Any:
    most = settings.MAX_DOCUMENT_BYTES // 1024**2
    words = lazy(lambda: gettext("At most %(most)s MB.") % {"most": most}, str)
    return format_lazy("{} {}", _("A PDF without password, scripts or attachments."), words())


class PdfInput(forms.FileInput):
    """Offers PDF files first."""

    def __init__(self) -> None:
        super().__init__({"accept": "application/pdf,.pdf"})


class PaperField(forms.FileField):
    """Cleans to a `StoredFile`."""

    widget = PdfInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _hint())
        super().__init__(**options)

    def clean(self, upload: Any, initial: Any = None) -> StoredFile | None:
        given = super().clean(upload, initial)
        if not given:
            return None
        try:
            return keep_pdf(given)
        except NotAccepted as refused:
            raise ValidationError(wording.say(refused.reason)) from None

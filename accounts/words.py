"""What may be typed as a name."""

from __future__ import annotations

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def one_line(text: str) -> None:
    """A name is one line: line breaks and control characters could smuggle a header into a letter."""
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text):
        raise ValidationError(_("Write this on one line, without line breaks or control characters."))

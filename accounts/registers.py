"""Numbers that public registers give to organisations, and how a mistyped one is noticed."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def check_enterprise_number(text: str) -> None:
    """A Belgian enterprise number: ten digits starting with 0 or 1, the last two being 97 minus the rest modulo 97."""
    if not re.fullmatch(r"[01]\d{9}", text, re.ASCII):
        raise ValidationError(_("Write the ten digits of the enterprise number without dots, for example 0123456749."))
    if 97 - int(text[:8]) % 97 != int(text[8:]):
        raise ValidationError(_("The check digits of this enterprise number don't fit. Compare it with the register."))


def check_pic(text: str) -> None:
    """A participant identification code of the EU portal: nine digits."""
    if not re.fullmatch(r"\d{9}", text, re.ASCII):
        raise ValidationError(_("Write the nine digits of the participant identification code."))

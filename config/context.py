"""What every template may know about the house."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from config.version import version


def house(request: HttpRequest) -> dict[str, Any]:
    """The version, whether this is a demonstration, and who to write to."""
    return {"tandem_version": version(), "demo": settings.DEMO, "contact_email": settings.CONTACT_EMAIL}

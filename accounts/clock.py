"""The one clock: what time it is, and the clock a test may move by CLOCK_OFFSET."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment in UTC, moved by the seconds of CLOCK_OFFSET (zero in production)."""
    return timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """The day on the calendar in Brussels."""
    return timezone.localtime(now()).date()

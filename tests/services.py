"""What the machine offers beside Python: a PostgreSQL, a Redis, a browser. A pytest plugin.

A part that is missing is left out with one sentence. Where TANDEM_ALL=1 (`.ci/run`) nothing is left out: it fails.
"""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

import pytest
from django.db import connection

REDIS_URL = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@cache
def chromium() -> str | None:
    """Where Debian's browser is."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def no_browser() -> str:
    return "" if chromium() else "no Chromium here: apt-get install chromium"


def no_postgres() -> str:
    return "" if connection.vendor == "postgresql" else "runs on PostgreSQL: set TEST_DATABASE_URL"


@cache
def no_redis() -> str:
    address = urlsplit(REDIS_URL)
    if not address.hostname:
        return "no Redis here"
    where = (address.hostname, address.port or 6379)
    try:
        socket.create_connection(where, timeout=1).close()
    except OSError as error:
        return f"no Redis at {where[0]}:{where[1]} ({error.strerror or error})"
    return ""


MISSING: dict[str, Callable[[], str]] = {"browser": no_browser, "postgres": no_postgres, "redis": no_redis}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a service that isn't there, saying so."""
    for item in items:
        for marker, missing in MISSING.items():
            if item.get_closest_marker(marker) and (reason := missing()) and not _must_run(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def _must_run(marker: str) -> bool:
    """In CI a missing service fails the test; PostgreSQL has a run of its own."""
    return os.environ.get("TANDEM_ALL") == "1" and marker != "postgres"

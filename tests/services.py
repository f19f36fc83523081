"""What the machine offers beside Python: a PostgreSQL, a Redis, a browser. A pytest plugin.

A part that is missing is left out with one sentence. Where TANDEM_ALL=1 (`.ci/run`) nothing is left out: it fails.
"""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
import socket
import uuid
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from config import env

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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs a service that isn't there, saying so; on PostgreSQL only what asks a database is run again."""
    if connection.vendor == "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if not asks_a_database(item)])
        items[:] = filter(asks_a_database, items)
    for item in items:
        for marker, missing in MISSING.items():
            if item.get_closest_marker(marker) and (reason := missing()) and not _must_run(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: no need to look for garbage there, or so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)


def asks_a_database(item: pytest.Item) -> bool:
    """Any other test would fail at its first question: pytest-django lets none through."""
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres"))
    return marked or "django_db_setup" in getattr(item, "fixturenames", ())


@pytest.fixture(params=["laptop", pytest.param("ministry", marks=[pytest.mark.postgres, pytest.mark.redis])])
def stores(request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """What a house of its own keeps things in: SQLite and the embedded queue, or a new PostgreSQL database and Redis.

    Bells of somebody else on that Redis do no harm: they ring for jobs that are not there.
    """
    if request.param == "laptop":
        yield {}
        return
    with a_database_on(env.TEST_DATABASE_URL) as address:
        yield {"DATABASE_URL": address, "CELERY_BROKER_URL": urlsplit(REDIS_URL)._replace(path="/9").geturl()}


@contextlib.contextmanager
def a_database_on(server: str) -> Iterator[str]:
    """The address of an empty database that goes away, with whoever is still connected."""
    name = f"tandem_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connected:
        connected.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connected.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _must_run(marker: str) -> bool:
    """In CI a missing service fails the test; PostgreSQL has a run of its own."""
    return os.environ.get("TANDEM_ALL") == "1" and marker != "postgres"

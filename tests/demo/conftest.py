"""One demonstration for many tests: seeded once per file, each test's own changes rolled back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from bids.actions.demo import Seeded, seed


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[Seeded]:
    """Taken by a file with `usefixtures("demonstration", "db")`, whose tests stay with one worker (`xdist_group`)."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seed()
        transaction.set_rollback(True)

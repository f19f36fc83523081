"""A bid in every state, and everybody who may knock at its doors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from bids.actions import acceptance
from bids.actions.acceptance import Acceptance
from tests.walk.people import Visitor, everybody


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Acceptance]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield acceptance.seed()
        transaction.set_rollback(True)


@pytest.fixture
def visitors(seeded: Acceptance) -> list[Visitor]:
    return everybody(seeded)

"""Bad input in every form of the workspace: a clear sentence, what was typed stays, nothing half-saved, never a 500."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from bids.models import Bid
from tests.walk.forms import Form
from tests.walk.hostile import MORE_VALUES, VALUES, every_form, faults, filled

pytestmark = pytest.mark.timeout(900)
EVERY_VALUE = [*VALUES, *(pytest.param(name, marks=pytest.mark.deep) for name in MORE_VALUES)]


@pytest.fixture
def browser(ada: User) -> Client:
    """Ada's, which may do everything; a crash is an answer here."""
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    return client


@pytest.fixture
def forms(browser: Client, bid: Bid) -> list[Form]:
    return every_form(browser, bid)


@pytest.mark.parametrize("name", EVERY_VALUE)
def test_a_hostile_value_in_every_box(browser: Client, forms: list[Form], name: str) -> None:
    value = (VALUES | MORE_VALUES)[name]
    found = [fault for form in forms for fault in faults(browser, form, filled(form, value))]
    found += [fault for form in forms for fault in faults(browser, form, filled(form, value, tampered=True))]
    assert found == []

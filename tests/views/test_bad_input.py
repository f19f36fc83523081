"""Bad input in every form of the workspace: a clear sentence, what was typed stays, nothing half-saved, never a 500."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.models import User
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.vocabulary import Role
from tests import factories
from tests.walk.forms import Form
from tests.walk.hostile import MORE_VALUES, VALUES, every_form, faults, filled

pytestmark = [pytest.mark.timeout(900), pytest.mark.django_db]
EVERY_VALUE = [*VALUES, *(pytest.param(name, marks=pytest.mark.deep) for name in MORE_VALUES)]


@dataclass
class Desk:
    """Ada, who may do everything in her bid, at a browser in which a crash is an answer; and every form she finds."""

    ada: User
    bid: Bid
    browser: Client
    forms: list[Form]


@pytest.fixture(scope="module")
def desk(django_db_setup: None, django_db_blocker: Any) -> Iterator[Desk]:
    with django_db_blocker.unblock(), transaction.atomic():
        ada = factories.a_user("Ada")
        factories.an_organisation("imec", ada)
        for reference in (factories.FACTORY_CALL, "GENERIC-HE-RIA"):
            factories.a_call(reference)
        bid = import_bid(factories.small_bid(), by=ada)
        factories.a_bid_role(bid, factories.a_user("Vic"), Role.VIEWER, bid.partners.get(key="imec"))
        browser = Client(raise_request_exception=False)
        browser.force_login(ada)
        yield Desk(ada, bid, browser, every_form(browser, bid))
        transaction.set_rollback(True)


@pytest.mark.parametrize("tampered", [False, True], ids=["typed", "tampered"])
@pytest.mark.parametrize("name", EVERY_VALUE)
def test_a_hostile_value_in_every_box(desk: Desk, name: str, tampered: bool) -> None:
    value = (VALUES | MORE_VALUES)[name]
    sent = [(form, filled(form, value, tampered=tampered)) for form in desk.forms]
    assert [fault for form, data in sent for fault in faults(desk.browser, form, data)] == []

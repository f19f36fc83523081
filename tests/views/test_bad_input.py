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
from tests.walk.hostile import MORE_VALUES, VALUES, every_form, faults, filled, traces

pytestmark = [pytest.mark.timeout(900), pytest.mark.django_db, pytest.mark.xdist_group("bad input")]
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


def test_every_box_sent_twice(desk: Desk) -> None:
    sent = [(form, {name: [*values, "other"] for name, values in form.sent().items()}) for form in desk.forms]
    assert [fault for form, data in sent for fault in _crashes(desk.browser, form, data)] == []


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b'{"title": "x"}', "application/json"),
        (b"title=x", "text/plain"),
        (b"title=%FF%FE&version=1", "application/x-www-form-urlencoded"),
        (b"--no such boundary\r\n", "multipart/form-data; boundary=other"),
        (b"x", "multipart/form-data"),
    ],
)
def test_a_body_of_another_kind(desk: Desk, body: bytes, content_type: str) -> None:
    faults_found = [_crashes(desk.browser, form, body, content_type=content_type) for form in desk.forms]
    assert [fault for found in faults_found for fault in found] == []


def test_a_form_without_its_token_changes_nothing(desk: Desk) -> None:
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.force_login(desk.ada)
    before = traces()
    answers = {strict.post(form.action, {"version": "1"}).status_code for form in desk.forms}
    assert (answers, traces()) == ({403}, before)


def _crashes(browser: Client, form: Form, data: Any, **more: Any) -> list[str]:
    """Only what no form may ever answer with: what else is wrong depends on what the form could read."""
    return [fault for fault in faults(browser, form, data, **more) if "→ 5" in fault or "wrote" in fault]

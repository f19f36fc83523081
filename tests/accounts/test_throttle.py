"""Somebody who guesses is stopped; somebody else is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import RequestFactory
from django.utils import timezone

from accounts import throttle
from tests.accounts.conftest import PASSWORD

LOG_IN = "/accounts/log-in/"
pytestmark = pytest.mark.django_db


def guess(client, email="eva@example.org", password="wrong", address="192.0.2.1"):
    return client.post(LOG_IN, {"username": email, "password": password}, REMOTE_ADDR=address)


def test_five_wrong_passwords_close_the_door_for_a_quarter_of_an_hour(client, eva):
    assert [guess(client).status_code for _ in range(5)] == [200, 200, 200, 200, 429]
    refused = guess(client, password=PASSWORD)
    assert (refused.status_code, refused["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in refused.content.decode()


def test_the_wait_ends(client, eva):
    for _ in range(5):
        guess(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert guess(client, password=PASSWORD).status_code == 302


def test_only_this_address_from_this_network_is_stopped(client, eva, dora):
    for _ in range(6):
        guess(client)
    assert guess(client, "dora@example.org", PASSWORD).status_code == 302
    client.logout()
    assert guess(client, password=PASSWORD, address="192.0.2.9").status_code == 302


def test_capitals_don_t_give_five_more_tries(client, eva):
    for written in ("eva@example.org", "Eva@example.org", "EVA@EXAMPLE.ORG", "eva@EXAMPLE.org", "eVa@example.org"):
        last = guess(client, written)
    assert last.status_code == 429


def test_unknown_addresses_are_stopped_in_the_same_words(client, eva):
    known = [guess(client) for _ in range(6)][-1]
    unknown = [guess(client, "nobody@example.org") for _ in range(6)][-1]
    assert known.status_code == unknown.status_code == 429
    assert known.headers["Retry-After"] == unknown.headers["Retry-After"]


def test_success_forgets_the_wrong_tries(client, eva):
    for _ in range(4):
        guess(client)
    assert guess(client, password=PASSWORD).status_code == 302
    client.logout()
    assert guess(client).status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.5", "192.0.2.1"),
        (1, "203.0.113.5", "203.0.113.5"),
        (1, "198.51.100.7, 203.0.113.5", "203.0.113.5"),
        (2, "198.51.100.7, 203.0.113.5, 10.0.0.1", "203.0.113.5"),
        (2, "203.0.113.5", "192.0.2.1"),
        (1, "", "192.0.2.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert throttle.address(request) == address


def test_one_letter_a_minute_to_one_address():
    assert throttle.may_write_to("eva@example.org")
    assert not throttle.may_write_to(" EVA@example.org")
    assert throttle.may_write_to("dora@example.org")

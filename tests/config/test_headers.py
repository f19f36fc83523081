"""Every answer carries every header, whatever its status."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.headers import missing_headers

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.urls")]

ANSWERS = [
    ("/accounts/log-in/", 200),
    ("/accounts/", 302),
    ("/refuses/", 403),
    ("/nowhere/", 404),
    ("/accounts/log-out/", 405),
    ("/fails/", 500),
    ("/locked/", 503),
    ("/healthz", 200),
    ("/.well-known/security.txt", 200),
    ("/static/css/base.css", 200),
]


@pytest.mark.parametrize(("address", "status"), ANSWERS)
def test_every_answer_is_guarded(address, status):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert missing_headers(answer) == []


@pytest.mark.parametrize(("address", "status"), [row for row in ANSWERS if "static" not in row[0]])
def test_no_answer_about_people_is_kept_on_the_way(address, status):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_cookies_can_t_be_read_by_scripts_or_sent_by_other_sites():
    cookies = Client().get("/accounts/log-in/").cookies
    assert {(name, morsel["httponly"], morsel["samesite"]) for name, morsel in cookies.items()} == {
        ("csrftoken", True, "Lax")
    }

"""Coming in and going out."""

from __future__ import annotations

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.accounts.conftest import PASSWORD, words

LOG_IN = "/accounts/log-in/"
pytestmark = pytest.mark.django_db


def log_in(client, email="eva@example.org", password=PASSWORD, **more):
    return client.post(LOG_IN, {"username": email, "password": password, **more})


def test_eva_comes_in_and_goes_where_she_wanted(client, eva):
    answer = log_in(client, next="/accounts/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
    assert client.get("/accounts/").status_code == 200


def test_the_address_may_be_written_in_capitals(client, eva):
    assert log_in(client, " EVA@Example.ORG ").status_code == 302


def test_a_stranger_is_asked_to_log_in_first(client, db):
    answer = client.get("/accounts/")
    assert answer["Location"] == "/accounts/log-in/?next=/accounts/"


def test_a_fragment_is_told_without_a_page_that_would_replace_what_was_typed(client, db):
    answer = client.post("/accounts/", {"name": "typed"}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content) == (401, b"")


def test_the_refusal_is_the_same_for_a_wrong_password_an_unknown_and_a_closed_account(client, eva, dora):
    dora.is_active = False
    dora.save()
    pages = [
        words(log_in(client, email, password), email)
        for email, password in (("eva@example.org", "x"), ("nobody@example.org", "x"), ("dora@example.org", PASSWORD))
    ]
    assert "fit together" in pages[0]
    assert len(set(pages)) == 1


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\t//evil",
    ],
)
def test_nobody_is_sent_to_another_site(client, eva, target):
    assert log_in(client, next=target)["Location"] == "/"
    assert client.get(LOG_IN, {"next": target})["Location"] == "/"


def test_a_person_who_is_in_and_asks_for_the_door_is_sent_home(client, eva):
    client.force_login(eva)
    assert client.get(LOG_IN, {"next": LOG_IN})["Location"] == LOG_IN
    assert client.get(LOG_IN)["Location"] == "/"


def test_logging_in_gives_the_session_a_new_key(client, eva):
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    log_in(client)
    assert client.session.session_key != before


def test_logging_out_needs_a_post(client, eva):
    client.force_login(eva)
    assert client.get(reverse("accounts:log-out")).status_code == 405
    assert client.post(reverse("accounts:log-out"))["Location"] == LOG_IN
    assert client.get("/accounts/").status_code == 302


def test_log_in_greets_in_the_language_of_the_person(client, eva):
    eva.language = "nl"
    eva.save()
    assert log_in(client).cookies["language"].value == "nl"


def test_a_language_chosen_on_this_machine_stays(client, eva):
    client.cookies["language"] = "fr"
    assert "language" not in log_in(client).cookies


def test_an_unknown_address_costs_the_same_work(client, eva, monkeypatch):
    """One password is hashed and the same questions are asked, whoever knocks."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    work = []
    for email in ("eva@example.org", "nobody@example.org"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            log_in(client, email, "wrong")
        work.append((len(hashed), len(asked)))
    assert work[0] == work[1]
    assert work[0][0] == 1

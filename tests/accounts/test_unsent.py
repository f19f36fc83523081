"""What was typed when the session had ended goes along to the log-in and back."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

HERE = {"HTTP_ORIGIN": "http://testserver"}
TYPED = {"name": "Eva “the first” Example", "language": "fr", "version": "3"}
LOG_IN = "/accounts/log-in/"


def hidden(page: str) -> dict[str, str]:
    """The unseen fields of a page."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page)
    return {html.unescape(name): html.unescape(value) for name, value in found}


def logged_in_with(client, page: str):
    fields = hidden(page)
    who = {"username": "eva@example.org", "password": PASSWORD}
    return client.post(LOG_IN, who | {"next": fields["next"], "unsent": fields["unsent"]}, **HERE)


def test_what_was_typed_is_sent_after_the_log_in(client, eva):
    asked = client.post("/accounts/", TYPED, **HERE)
    assert (asked.status_code, "What you typed is not saved yet" in asked.content.decode()) == (401, True)
    offered = logged_in_with(client, asked.content.decode())
    fields = hidden(offered.content.decode())
    assert (offered.status_code, {name: fields[name] for name in TYPED}) == (200, TYPED)
    assert 'action="/accounts/"' in offered.content.decode()
    client.post("/accounts/", TYPED, **HERE)
    eva.refresh_from_db()
    assert eva.name == "Eva “the first” Example"


def test_a_wrong_password_loses_nothing(client, eva):
    asked = client.post("/accounts/", TYPED, **HERE).content.decode()
    again = client.post(LOG_IN, {"username": "eva@example.org", "password": "wrong", **hidden(asked)}, **HERE)
    assert hidden(again.content.decode())["unsent"] == hidden(asked)["unsent"]
    assert "the first" in logged_in_with(client, again.content.decode()).content.decode()


def test_a_form_opened_before_logging_in_anew_is_offered_with_a_new_secret(eva):
    client = Client(enforce_csrf_checks=True)
    client.force_login(eva)
    offered = client.post("/accounts/", TYPED, **HERE)
    fields = hidden(offered.content.decode())
    assert (offered.status_code, fields["name"]) == (403, TYPED["name"])
    sent = client.post("/accounts/", TYPED | {"csrfmiddlewaretoken": fields["csrfmiddlewaretoken"]}, **HERE)
    assert (sent.status_code, sent["Location"]) == (302, "/accounts/")


def test_a_form_without_a_secret_and_without_a_session_asks_who(eva):
    asked = Client(enforce_csrf_checks=True).post("/accounts/", TYPED, **HERE)
    assert (asked.status_code, "unsent" in hidden(asked.content.decode())) == (403, True)


@pytest.mark.parametrize("sender", [{}, {"HTTP_ORIGIN": "https://evil.example"}, {"HTTP_ORIGIN": "null"}])
def test_what_another_site_sends_is_not_taken_up(client, eva, sender):
    assert client.post("/accounts/", TYPED, **sender).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva)
    assert "This form is too old" in strict.post("/accounts/", TYPED, **sender).content.decode()


def test_a_mere_click_is_not_taken_up(client, eva):
    assert client.post("/accounts/", {"version": "3", "csrfmiddlewaretoken": "x"}, **HERE).status_code == 302


def test_passwords_never_travel(client, eva):
    typed = {"old_password": "one", "new_password1": "two", "note": "a remark"}
    asked = client.post("/accounts/password/", typed, **HERE).content.decode()
    assert hidden(asked)["unsent"] == '[["note", "a remark"]]'


def test_a_piece_of_a_page_is_only_told(client, eva):
    answer = client.post("/accounts/", TYPED, HTTP_HX_REQUEST="true", **HERE)
    assert (answer.status_code, answer.content) == (401, b"")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(eva)
    assert strict.post("/accounts/", TYPED, HTTP_HX_REQUEST="true", **HERE).status_code == 401


@pytest.mark.parametrize("nonsense", ["{", "7", "[1]", "[[1, 2, 3]]", "[" * 100_000])
def test_nonsense_brings_nothing(client, eva, nonsense):
    answer = client.post(LOG_IN, {"username": eva.email, "password": PASSWORD, "unsent": nonsense, "next": "/"}, **HERE)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_it_is_sent_to_this_house_alone(client, eva):
    brought = {"unsent": '[["note", "a remark"]]', "next": "https://evil.example/"}
    answer = client.post(LOG_IN, {"username": eva.email, "password": PASSWORD, **brought}, **HERE)
    assert 'action="/"' in answer.content.decode()

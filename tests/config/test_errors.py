"""When something goes wrong, people get a sentence and never a stack trace."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.config.urls")]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/fails/", 500, "The fault is ours"),
        ("/locked/", 503, "nothing was half-saved"),
        ("/refuses/", 403, "The desk has closed."),
        ("/nowhere/", 404, "There is no such page"),
    ],
)
def test_each_failure_has_a_page(visitor, address, status, words):
    answer = visitor.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "a secret of ours" not in answer.content.decode()


def test_a_busy_database_says_when_to_try_again(visitor):
    assert visitor.get("/locked/")["Retry-After"] == "5"


def test_a_host_that_isn_t_ours_is_refused(visitor):
    answer = visitor.get("/accessibility/", HTTP_HOST="evil.example")
    assert (answer.status_code, "This request can't be read" in answer.content.decode()) == (400, True)


def test_a_form_of_another_site_is_refused():
    answer = Client(enforce_csrf_checks=True).post("/accounts/log-in/", {"username": "x", "password": "y"})
    assert (answer.status_code, "This form is too old" in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    "body",
    [
        {f"field-{number}": "x" for number in range(101)},
        {"field": "x" * 2000},
    ],
    ids=["too many fields", "too many bytes"],
)
def test_a_form_that_brings_too_much_is_refused(visitor, settings, body):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 100
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = visitor.post("/takes/", body)
    assert (answer.status_code, "Nothing was saved" in answer.content.decode()) == (413, True)


def test_a_request_announced_as_too_large_is_refused_before_it_is_read(visitor, settings):
    settings.MAX_REQUEST_BYTES = 1000
    answer = visitor.generic("POST", "/takes/", b"x" * 1001, content_type="application/pdf")
    assert answer.status_code == 413
    assert visitor.generic("POST", "/takes/", b"x" * 1000, content_type="application/pdf").status_code == 200


def test_the_page_falls_back_to_plain_words(visitor, monkeypatch):
    monkeypatch.setattr("config.errors.render_to_string", lambda *given: 1 / 0)
    answer = visitor.get("/fails/")
    assert (answer.status_code, answer.content) == (500, b"Error 500. Nothing was half-saved.")

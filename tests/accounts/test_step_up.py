"""Proving again that it is you."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.urls import reverse

from accounts import stepup
from tests.accounts.conftest import PASSWORD

STEP_UP = "/accounts/step-up/"


@pytest.fixture
def inside(client, eva):
    client.force_login(eva)
    return client


def is_fresh(client) -> bool:
    request = HttpRequest()
    request.session = client.session
    return stepup.is_fresh(request)


def test_a_log_in_is_no_step_up(inside):
    assert not is_fresh(inside)


def test_the_password_again_opens_for_five_minutes(inside, settings):
    answer = inside.post(STEP_UP, {"password": PASSWORD, "next": "/accounts/"})
    assert answer["Location"] == "/accounts/"
    assert is_fresh(inside)
    settings.CLOCK_OFFSET = timedelta(minutes=4, seconds=55)
    assert is_fresh(inside)
    settings.CLOCK_OFFSET = timedelta(minutes=5, seconds=1)
    assert not is_fresh(inside)


def test_a_clock_that_went_back_makes_nothing_fresh(inside, settings):
    inside.post(STEP_UP, {"password": PASSWORD})
    settings.CLOCK_OFFSET = timedelta(minutes=-1)
    assert not is_fresh(inside)


def test_a_wrong_password_says_so_and_opens_nothing(inside):
    answer = inside.post(STEP_UP, {"password": "wrong"})
    assert "This is not your password" in answer.content.decode()
    assert not is_fresh(inside)


def test_guessing_is_throttled_here_too(inside):
    assert [inside.post(STEP_UP, {"password": "wrong"}).status_code for _ in range(5)][-1] == 429
    assert inside.post(STEP_UP, {"password": PASSWORD}).status_code == 429
    assert not is_fresh(inside)


def test_the_session_gets_a_new_key(inside):
    before = inside.session.session_key
    inside.post(STEP_UP, {"password": PASSWORD})
    assert inside.session.session_key != before


def test_nobody_is_sent_to_another_site(inside):
    assert inside.post(STEP_UP, {"password": PASSWORD, "next": "//evil.example/"})["Location"] == "/"


def test_it_does_not_outlive_the_session(inside, eva):
    inside.post(STEP_UP, {"password": PASSWORD})
    inside.post(reverse("accounts:log-out"))
    inside.force_login(eva)
    assert not is_fresh(inside)


def test_an_act_that_needs_it_sends_there_and_back(rf):
    answer = stepup.ask(rf.get("/"), back_to="/bids/BE-AIF-2025/submit/?x=1")
    assert answer["Location"] == "/accounts/step-up/?next=%2Fbids%2FBE-AIF-2025%2Fsubmit%2F%3Fx%3D1"

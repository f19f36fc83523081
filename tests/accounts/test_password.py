"""Changing a password, and getting in again without it."""

from __future__ import annotations

import re
import statistics
import time
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.cache import cache

from accounts import mail
from accounts.models import User
from tests.accounts.conftest import PASSWORD, words

FORGOTTEN = "/accounts/password/forgotten/"
NEW = "another good secret"
pytestmark = pytest.mark.django_db


def ask(client, email="eva@example.org"):
    return client.post(FORGOTTEN, {"email": email})


def link_in(letter) -> str:
    return re.search(r"http://\S+(/accounts/\S+)", letter.body).group(1)


def choose(client, link, first=NEW, second=NEW):
    page = client.get(link, follow=True)
    return client.post(page.redirect_chain[-1][0], {"new_password1": first, "new_password2": second})


def test_a_letter_lets_eva_choose_a_new_password_once(client, eva, letters):
    ask(client)
    (letter,) = letters()
    assert letter.to == ["eva@example.org"]
    link = link_in(letter)
    assert choose(client, link)["Location"] == "/accounts/log-in/"
    eva.refresh_from_db()
    assert eva.check_password(NEW)
    assert client.get(link).status_code == 410


def test_the_token_leaves_the_address_before_the_form_is_shown(client, eva, letters):
    ask(client)
    link = link_in(letters()[0])
    assert client.get(link)["Location"].endswith("/choose/")


def test_the_link_is_too_old_after_an_hour(client, eva, letters, monkeypatch):
    ask(client)
    later = datetime.now() + timedelta(hours=1, seconds=5)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)
    page = client.get(link_in(letters()[0]))
    assert (page.status_code, "Ask for a new letter" in page.content.decode()) == (410, True)


@pytest.mark.parametrize("uid", ["MQ", "x", "", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "4pyT"])
def test_a_changed_link_is_closed(client, eva, uid):
    assert client.get(f"/accounts/password/{uid or 'e'}/abc-def/").status_code == 410


def test_an_address_with_a_nul_is_the_address_of_nothing(client):
    assert client.get("/accounts/password/%00/abc-def/").status_code == 404


def test_the_answer_tells_nothing_about_who_has_an_account(client, eva, letters):
    invited = User.objects.create_user("invited@example.org")
    answers = {
        (page.status_code, words(page, email))
        for email in ("eva@example.org", "nobody@example.org", invited.email)
        for page in (ask(client, email),)
    }
    assert len(answers) == 1
    assert [letter.to for letter in letters()] == [["eva@example.org"]]


def test_a_closed_account_gets_no_letter(client, eva, letters):
    User.objects.update(is_active=False)
    ask(client)
    assert letters() == []


def test_one_letter_a_minute(client, eva, letters):
    for _ in range(3):
        ask(client)
    assert len(letters()) == 1


@pytest.mark.parametrize(("tries", "tolerance"), [(60, 0.25), pytest.param(500, 0.05, marks=pytest.mark.deep)])
def test_known_and_unknown_addresses_take_as_long(client, eva, monkeypatch, tries, tolerance):
    """The letter itself may take its time: it leaves beside the request."""
    monkeypatch.setattr("accounts.mail._send", lambda letter: time.sleep(0.002))
    taken: dict[str, list[float]] = {"eva@example.org": [], "nobody@example.org": []}
    for _ in range(tries):
        for email, times in taken.items():
            cache.clear()
            start = time.perf_counter()
            ask(client, email)
            times.append(time.perf_counter() - start)
    known, unknown = (statistics.median(times) for times in taken.values())
    mail.wait_until_sent()
    assert abs(known - unknown) / unknown < tolerance


def test_changing_it_logs_every_other_machine_out(client, eva):
    other = type(client)()
    for machine in (client, other):
        machine.force_login(eva)
    answer = client.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert answer["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "eva@example.org"])
def test_a_weak_password_is_refused_with_a_reason(client, eva, weak):
    client.force_login(eva)
    page = client.post("/accounts/password/", {"old_password": PASSWORD, "new_password1": weak, "new_password2": weak})
    assert page.context["form"].errors["new_password2"]
    eva.refresh_from_db()
    assert eva.check_password(PASSWORD)

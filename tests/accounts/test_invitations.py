"""Inviting a person, and letting them in once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from accounts import invitations
from accounts.models import Membership, User
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
GIVEN = {"name": "Bruno Bee", "language": "fr", "new_password1": PASSWORD, "new_password2": PASSWORD}


@pytest.fixture
def invite(eva, institute, django_capture_on_commit_callbacks):
    def invite(email="bruno@example.org"):
        with django_capture_on_commit_callbacks(execute=True):
            return invitations.invite(email, by=eva, organisation=institute, language="fr")

    return invite


def link_in(letter) -> str:
    return re.search(r"http://\S+?(/accounts/\S+)", letter.body).group(1)


def test_bruno_is_invited_chooses_a_password_and_comes_in(client, invite, letters, institute):
    invite("Bruno@Example.org")
    (letter,) = letters()
    assert letter.to == ["bruno@example.org"]
    link = link_in(letter)
    assert "Eva Example" in client.get(link).content.decode()
    assert client.post(link, GIVEN)["Location"] == "/accounts/log-in/"
    bruno = User.objects.get(email="bruno@example.org")
    assert (bruno.name, bruno.language, list(bruno.organisations.all())) == ("Bruno Bee", "fr", [institute])
    assert client.post("/accounts/log-in/", {"username": bruno.email, "password": PASSWORD})["Location"] == "/"


def test_the_link_works_once(client, invite, letters):
    invite()
    link = link_in(letters()[0])
    client.post(link, GIVEN)
    assert client.get(link).status_code == 410
    assert client.post(link, GIVEN | {"new_password1": "x" * 20, "new_password2": "x" * 20}).status_code == 410
    assert User.objects.get(email="bruno@example.org").check_password(PASSWORD)


def test_of_two_at_once_one_is_let_in(invite):
    invitation = invite()
    invitations.accept(invitation, name="First", password=PASSWORD, language="en")
    with pytest.raises(invitations.Closed):
        invitations.accept(invitation, name="Second", password="other " + PASSWORD, language="en")
    assert User.objects.get(email="bruno@example.org").name == "First"


def test_the_link_is_too_old_after_a_week(client, invite, letters, settings):
    invite()
    link = link_in(letters()[0])
    settings.CLOCK_OFFSET = timedelta(days=7, seconds=1)
    page = client.get(link)
    assert (page.status_code, "ask the person who invited you" in page.content.decode()) == (410, True)


def test_a_newer_letter_replaces_the_older(client, invite, letters):
    invite()
    invite()
    older, newer = (link_in(letter) for letter in letters())
    assert (client.get(older).status_code, client.get(newer).status_code) == (410, 200)


def test_an_unknown_token_is_closed(client):
    assert client.get("/accounts/invitation/abc/").status_code == 410


def test_the_token_is_not_in_the_database(invite, letters):
    invite()
    token = link_in(letters()[0]).split("/")[-2]
    assert len(token) >= 43
    assert token not in str(list(invitations.Invitation.objects.values()))


def test_somebody_with_a_password_keeps_it_and_is_told_to_log_in(client, invite, letters, dora, institute):
    invite("dora@example.org")
    assert link_in(letters()[0]) == "/accounts/log-in/"
    assert Membership.objects.filter(user=dora, organisation=institute).count() == 1
    dora.refresh_from_db()
    assert dora.check_password(PASSWORD)


def test_an_invited_person_can_t_log_in_without_a_password(client, invite):
    invite()
    answer = client.post("/accounts/log-in/", {"username": "bruno@example.org", "password": ""})
    assert answer.status_code == 200


def test_what_was_typed_stays_when_the_password_is_refused(client, invite, letters):
    invite()
    page = client.post(link_in(letters()[0]), GIVEN | {"new_password2": "different"})
    assert 'value="Bruno Bee"' in page.content.decode()


@pytest.mark.parametrize("name", ["Eva\nBcc: all@example.org", "Eva\r\nX: y", "Eva\x85Z"])
def test_a_name_can_t_smuggle_a_header_into_a_letter(eva, institute, letters, name, django_capture_on_commit_callbacks):
    User.objects.filter(pk=eva.pk).update(name=name)
    eva.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        invitations.invite("bruno@example.org", by=eva, organisation=institute)
    (letter,) = letters()
    assert letter.message()["Bcc"] is None
    assert "\n" not in letter.subject
    assert letter.recipients() == ["bruno@example.org"]

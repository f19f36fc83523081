"""The people of these tests."""

from __future__ import annotations

import re

import pytest
from django.core.cache import cache

from accounts import mail
from accounts.models import Organisation, User

PASSWORD = "a good long secret"


@pytest.fixture
def eva(db) -> User:
    """Somebody who may log in."""
    return User.objects.create_user("eva@example.org", PASSWORD, name="Eva Example")


@pytest.fixture
def dora(db) -> User:
    return User.objects.create_user("dora@example.org", PASSWORD, name="Dora Director")


@pytest.fixture
def institute(db) -> Organisation:
    return Organisation.objects.create(name="Institute of Examples", short_name="IoE", kind="public", country="BE")


@pytest.fixture
def letters(mailoutbox):
    """The letters that left, once they have all left."""

    def sent():
        mail.wait_until_sent()
        return mailoutbox

    return sent


@pytest.fixture(autouse=True)
def nobody_wrote_yet():
    """Letters are throttled per address through the cache."""
    cache.clear()


def words(answer, email: str) -> str:
    """A page without what differs each time: the form's secret and the address that was typed."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "", answer.content.decode()).replace(email, "")

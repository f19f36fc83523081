"""The door of the desk: who comes in, what the bar offers, and which pages of Django's admin are not there."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions import desk
from bids.models import Assignment, Bid
from bids.rulebook.vocabulary import BidState, Role
from tests import factories
from tests.admin.stories import At, page_of

SHUT = "The desk is for people of the ministry who hold a role there."


def bar(page: Any) -> list[str]:
    """The words of the desk's bar."""
    found = re.search(r'aria-label="Desk">(.*?)</nav>', page.text, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[1]) if found else []


def test_nobody_comes_in_without_signing_in(client: Client) -> None:
    assert client.get("/desk/").headers["Location"] == "/accounts/log-in/?next=/desk/"


def test_the_consortium_finds_the_door_shut_even_for_its_own_bid(at: At, submitted: Bid, ada: User) -> None:
    for address in ("/desk/", page_of(submitted), page_of("NOWHERE")):
        answer = at(ada).get(address)
        assert (answer.status_code, SHUT in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("about", "role"),
    [({"is_staff": True, "is_superuser": True}, None), ({"is_staff": True}, None), ({}, Role.CASE_MANAGER)],
    ids=["superuser without a role", "staff without a role", "role without a place at the desk"],
)
def test_power_alone_opens_nothing(at: At, submitted: Bid, about: dict[str, bool], role: Role | None) -> None:
    gil = factories.a_user("Gil", **about)
    if role:
        factories.a_call_role(gil, role)
    for address in ("/desk/", "/desk/bids/bid/", page_of(submitted)):
        assert at(gil).get(address).status_code == 403


def test_a_role_taken_away_is_gone_with_the_next_click(at: At, clara: User) -> None:
    assert at(clara).get("/desk/").status_code == 200
    clara.call_roles.all().delete()
    assert at(clara).get("/desk/").status_code == 403


def test_the_bar_shows_each_role_its_rooms_and_no_other(at: At, ministry: SimpleNamespace, sam: User) -> None:
    reads = ["My desk", "Bids", "Calls"]
    assert bar(at(ministry.rik).get("/desk/")) == reads
    assert bar(at(ministry.clara).get("/desk/")) == [*reads, "Roles"]
    assert bar(at(ministry.otto).get("/desk/")) == [*reads, "Trail"]
    rooms = ["People", "Organisations", "Memberships", "Roles", "Trail"]
    assert bar(at(sam).get("/desk/")) == ["My desk", "Calls", *rooms]


def test_other_pages_of_django_s_admin_are_not_there(at: At, clara: User, sam: User) -> None:
    for address in [
        "login/",
        "logout/",
        "password_change/",
        "jsi18n/",
        "autocomplete/",
        "r/1/1/",
        "auth/group/",
        "accounts/",
        "bids/",
        "accounts/user/1/delete/",
        "accounts/user/1/history/",
        "accounts/user/1/password/",
        "accounts/organisation/1/delete/",
        "accounts/membership/1/change/",
        "bids/call/add/",
        "bids/callrole/add/",
        "bids/bidevent/add/",
        "bids/bidevent/1/change/",
        "bids/bid/add/",
    ]:
        for user in (clara, sam):
            assert at(user).get(f"/desk/{address}").status_code == 404


def test_system_administrators_see_no_bid(at: At, submitted: Bid, sam: User) -> None:
    page = at(sam).get("/desk/")
    assert "Bids are not shown to system administrators" in page.text
    assert at(sam).get(reverse("desk:bids_bid_changelist")).status_code == 403
    assert at(sam).get(page_of(submitted)).status_code == 404


def test_an_act_that_comes_too_late_is_refused_with_the_reason(
    at: At, submitted: Bid, ministry: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bid is withdrawn between the click and the lock."""
    assign = desk.assign

    def after_it_moved_on(bid: Bid, *others: Any, **more: Any) -> Assignment:
        Bid.objects.filter(pk=bid.pk).update(state=BidState.WITHDRAWN)
        return assign(bid, *others, **more)

    monkeypatch.setattr(desk, "assign", after_it_moved_on)
    chosen = {"person": ministry.rik.pk}
    answer = at(ministry.clara).post(page_of(submitted, "bid-assign", Role.REVIEWER.value), chosen)
    assert (answer.status_code, "state is “Withdrawn”" in answer.text) == (403, True)
    assert not Assignment.objects.exists()


def test_an_address_that_no_database_could_look_up_is_not_there(at: At, clara: User) -> None:
    for address in ["bids/bid/%00/", "bids/bid/a%00b/money/", "bids/call/%00/", "accounts/user/%00/change/"]:
        assert at(clara).get(f"/desk/{address}").status_code == 404

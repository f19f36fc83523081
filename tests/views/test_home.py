"""The first page and the list: what waits for whom, at a constant price."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import wording
from bids.models import Bid
from bids.rulebook.vocabulary import BidState, Role
from tests import factories


def test_a_coordinator_sees_bids_and_what_waits(client: Client, bid: Bid, foreign_bid: Bid, ada: User) -> None:
    client.force_login(ada)
    page = client.get("/")
    assert page.status_code == 200
    assert "A small factory" in page.text
    assert "BE-SMALL: card and figures of 3 partners are to be confirmed" in page.text
    assert "FR-SMALL" not in page.text


def test_what_waits_depends_on_the_role(client: Client, bid: Bid, fien: User, bruno: User, vic: User) -> None:
    factories.a_chapter(bid, "2", assigned_to=bid.partners.get(key="cenaero"), state="draft", title="Applicant")
    told = {}
    for person in (fien, bruno, vic):
        client.force_login(person)
        waiting = client.get("/").context["waiting"]
        told[person.name] = (
            [thing.key for pile in waiting.figures for thing in pile.things],
            [thing.key for pile in waiting.chapters for thing in pile.things],
        )
    assert told == {"Fien": (["imec"], []), "Bruno": ([], ["2"]), "Vic": ([], [])}


def test_a_confirmed_figure_waits_no_longer(client: Client, bid: Bid, fien: User) -> None:
    factories.a_confirmation(bid.partners.get(key="imec"), fien)
    client.force_login(fien)
    assert not client.get("/").context["waiting"]


def test_requests_for_changes_wait_for_the_coordinator(
    client: Client, bid: Bid, ada: User, clara: User, moved_to: Any
) -> None:
    factories.a_change_request(factories.a_snapshot(bid, ada), clara)
    moved_to(bid, BidState.CHANGES_REQUESTED)
    client.force_login(ada)
    assert "BE-SMALL: the ministry requests changes" in client.get("/").text


def test_the_ministry_is_led_to_its_desk(client: Client, clara: User) -> None:
    client.force_login(clara)
    assert client.get("/").headers["Location"] == "/desk/"


def test_a_newcomer_is_told_how_to_begin(client: Client, db: None) -> None:
    client.force_login(factories.a_user("New"))
    assert "ask your organisation to make you a member" in client.get("/").text
    member = factories.a_user("Member")
    factories.an_organisation("Org", member)
    client.force_login(member)
    assert reverse("bids:start") in client.get("/").text


def test_nobody_sees_anything_without_logging_in(client: Client, bid: Bid) -> None:
    for url in ("/", "/bids/", "/bids/start/"):
        assert client.get(url).headers["Location"].startswith("/accounts/log-in/")


def test_the_list_is_found_by_words_and_state(client: Client, bid: Bid, foreign_bid: Bid, ada: User) -> None:
    client.force_login(ada)
    queries = (
        "",
        "q=SMALL",
        "q=nothing",
        "q=%00",
        "q=BE%00",
        "state=draft",
        "state=filed",
        "state=%27%3B--",
        "page=zero",
    )
    found = {query: [row.reference for row in client.get(f"/bids/?{query}").context["found"]] for query in queries}
    everything = ["BE-SMALL"]
    assert found == {
        "": everything, "q=SMALL": everything, "q=nothing": [], "q=%00": [], "q=BE%00": [],
        "state=draft": everything, "state=filed": [],
        "state=%27%3B--": everything, "page=zero": everything,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "who", "is_shown"),
    [
        (BidState.DRAFT, "ada", True),
        (BidState.DRAFT, "clara", False),
        (BidState.CHANGES_REQUESTED, "clara", False),
        (BidState.SUBMITTED, "clara", True),
        (BidState.SUBMITTED, "dora", False),
        (BidState.IN_REVIEW, "otto", True),
    ],
)
def test_amounts_are_listed_for_those_who_may_read_them(
    client: Client, bid: Bid, moved_to: Any, state: BidState, who: str, is_shown: bool, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    moved_to(bid, state)
    text = client.get(reverse("bids:list")).text
    assert (bid.reference in text, wording.amount(bid.total, "en") in text) == (True, is_shown)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("url", "asked"), [("/", 8), ("/bids/", 4)])
def test_a_list_asks_the_same_number_of_questions_for_one_bid_and_three(
    client: Client, ada: User, clara: User, rows: int, url: str, asked: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        bid = factories.a_bid(f"BE-{number}", state=BidState.CHANGES_REQUESTED)
        partner = factories.a_partner(bid)
        factories.a_bid_role(bid, ada, Role.COORDINATOR, partner)
        factories.a_chapter(bid, assigned_to=partner, state="draft")
        factories.a_change_request(factories.a_snapshot(bid, ada), clara)
    client.force_login(ada)
    with django_assert_num_queries(asked):
        assert client.get(url).text.count("BE-2") >= (rows > 2)

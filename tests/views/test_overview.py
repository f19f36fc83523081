"""The first page of a bid, its readiness and its history: for whom, with what, at what price."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions.changing import changing
from bids.models import Bid, BidEvent
from bids.rulebook.vocabulary import BidState, Role
from tests import factories

PAGES = ("overview", "readiness", "history")


def address(name: str, bid: Bid) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference})


def test_the_overview_tells_money_steps_and_what_blocks(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    answer = client.get(address("overview", bid))
    assert answer.status_code == 200
    figures = {figure["label"]: figure.get("value") for figure in answer.context["figures"]}
    assert (str(figures["Total cost"]), str(figures["Contribution of the Union"])) == ("3265208.35", "1632604.17")
    assert [move["label"] for move in answer.context["moves"]] == ["Lock for the final check"]
    assert not answer.context["moves"][0]["open"]
    assert "These partners have not confirmed their card and figures: imec, Cenaero, Lab." in answer.text
    assert "C15" in [one["finding"].check for one in answer.context["blocking"]]


def test_a_viewer_is_told_who_moves_the_bid(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    answer = client.get(address("overview", bid))
    assert answer.context["moves"] == []
    assert "The coordinator locks and submits the bid." in answer.text
    assert "The whole history" not in answer.text


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.get(address(name, foreign_bid)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_the_ministry_reads_at_the_desk_instead(client: Client, bid: Bid, clara: User, name: str) -> None:
    client.force_login(clara)
    assert client.get(address(name, bid)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_only_read(client: Client, bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.post(address(name, bid)).status_code == 405


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize(
    ("name", "state", "asked"),
    [
        ("overview", BidState.DRAFT, 24),
        ("readiness", BidState.DRAFT, 23),
        ("history", BidState.DRAFT, 25),
        ("overview", BidState.CHANGES_REQUESTED, 25),
        ("overview", BidState.IN_REVIEW, 9),
    ],
)
def test_a_page_asks_the_same_number_of_questions_at_any_size(
    client: Client, bid: Bid, ada: User, clara: User, more: int, name: str, state: BidState, asked: int,
    moved_to: Callable[[Bid, object], Bid], django_assert_num_queries,
) -> None:  # fmt: skip
    for number in range(more):
        site, partner = factories.a_site(bid), factories.a_partner(bid)
        factories.a_line(bid, f"X{number}", site=site, partner=partner)
        factories.a_document(bid, partner=partner)
    if state is not BidState.DRAFT:
        frozen = factories.a_snapshot(bid, ada)
        if state is BidState.CHANGES_REQUESTED:
            factories.a_change_request(frozen, clara)
        moved_to(bid, state)
    client.force_login(ada)
    with django_assert_num_queries(asked):
        assert client.get(address(name, bid)).status_code == 200


def test_history_tells_each_change_with_before_and_after(client: Client, bid: Bid, ada: User) -> None:
    line = bid.budget_lines.get(key="L001")
    with changing(bid, by=ada) as change:
        change.save(line, {"description": "Engineers & support", "partner": bid.partners.get(key="imec")}, expected=1)
    client.force_login(ada)
    answer = client.get(address("history", bid))
    assert "Budget line L001: changed" in answer.text
    told = {change.label: (change.before, change.after) for change in answer.context["events"][0].changes}
    assert told == {"Description": ("Engineers", "Engineers & support"), "Partner": ("cenaero", "imec")}
    assert "Engineers &amp; support" in answer.text


def test_history_names_nobody_of_the_ministry(client: Client, bid: Bid, ada: User, clara: User) -> None:
    with transaction.atomic():
        for name in ("taken_in", "interest_declared"):
            BidEvent.objects.append(bid, name, by=clara, roles={Role.CASE_MANAGER})
    client.force_login(ada)
    answer = client.get(address("history", bid))
    assert "The ministry took the bid in for review." in answer.text
    assert "Clara" not in answer.text
    assert "nterest" not in answer.text


def test_only_the_coordinator_reads_the_history(client: Client, bid: Bid, bruno: User) -> None:
    client.force_login(bruno)
    answer = client.get(address("history", bid))
    assert answer.status_code == 403
    assert f'href="{address("overview", bid)}"' in answer.text

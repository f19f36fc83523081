"""Scenarios side by side and one by one: who may, what is shown, what is refused in words."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import scenarios
from bids.models import Bid, Scenario
from bids.rulebook.scenarios import Change, LeverName
from bids.rulebook.vocabulary import BidState
from tests import factories
from tests.views.budget_pages import address

Move = Callable[[Bid, BidState], Bid]
LONGER = Change(LeverName.DURATION, "", Decimal(48))
DEARER = Change(LeverName.PRICES, "", Decimal("1.10"))
GONE = Change(LeverName.WITHOUT_SITE, "mons")


@pytest.fixture
def scenario(bid: Bid, fien: User) -> Scenario:
    return factories.a_scenario(bid, fien, "Dearer", DEARER, LONGER, note="If prices rise")


def test_an_empty_page_says_what_belongs_there(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    text = client.get(address("scenarios", bid)).text
    assert "No scenarios yet" in text
    assert address("scenario-add", bid) in text


def test_bid_and_scenarios_stand_side_by_side(client: Client, bid: Bid, ada: User, scenario: Scenario) -> None:
    client.force_login(ada)
    answer = client.get(address("scenarios", bid))
    first, second = answer.context["rows"]
    assert (first.name, second.name) == ("The bid as it is", "Dearer")
    assert [cell.difference for cell in first.cells] == [""] * 7
    total, before = second.cells[0], first.cells[0]
    assert total.difference.startswith("+")
    assert total.value != before.value
    for words in ("If prices rise", "Accelerators", "Side by side, million €", 'role="img"', before.value, total.value):
        assert words in answer.text


def test_a_scenario_shows_changes_figures_and_the_difference(
    client: Client, bid: Bid, ada: User, fien: User, scenario: Scenario
) -> None:
    Scenario.objects.filter(pk=scenario.pk).update(changes=[*scenario.changes, *factories.written([GONE])])
    client.force_login(ada)
    answer = client.get(address("scenario", bid, key=scenario.key))
    for words in (
        "Everything costs 1.10 times as much.", "The action lasts this many months: 48.", "Set aside",
        "this bid has no “mons”", "Dearer: Total cost by category, million €", "The bid as it is",
    ):  # fmt: skip
        assert words in answer.text
    assert answer.context["plot"].rows[0][0] == "The bid as it is"
    assert answer.context["plot"].rows[-1][0] == "Dearer"


@pytest.mark.parametrize("by", ["category", "partner", "site", "stream", "year"])
@pytest.mark.parametrize("money", ["total", "eu", "rest"])
def test_the_difference_is_divided_as_asked(
    client: Client, bid: Bid, ada: User, scenario: Scenario, by: str, money: str
) -> None:
    other = factories.a_scenario(bid, ada, "Longer", LONGER)
    client.force_login(ada)
    answer = client.get(address("scenario", bid, key=scenario.key), {"since": other.key, "by": by, "money": money})
    plot = answer.context["plot"]
    assert f"by {by}" in plot.title
    assert (plot.rows[0][0], plot.rows[-1][0]) == ("Longer", "Dearer")
    assert plot.rows[-2][2] == plot.rows[-1][2]  # the differences lead exactly to the end


def test_an_address_that_asks_for_nonsense_draws_the_usual(
    client: Client, bid: Bid, ada: User, scenario: Scenario
) -> None:
    client.force_login(ada)
    answer = client.get(address("scenario", bid, key=scenario.key), {"since": "SC999", "by": "colour", "money": "x"})
    assert answer.context["plot"].title == "Dearer: Total cost by category, million €"


def test_a_scenario_is_started_and_copied(client: Client, bid: Bid, fien: User, scenario: Scenario) -> None:
    client.force_login(fien)
    url = address("scenario-add", bid)
    assert client.post(url, {"name": "  Fewer   accelerators "}).status_code == 302
    assert bid.scenarios.get(name="Fewer accelerators").changes == []
    assert "selected>Dearer" in client.get(url, {"copy_of": scenario.key}).text
    assert client.post(url, {"name": "Copy", "note": "n", "copy_of": scenario.key}).status_code == 302
    assert bid.scenarios.get(name="Copy").changes == scenario.changes


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "required"),
        ({"name": "   "}, "required"),
        ({"name": "dearer"}, "has this name"),
        ({"name": "x" * 61}, "at most 60"),
        ({"name": "New", "note": "n" * 5001}, "at most 5000"),
        ({"name": "New", "copy_of": "SC999"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_with_a_new_one_is_said_and_stays_typed(
    client: Client, bid: Bid, fien: User, scenario: Scenario, typed: dict[str, str], words: str
) -> None:
    client.force_login(fien)
    answer = client.post(address("scenario-add", bid), typed)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<title>Error:" in answer.text
    assert bid.scenarios.count() == 1


def test_two_people_rename_one_scenario(client: Client, bid: Bid, ada: User, fien: User, scenario: Scenario) -> None:
    url = address("scenario-edit", bid, key=scenario.key)
    client.force_login(fien)
    assert client.post(url, {"name": "Fien's", "note": "", "version": 1}).status_code == 302
    client.force_login(ada)
    answer = client.post(url, {"name": "Ada's", "note": "", "version": 1})
    assert answer.status_code == 409
    assert "Ada&#x27;s" in answer.text
    assert "Fien&#x27;s" in answer.text
    assert client.post(url, {"name": "Ada's", "note": "", "version": 2}).status_code == 302
    other = factories.a_scenario(bid, ada, "Taken")
    answer = client.post(address("scenario-edit", bid, key=other.key), {"name": "ada's", "version": 1})
    assert "has this name" in answer.text


def test_a_removed_scenario_is_offered_back(client: Client, bid: Bid, fien: User, scenario: Scenario) -> None:
    client.force_login(fien)
    url = address("scenario-delete", bid, key=scenario.key)
    answer = client.post(url, {"version": 9})
    assert answer.status_code == 409
    assert "changed this in the meantime" in answer.text
    answer = client.post(url, {"version": 1}, follow=True)
    assert "The scenario “Dearer” was removed." in answer.text
    assert client.get(address("scenario", bid, key=scenario.key)).status_code == 404
    answer = client.post(address("scenario-restore", bid, key=scenario.key), follow=True)
    assert "is back" in answer.text
    assert bid.scenarios.get().removed_at is None


def test_what_was_typed_about_a_removed_one_is_kept(
    client: Client, bid: Bid, ada: User, fien: User, scenario: Scenario
) -> None:
    scenarios.remove(scenario, seen=scenario.version, by=fien)
    client.force_login(ada)
    typed = {"name": "Cheaper", "note": "What the supplier told us.", "version": scenario.version}
    answer = client.post(address("scenario-edit", bid, key=scenario.key), typed)
    assert (answer.status_code, "What the supplier told us." in answer.text) == (409, True)
    assert f'action="{address("scenario-add", bid)}"' in answer.text
    assert client.get(address("scenario-edit", bid, key=scenario.key)).status_code == 404


@pytest.mark.parametrize("page", ["scenarios", "budget"])
def test_what_no_database_keeps_is_not_offered_back(client: Client, bid: Bid, fien: User, page: str) -> None:
    client.force_login(fien)
    answer = client.get(f"{address(page, bid)}?removed=%00")
    assert (answer.status_code, answer.context["undo"]) == (200, None)


def test_it_is_not_put_back_under_a_name_that_is_taken(
    client: Client, bid: Bid, fien: User, scenario: Scenario
) -> None:
    client.force_login(fien)
    client.post(address("scenario-delete", bid, key=scenario.key), {"version": 1})
    factories.a_scenario(bid, fien, "Dearer")
    answer = client.post(address("scenario-restore", bid, key=scenario.key), follow=True)
    assert "Another scenario has this name" in answer.text


PAGES: list[tuple[str, dict[str, Any]]] = [
    ("scenarios", {}), ("scenario-add", {}), ("sensitivity", {}), ("solve", {}), ("scenario", {"key": "SC001"}),
    ("scenario-edit", {"key": "SC001"}), ("scenario-adopt", {"key": "SC001"}), ("scenario-adopted", {"key": "SC001"}),
    ("scenario-change-add", {"key": "SC001"}), ("scenario-change-edit", {"key": "SC001", "number": 1}),
]  # fmt: skip
POSTED: list[tuple[str, dict[str, Any]]] = [
    *(page for page in PAGES if page[0] in ("scenario-add", "scenario-edit", "scenario-adopt", "scenario-change-add")),
    ("solve-use", {}), ("scenario-delete", {"key": "SC001"}), ("scenario-restore", {"key": "SC001"}),
    ("scenario-change-delete", {"key": "SC001", "number": 1}), ("scenario-change-move", {"key": "SC001", "number": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more"), PAGES, ids=[name for name, _ in PAGES])
def test_scenarios_are_for_coordinator_and_finance_until_the_bid_is_closed(
    client: Client, bid: Bid, ada: User, fien: User, bruno: User, vic: User, frank: User, moved_to: Move,
    name: str, more: dict[str, Any],
) -> None:  # fmt: skip
    factories.a_scenario(bid, ada, "", LONGER, key="SC001")
    url = address(name, bid, **more)
    for person, status in ((ada, 200), (fien, 200), (bruno, 403), (vic, 403), (frank, 404)):
        client.force_login(person)
        assert client.get(url).status_code == status, person
    factories.a_snapshot(bid, ada)
    client.force_login(ada)
    moved_to(bid, BidState.IN_REVIEW)
    assert client.get(url).status_code == 200
    moved_to(bid, BidState.REJECTED)
    assert client.get(url).status_code == 403


@pytest.mark.parametrize(("name", "more"), POSTED, ids=[name for name, _ in POSTED])
def test_nothing_posted_by_others_changes_anything(
    client: Client, bid: Bid, ada: User, vic: User, frank: User, name: str, more: dict[str, Any]
) -> None:
    factories.a_scenario(bid, ada, "", LONGER, key="SC001")
    for person, status in ((vic, 403), (frank, 404)):
        client.force_login(person)
        assert client.post(address(name, bid, **more), {"version": 1, "name": "x"}).status_code == status
    assert [(each.version, each.removed_at) for each in bid.scenarios.all()] == [(1, None)]


def test_the_bar_leads_there_for_those_who_may(client: Client, bid: Bid, fien: User, vic: User) -> None:
    link = f'href="{address("scenarios", bid)}"'
    client.force_login(fien)
    assert link in client.get(address("overview", bid)).text
    client.force_login(vic)
    assert link not in client.get(address("overview", bid)).text


def test_a_scenario_of_another_bid_is_not_found(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, frank: User
) -> None:
    factories.a_scenario(foreign_bid, frank, "Theirs", LONGER, key="SC009")
    client.force_login(ada)
    for name in ("scenario", "scenario-adopt", "scenario-adopted", "scenario-change-add", "scenario-edit"):
        assert client.get(address(name, bid, key="SC009")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_questions_at_any_length(
    client: Client, bid: Bid, fien: User, count: int, django_assert_num_queries
) -> None:
    made = [factories.a_scenario(bid, fien, "", DEARER, LONGER) for _ in range(count)]
    for scenario in made:
        factories.an_adoption(scenario, fien)
    client.force_login(fien)
    of_one = {"key": made[0].key}
    for name, more, asked in (
        ("scenarios", {}, 24), ("scenario", of_one, 24), ("sensitivity", {}, 23), ("solve", {}, 22),
        ("scenario-adopt", of_one, 23), ("scenario-adopted", of_one, 24), ("scenario-change-add", of_one, 23),
    ):  # fmt: skip
        with django_assert_num_queries(asked):
            client.get(address(name, bid, **more))

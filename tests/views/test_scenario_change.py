"""The changes of a scenario: two steps without scripts, numbers as people write them, two editors at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import scenarios
from bids.models import Bid, Scenario
from bids.rulebook.scenarios import Change, LeverName
from tests import factories
from tests.views.budget_pages import address

LONGER = Change(LeverName.DURATION, "", Decimal(48))
DEARER = Change(LeverName.PRICES, "", Decimal("1.10"))


@pytest.fixture
def scenario(bid: Bid, fien: User) -> Scenario:
    return factories.a_scenario(bid, fien, "Work", DEARER, LONGER)


@pytest.fixture
def at_work(client: Client, fien: User) -> Client:
    client.force_login(fien)
    return client


def add(bid: Bid, scenario: Scenario, lever: str) -> str:
    return address("scenario-change-add", bid, key=scenario.key) + f"?lever={lever}"


def changes(scenario: Scenario) -> tuple[Change, ...]:
    scenario.refresh_from_db()
    return scenario.list_of_changes


def test_the_first_step_offers_the_levers_of_this_bid(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    text = at_work.get(address("scenario-change-add", bid, key=scenario.key)).text
    for words in ("Number of accelerators", "Requested rate of acquisition", "Amount of a line", "Without a site"):
        assert words in text
    assert "What do you want to change?" in at_work.get(add(bid, scenario, "gravity")).text


def test_a_bid_without_a_machine_has_no_rates_to_move(at_work: Client, fien: User, sound_bid: Bid) -> None:
    scenario = factories.a_scenario(sound_bid, fien)
    text = at_work.get(address("scenario-change-add", sound_bid, key=scenario.key)).text
    assert "Requested rate" not in text
    assert "Without a site" not in text
    assert "Prices of a category" in text


def test_the_second_step_says_how_things_stand_now(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    assert "Zellik (now 400)" in at_work.get(add(bid, scenario, "accelerators")).text
    assert "L001 (Engineers) (now 54)" in at_work.get(add(bid, scenario, "line_quantity")).text
    assert "M001" not in at_work.get(add(bid, scenario, "line_quantity")).text  # has no quantity
    assert "Now: 50\xa0%." in at_work.get(add(bid, scenario, "rate_acquisition")).text
    assert "Now: 36." in at_work.get(add(bid, scenario, "duration")).text


@pytest.mark.parametrize(
    ("lever", "typed", "made"),
    [
        ("accelerators", {"target": "zellik", "value": "320"}, Change(LeverName.ACCELERATORS, "zellik", Decimal(320))),
        ("accelerators", {"target": "", "value": "1 320"}, Change(LeverName.ACCELERATORS, "", Decimal(1320))),
        ("prices", {"target": "A1", "value": "1,05"}, Change(LeverName.PRICES, "A1", Decimal("1.05"))),
        (
            "line_amount",
            {"target": "M001", "value": "1,500,000.50"},
            Change(LeverName.LINE_AMOUNT, "M001", Decimal("1500000.50")),
        ),
        (
            "line_unit_cost",
            {"target": "L001", "value": "8,000.1234"},
            Change(LeverName.LINE_UNIT_COST, "L001", Decimal("8000.1234")),
        ),
        ("rate_operation", {"value": "45"}, Change(LeverName.RATE_OPERATION, "", Decimal("0.45"))),
        ("pue", {"target": "zellik", "value": "1.25"}, Change(LeverName.PUE, "zellik", Decimal("1.25"))),
        ("load", {"target": "", "value": "0.8"}, Change(LeverName.LOAD, "", Decimal("0.8"))),
        ("without_partner", {"target": "cenaero"}, Change(LeverName.WITHOUT_PARTNER, "cenaero")),
        ("without_site", {"target": "charleroi"}, Change(LeverName.WITHOUT_SITE, "charleroi")),
        ("delay", {"value": "6"}, Change(LeverName.DELAY, "", Decimal(6))),
    ],
)  # fmt: skip
def test_a_change_is_put_at_the_end(
    at_work: Client, bid: Bid, scenario: Scenario, lever: str, typed: dict[str, Any], made: Change
) -> None:
    answer = at_work.post(add(bid, scenario, lever), typed | {"version": 1})
    assert answer.status_code == 302, answer.context["form"].errors
    assert changes(scenario) == (DEARER, LONGER, made)


@pytest.mark.parametrize(
    ("lever", "typed", "words"),
    [
        ("accelerators", {"target": "", "value": ""}, "required"),
        ("accelerators", {"target": "", "value": "many"}, "is not a number"),
        ("accelerators", {"target": "", "value": "320.5"}, "too many decimals"),
        ("accelerators", {"target": "", "value": "-3"}, "0 or more"),
        ("accelerators", {"target": "", "value": "12345678901234567890"}, "too large"),
        ("accelerators", {"target": "mons", "value": "3"}, "not one of the available choices"),
        ("line_amount", {"target": "M001", "value": "1.234"}, "can be read in two ways"),
        ("line_amount", {"target": "", "value": "1"}, "choose what it is about"),
        ("rate_acquisition", {"value": "51"}, "50 or less"),
        ("load", {"target": "", "value": "1.2"}, "1 or less"),
        ("pue", {"target": "", "value": "0.9"}, "1 or more"),
        ("delay", {"value": "121"}, "120 or less"),
        ("duration", {"value": "48"}, "changes that already"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(
    at_work: Client, bid: Bid, scenario: Scenario, lever: str, typed: dict[str, Any], words: str
) -> None:
    answer = at_work.post(add(bid, scenario, lever), typed | {"version": 1})
    assert answer.status_code == 200
    assert words in answer.text
    assert "<title>Error:" in answer.text
    assert f'value="{typed["value"]}"' in answer.text or not typed["value"]
    assert changes(scenario) == (DEARER, LONGER)


def test_numbers_are_read_in_the_language_of_the_page(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    in_french = {"accept-language": "fr"}
    typed = {"target": "M001", "value": "1 234 567,89", "version": 1}
    assert at_work.post(add(bid, scenario, "line_amount"), typed, headers=in_french).status_code == 302
    assert changes(scenario)[-1].value == Decimal("1234567.89")
    text = at_work.get(address("scenario-change-edit", bid, key=scenario.key, number=3), headers=in_french).text
    assert 'value="1\xa0234\xa0567,89"' in text


def test_an_opened_and_saved_change_stays_as_it_was(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    factories_change = Change(LeverName.PUE, "zellik", Decimal("1.234"))
    scenarios.put_change(scenario, factories_change, seen=1, by=scenario.created_by)
    url = address("scenario-change-edit", bid, key=scenario.key, number=3)
    form = at_work.get(url).context["form"]
    sent = {box.html_name: box.value() for box in form}
    sent["value"] = form["value"].field.prepare_value(sent["value"])
    assert at_work.post(url, sent).status_code == 302
    assert changes(scenario)[-1] == factories_change
    assert scenario.version == 2


def test_a_change_is_edited_in_its_place(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    url = address("scenario-change-edit", bid, key=scenario.key, number=1)
    assert at_work.post(url, {"target": "A1", "value": "1.2", "version": 1}).status_code == 302
    assert changes(scenario) == (Change(LeverName.PRICES, "A1", Decimal("1.2")), LONGER)


def test_a_change_is_moved_and_taken_out(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    of = {"key": scenario.key, "number": 1}
    assert at_work.post(address("scenario-change-move", bid, **of), {"down": "1", "version": 1}).status_code == 302
    assert changes(scenario) == (LONGER, DEARER)
    move = address("scenario-change-move", bid, key=scenario.key, number=2)
    assert at_work.post(move, {"up": "1", "version": 2}).status_code == 302
    assert changes(scenario) == (DEARER, LONGER)
    assert at_work.post(address("scenario-change-delete", bid, **of), {"version": 3}).status_code == 302
    assert changes(scenario) == (LONGER,)


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_change_that_is_not_there_is_not_found(at_work: Client, bid: Bid, scenario: Scenario, number: int) -> None:
    of = {"key": scenario.key, "number": number}
    assert at_work.get(address("scenario-change-edit", bid, **of)).status_code == 404
    for name in ("scenario-change-delete", "scenario-change-move"):
        assert at_work.post(address(name, bid, **of), {"version": 1}).status_code == 404


@pytest.mark.parametrize("name", ["scenario-change-add", "scenario-change-edit"])
def test_somebody_was_first_and_what_was_typed_stays(
    at_work: Client, bid: Bid, ada: User, scenario: Scenario, name: str
) -> None:
    scenarios.put_change(scenario, Change(LeverName.DELAY, "", Decimal(3)), seen=1, by=ada)
    more = {"number": 1} if name.endswith("edit") else {}
    url = address(name, bid, key=scenario.key, **more) + "?lever=prices"
    typed = {"target": "A1", "value": "1.3", "version": 1}
    answer = at_work.post(url, typed)
    assert answer.status_code == 409
    for words in ('value="1.3"', 'name="version" value="2"', "Everything starts later by this many months: 3."):
        assert words in answer.text
    assert at_work.post(url, typed | {"version": 2}).status_code == 302
    assert Change(LeverName.PRICES, "A1", Decimal("1.3")) in changes(scenario)


@pytest.mark.parametrize("name", ["scenario-change-delete", "scenario-change-move"])
def test_a_list_that_was_changed_is_shown_again_before_anything_goes(
    at_work: Client, bid: Bid, ada: User, scenario: Scenario, name: str
) -> None:
    scenarios.put_change(scenario, Change(LeverName.DELAY, "", Decimal(3)), seen=1, by=ada)
    answer = at_work.post(address(name, bid, key=scenario.key, number=1), {"version": 1})
    assert answer.status_code == 409
    assert "Everything starts later by this many months: 3." in answer.text
    assert len(changes(scenario)) == 3


def test_a_scenario_that_was_removed_meanwhile_is_gone(
    at_work: Client, bid: Bid, fien: User, scenario: Scenario
) -> None:
    scenarios.remove(scenario, seen=1, by=fien)
    assert at_work.post(add(bid, scenario, "delay"), {"value": "3", "version": 1}).status_code == 404

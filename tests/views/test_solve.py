"""Looking for a value: found with its neighbour, or not, with the reason; and put into a scenario."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import scenarios
from bids.models import Bid
from bids.rulebook.scenarios import Change, LeverName
from bids.rulebook.vocabulary import Stream
from tests import factories
from tests.views.budget_pages import address

FEWER = Change(LeverName.ACCELERATORS, "", Decimal(320))
LONGER = Change(LeverName.DURATION, "", Decimal(48))


@pytest.fixture
def at_work(client: Client, bid: Bid, fien: User) -> Client:
    factories.a_line(bid, "M002", stream=Stream.MACHINE, site=bid.sites.get(key="zellik"), category="acquisition",
                     quantity="400", unit="accelerator", unit_cost="30000", amount=None)  # fmt: skip
    client.force_login(fien)
    return client


def ask(client: Client, bid: Bid, **asked: str) -> Any:
    given = {"lever": "accelerators", "target": "", "measure": "total", "base": ""}
    return client.get(address("solve", bid), given | asked)


def test_the_first_step_offers_what_can_be_moved(at_work: Client, bid: Bid) -> None:
    text = at_work.get(address("solve", bid)).text
    assert "Number of accelerators" in text
    assert "Without a site" not in text
    for lever in ("without_site", "gravity"):
        assert "What may move" in at_work.get(address("solve", bid), {"lever": lever}).text
    assert "is to reach" in at_work.get(address("solve", bid), {"lever": "accelerators"}).text.lower()


def test_a_value_is_told_with_the_next_one_that_passes(at_work: Client, bid: Bid) -> None:
    text = ask(at_work, bid, figure="10,000,000").text
    assert "The number of accelerators is" in text
    assert "as near to €\xa010,000,000.00 as it comes without passing it." in text
    assert "The next value passes it" in text
    assert "Use this value" in text


def test_a_target_that_is_met_to_the_cent_is_called_exact(at_work: Client, bid: Bid) -> None:
    text = ask(at_work, bid, lever="line_amount", target="M001", figure="15,265,208.35").text
    assert "is exactly €\xa015,265,208.35." in text
    assert "The next value" not in text


def test_a_share_is_typed_in_per_cent(at_work: Client, bid: Bid) -> None:
    answer = ask(at_work, bid, lever="rate_acquisition", measure="eu_share", figure="45")
    assert "The Union is asked for" in answer.text
    assert answer.context["answer"].change.value < Decimal("0.5")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"measure": "eu_share", "figure": "95"}, "bring the figure that high"),
        ({"figure": "1"}, "bring the figure that low"),
        ({"lever": "duration", "figure": "1"}, "What may move"),
        ({"lever": "rate_operation", "figure": "1"}, "does not move this figure at all"),
    ],
)
def test_a_target_out_of_reach_is_told_with_the_range(
    at_work: Client, bid: Bid, asked: dict[str, str], words: str
) -> None:
    text = ask(at_work, bid, **asked).text
    assert words in text
    assert ("Within reach is everything from" in text) == ("bring" in words)
    assert "Use this value" not in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"figure": ""}, "required"),
        ({"figure": "much"}, "is not a number"),
        ({"figure": "1.234"}, "can be read in two ways"),
        ({"figure": "-1"}, "zero or more"),
        ({"figure": "101", "measure": "eu_share"}, "100 or less"),
        ({"figure": "1", "target": "mons"}, "not one of the available choices"),
        ({"figure": "1", "measure": "colour"}, "not one of the available choices"),
        ({"figure": "1", "base": "SC999"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(at_work: Client, bid: Bid, asked: dict[str, str], words: str) -> None:
    answer = ask(at_work, bid, **asked)
    assert answer.status_code == 200
    assert words in answer.text
    assert f'value="{asked["figure"]}"' in answer.text or not asked["figure"]
    assert answer.context["answer"] is None


def test_used_in_a_scenario_it_comes_to_what_was_promised(at_work: Client, bid: Bid, fien: User) -> None:
    scenario = factories.a_scenario(bid, fien, "Fewer", FEWER, LONGER)
    found = ask(at_work, bid, base=scenario.key, figure="10,000,000").context["answer"]
    sent = {"lever": "accelerators", "target": "", "value": found.value, "scenario": scenario.key}
    assert at_work.post(address("solve-use", bid), sent).status_code == 302
    scenario.refresh_from_db()
    assert scenario.list_of_changes == (LONGER, found.change)
    shown = at_work.get(address("scenario", bid, key=scenario.key)).context["figures"][0][2].value
    assert shown in ask(at_work, bid, base=scenario.key, figure="10,000,000").text


def test_it_may_begin_a_scenario_of_its_own(at_work: Client, bid: Bid) -> None:
    sent = {"lever": "accelerators", "target": "", "value": "312", "scenario": ""}
    for name in ("Number of accelerators 312", "Number of accelerators 312 (2)"):
        assert at_work.post(address("solve-use", bid), sent).status_code == 302
        assert bid.scenarios.get(name=name).list_of_changes == (Change(LeverName.ACCELERATORS, "", Decimal(312)),)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"lever": "gravity"}, "No lever is called"),
        ({"value": "many"}, "This is no number"),
        ({"value": ""}, "This is no number"),
        ({"value": "99999999"}, "must lie between"),
        ({"target": "mons"}, "this bid has no “mons”"),
        ({"lever": "rate_acquisition", "value": "0.6"}, "Requested rate of acquisition must lie between"),
    ],
)
def test_a_form_that_was_tampered_with_is_refused_in_words(
    at_work: Client, bid: Bid, sent: dict[str, str], words: str
) -> None:
    given = {"lever": "accelerators", "target": "", "value": "312", "scenario": ""}
    assert words in at_work.post(address("solve-use", bid), given | sent, follow=True).text
    assert not bid.scenarios.exists()


def test_where_there_is_no_room_it_says_so(at_work: Client, bid: Bid, fien: User) -> None:
    for _ in range(scenarios.MOST):
        factories.a_scenario(bid, fien)
    sent = {"lever": "accelerators", "target": "", "value": "312", "scenario": ""}
    assert "at most 12 scenarios" in at_work.post(address("solve-use", bid), sent, follow=True).text
    assert at_work.post(address("solve-use", bid), sent | {"scenario": "SC999"}).status_code == 404
    assert "A new scenario" not in ask(at_work, bid, figure="10,000,000").text

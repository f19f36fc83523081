"""What moves a bid most: the usual drivers, or chosen ones with typed ends."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from bids.models import Bid
from bids.rulebook.facts import EnergyPricing
from bids.rulebook.scenarios import Change, LeverName
from bids.rulebook.vocabulary import Stream
from tests import factories
from tests.views.budget_pages import address

ENERGY = EnergyPricing(Decimal(480), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5))


@pytest.fixture
def at_work(client: Client, bid: Bid, fien: User) -> Client:
    zellik = bid.sites.get(key="zellik")
    machine = {"stream": Stream.MACHINE, "site": zellik, "amount": None}
    factories.a_line(bid, category="acquisition", quantity="400", unit="accelerator", unit_cost="30000", **machine)
    factories.a_line(bid, category="energy", pricing=ENERGY, **machine)
    client.force_login(fien)
    return client


def test_the_usual_drivers_are_drawn_at_once(at_work: Client, bid: Bid) -> None:
    answer = at_work.get(address("sensitivity", bid))
    plot = answer.context["plot"]
    assert plot.title == "What moves most: National share, million €"
    assert [row[0] for row in plot.rows][:2] == ["Number of accelerators", "Price of an accelerator"]
    assert ("Price of electricity, Zellik", "0.099") in [row[:2] for row in plot.rows]
    assert 'value="0.099"' in answer.text
    for row in plot.rows:
        assert row[0] in answer.text


def test_chosen_drivers_swing_between_typed_ends(at_work: Client, bid: Bid) -> None:
    asked = {
        "measure": "total",
        "driver1": "accelerators:",
        "low1": "300",
        "high1": "1 000",
        "driver3": "rate_operation:",
        "low3": "40",
    }
    plot = at_work.get(address("sensitivity", bid), asked).context["plot"]
    assert [row[:2] for row in plot.rows] == [
        ("Number of accelerators", "300"),
        ("Requested rate of operation", "40\xa0%"),
    ]
    assert plot.rows[0][3] == "1,000"
    assert plot.rows[1][2] == plot.rows[1][4]  # a rate moves no cost
    share = at_work.get(address("sensitivity", bid), asked | {"measure": "eu_share"}).context["plot"]
    assert share.title == "What moves most: Share of the Union"
    assert share.rows[0][2].endswith("%")


def test_what_the_page_wrote_itself_is_no_question(at_work: Client, bid: Bid) -> None:
    bid.budget_lines.filter(category="energy").update(pricing=replace(ENERGY, pue=Decimal("1.25")))
    form = at_work.get(address("sensitivity", bid)).context["form"]
    sent = {box.html_name: box.value() for box in form if box.value()}
    assert "1.375" in sent.values()
    assert at_work.get(address("sensitivity", bid), sent).context["form"].errors == {}
    asked = at_work.get(address("sensitivity", bid), sent | {"low1": "1.234"})
    assert "can be read in two ways" in asked.text


def test_it_may_start_from_a_scenario(at_work: Client, bid: Bid, fien: User) -> None:
    fewer = Change(LeverName.ACCELERATORS, "", Decimal(200))
    scenario = factories.a_scenario(bid, fien, "Fewer", fewer)
    answer = at_work.get(address("sensitivity", bid), {"base": scenario.key})
    assert [row[1] for row in answer.context["plot"].rows if row[0] == "Number of accelerators"] == ["180"]
    assert "selected>Fewer" in answer.text
    assert at_work.get(address("sensitivity", bid), {"base": "SC999"}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"driver1": "accelerators:", "low1": "few"}, "is not a number"),
        ({"driver1": "accelerators:", "high1": "1.5"}, "too many decimals"),
        ({"driver1": "rate_operation:", "high1": "60"}, "50 or less"),
        ({"driver1": "gravity:"}, "not one of the available choices"),
        ({"driver1": "energy_price:charleroi"}, "The bid doesn&#x27;t say how this stands now"),
        ({}, "Choose at least one driver"),
        ({"driver1": "accelerators:", "measure": "colour"}, "not one of the available choices"),
        ({"driver1": "accelerators:", "base": "SC999"}, "not one of the available choices"),
    ],
)
def test_what_is_wrong_is_said_and_stays_typed(at_work: Client, bid: Bid, asked: dict[str, str], words: str) -> None:
    answer = at_work.get(address("sensitivity", bid), {"measure": "total"} | asked)
    assert answer.status_code == 200
    assert words in answer.text
    assert "<title>Error:" in answer.text
    assert answer.context["plot"] is None
    assert all(f'value="{typed}"' in answer.text for name, typed in asked.items() if name in ("low1", "high1"))


def test_an_empty_bid_has_no_drivers_and_says_how_to_begin(client: Client, ada: User) -> None:
    bid = factories.a_bid("BE-EMPTY")
    factories.a_bid_role(bid, ada, "coordinator", factories.a_partner(bid))
    client.force_login(ada)
    answer = client.get(address("sensitivity", bid))
    assert answer.context["plot"] is None
    assert "Choose drivers, and the plot stands here." in answer.text
    assert client.get(address("solve", bid)).status_code == 200
    assert client.get(address("scenarios", bid)).status_code == 200

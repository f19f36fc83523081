"""Adopting shows every row before one confirmation; taking back gives all back, or names what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import rows
from bids.models import Adoption, Bid, Scenario
from bids.rulebook.facts import EnergyPricing
from bids.rulebook.scenarios import Change, LeverName, written
from bids.rulebook.vocabulary import BidState, Stream
from tests import factories
from tests.views.budget_pages import address

Move = Callable[[Bid, BidState], Bid]
ENERGY = EnergyPricing(Decimal(480), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5))
CHANGES = (
    Change(LeverName.ACCELERATORS, "", Decimal(320)),
    Change(LeverName.RATE_OPERATION, "", Decimal("0.45")),
    Change(LeverName.DURATION, "", Decimal(48)),
    Change(LeverName.WITHOUT_PARTNER, "lab"),
)


@pytest.fixture
def scenario(bid: Bid, ada: User) -> Scenario:
    machine = {"stream": Stream.MACHINE, "site": bid.sites.get(key="zellik"), "amount": None}
    factories.a_line(
        bid, "M002", category="acquisition", quantity="400", unit="accelerator", unit_cost="30000.00", **machine
    )
    factories.a_line(bid, "M003", category="energy", pricing=ENERGY, description="Electricity", **machine)
    return factories.a_scenario(bid, ada, "Fewer", *CHANGES)


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def shown(bid: Bid, scenario: Scenario) -> dict[str, int]:
    """What the form of the page holds."""
    return {"revision": Bid.objects.get(pk=bid.pk).revision, "version": scenario.version}


def adopted(client: Client, bid: Bid, scenario: Scenario) -> Adoption:
    assert client.post(address("scenario-adopt", bid, key=scenario.key), shown(bid, scenario)).status_code == 302
    return scenario.adoptions.get(undone_at=None)


def test_the_page_shows_every_row_before_and_after(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    answer = at_work.get(address("scenario-adopt", bid, key=scenario.key))
    told = {row.title: {(one.label, one.before, one.after) for one in row.moved} for row in answer.context["rows"]}
    assert told == {
        "The bid itself": {("Duration in months", "36", "48"), ("Requested rate of operation", "50\xa0%", "45\xa0%")},
        "Zellik": {("New machine: accelerators", "400", "320")},
        "L003 Elsewhere": set(),
        "M002": {("Quantity", "400", "320")},
        "M003 Electricity": {("IT power (kW)", "480", "384.0")},
    }
    assert [row.title for row in answer.context["rows"] if row.is_gone] == ["L003 Elsewhere"]
    for words in (
        "5 rows change",
        "12,000,000.00",
        "9,600,000.00",
        "taken out of the budget",
        "Adopt",
        "IT power (kW)",
    ):
        assert words in answer.text
    assert "bid.revision" not in answer.text


def test_one_confirmation_and_the_bid_is_what_the_scenario_said(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    url = address("scenario-adopt", bid, key=scenario.key)
    answer = at_work.post(url, shown(bid, scenario), follow=True)
    assert "The bid is now what “Fewer” said." in answer.text
    assert "Adopted by Ada" in answer.text
    bid.refresh_from_db()
    assert (bid.duration_months, bid.budget_lines.get(key="M002").quantity) == (48, Decimal(320))
    text = at_work.get(address("scenario", bid, key=scenario.key)).text
    assert "The bid already holds these changes" in text
    assert "Fewer" in at_work.get(address("scenarios", bid)).text
    assert "The scenario SC" in at_work.get(address("history", bid)).text
    assert "Nothing to adopt" in at_work.get(url).text


@pytest.mark.parametrize("stale", [{"revision": 1}, {"version": 9}, {"revision": "x", "version": ""}])
def test_what_was_not_shown_is_not_adopted(
    at_work: Client, bid: Bid, ada: User, scenario: Scenario, stale: dict[str, object]
) -> None:
    line = bid.budget_lines.get(key="M002")
    rows.revise(line, {"description": "Somebody's words"}, seen=1, by=ada)
    answer = at_work.post(address("scenario-adopt", bid, key=scenario.key), shown(bid, scenario) | stale)
    assert answer.status_code == 409
    assert "Look at the rows again" in answer.text
    assert "M002 Somebody&#x27;s words" in answer.text
    assert f'name="revision" value="{Bid.objects.get(pk=bid.pk).revision}"' in answer.text
    assert not Adoption.objects.exists()


def test_what_does_not_fit_is_left_out_only_on_request(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    gone = written([Change(LeverName.WITHOUT_SITE, "mons")])
    Scenario.objects.filter(pk=scenario.pk).update(changes=[*scenario.changes, *gone])
    url = address("scenario-adopt", bid, key=scenario.key)
    assert "this bid has no “mons”" in at_work.get(url).text
    answer = at_work.post(url, shown(bid, scenario))
    assert answer.status_code == 200
    assert "Leave them out, or mend the scenario first." in answer.text
    assert at_work.post(url, shown(bid, scenario) | {"leave_out": "on"}).status_code == 302
    bid.refresh_from_db()
    assert bid.duration_months == 48


def test_who_may_not_write_the_rows_sees_why_and_changes_nothing(
    client: Client, bid: Bid, fien: User, scenario: Scenario
) -> None:
    client.force_login(fien)
    url = address("scenario-adopt", bid, key=scenario.key)
    answer = client.get(url)
    assert "You can't adopt this scenario" in answer.text
    assert (
        "Your role does not allow this. It is for: Coordinator or Partner editor. It is about: The bid itself, Zellik."
        in answer.text
    )
    assert client.post(url, shown(bid, scenario)).status_code == 403
    assert bid.events.latest("sequence").name == "refused"
    bid.refresh_from_db()
    assert bid.duration_months == 36


def test_a_bid_at_the_desk_can_be_tried_out_but_not_changed(
    at_work: Client, bid: Bid, ada: User, scenario: Scenario, moved_to: Move
) -> None:
    factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.IN_REVIEW)
    url = address("scenario-adopt", bid, key=scenario.key)
    assert "You can't adopt this scenario" in at_work.get(url).text
    assert at_work.post(url, shown(bid, scenario)).status_code == 403
    assert not Adoption.objects.exists()


def test_taken_back_every_row_is_as_before(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    adoption = adopted(at_work, bid, scenario)
    url = address("scenario-adopted", bid, key=scenario.key)
    text = at_work.get(url).text
    for words in ("Take the adoption back", "put back into the budget", "Duration in months", "384.0"):
        assert words in text
    answer = at_work.post(url, {"adoption": adoption.pk}, follow=True)
    assert "Every row is again as it was" in answer.text
    assert "Taken back by Ada" in answer.text
    bid.refresh_from_db()
    assert (bid.duration_months, bid.budget_lines.get(key="M002").quantity) == (36, Decimal(400))
    assert "taken back already" in at_work.post(url, {"adoption": adoption.pk}).text


def test_rows_that_were_changed_since_are_named(at_work: Client, bid: Bid, ada: User, scenario: Scenario) -> None:
    adoption = adopted(at_work, bid, scenario)
    line = bid.budget_lines.get(key="M002")
    rows.revise(line, {"quantity": Decimal(319), "description": "Nodes"}, seen=line.version, by=ada)
    answer = at_work.post(address("scenario-adopted", bid, key=scenario.key), {"adoption": adoption.pk})
    assert answer.status_code == 409
    assert "these rows were changed since: M002. Change them back first." in answer.text
    assert Adoption.objects.get().undone_at is None


def test_a_removed_scenario_can_still_be_taken_back(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    adoption = adopted(at_work, bid, scenario)
    at_work.post(address("scenario-delete", bid, key=scenario.key), {"version": scenario.version})
    url = address("scenario-adopted", bid, key=scenario.key)
    assert url in at_work.get(address("scenarios", bid)).text
    assert at_work.post(url, {"adoption": adoption.pk}).status_code == 302
    bid.refresh_from_db()
    assert bid.duration_months == 36


def test_a_scenario_that_was_never_adopted_says_so(at_work: Client, bid: Bid, scenario: Scenario) -> None:
    url = address("scenario-adopted", bid, key=scenario.key)
    assert "Never adopted" in at_work.get(url).text
    for typed in ("", "x", "999"):
        assert at_work.post(url, {"adoption": typed}).status_code == 404


def test_who_may_not_write_the_rows_takes_nothing_back(
    at_work: Client, bid: Bid, fien: User, scenario: Scenario
) -> None:
    adoption = adopted(at_work, bid, scenario)
    at_work.force_login(fien)
    url = address("scenario-adopted", bid, key=scenario.key)
    assert at_work.post(url, {"adoption": adoption.pk}).status_code == 403
    assert Adoption.objects.get().undone_at is None

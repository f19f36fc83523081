"""A bid under a newer version of its call: everything that would move is shown, and nothing moves unseen."""

from __future__ import annotations

import copy
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import callfile, snapshot
from bids.actions.alternatives import beside
from bids.actions.call_effects import effects
from bids.actions.calls import load_calls
from bids.actions.changing import Stale, changing
from bids.actions.records import verify_chain
from bids.actions.rule_sets import move_to, newer_version, prospect
from bids.models import Bid, BudgetLine, CallVersion, Snapshot
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState
from tests import factories


def address(name: str, bid: Bid) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference})


@pytest.fixture
def newer(bid: Bid) -> CallVersion:
    """The ministry loads the factory call again: services at 40 %, and a lower cap."""
    data: dict[str, Any] = copy.deepcopy(callfile.load(factories.FACTORY_CALL))
    services = next(stream for stream in data["streams"] if stream["id"] == "services")
    services["action"]["rate"] = dict(services["action"]["rate"]) | {"value": "0.40"}
    (loaded,) = load_calls([data])
    return loaded.version


def fresh(bid: Bid) -> Bid:
    return Bid.objects.with_call().get(pk=bid.pk)


def test_without_a_newer_version_the_page_says_so(client: Client, ada: User, bid: Bid) -> None:
    client.force_login(ada)
    assert "There is no newer version." in client.get(address("rule-set", bid)).text
    assert newer_version(bid) is None


def test_every_number_figure_and_finding_that_differs_is_shown(
    client: Client, vic: User, bid: Bid, newer: CallVersion
) -> None:
    client.force_login(vic)
    shown = client.get(address("rule-set", bid)).text
    assert "<code>streams/services/action/rate/value</code>" in shown
    assert "Contribution of the Union: line L001" in shown
    assert "Move this bid to" not in shown  # a viewer reads
    found = prospect(bid, snapshot.take(bid), newer)
    told = {one.figure for one in found.figures}
    assert {"eu", "national", "lines/L001/eu", "partners/imec/rate"} <= told
    assert not told & {"total", "eligible", "streams/machine/eu", "lines/L001/total"}
    assert [change.path for change in found.of_the_call] == ["streams/services/action/rate/value"]


def test_a_bid_keeps_its_version_until_somebody_moves_it(bid: Bid, newer: CallVersion) -> None:
    assert fresh(bid).call_version.number == 1
    assert newer_version(bid) == newer


def test_the_coordinator_moves_the_bid(client: Client, ada: User, bid: Bid, newer: CallVersion) -> None:
    client.force_login(ada)
    before = fresh(bid)
    answer = client.post(address("rule-set-move", bid), {"revision": before.revision, "version": newer.number})
    assert answer.status_code == 302
    now = fresh(bid)
    assert (now.call_version, now.revision) == (newer, before.revision + 1)
    assert now.total == before.total
    assert now.eu < before.eu
    event = bid.events.get(name="rule_set_changed")
    assert event.after == {"rule_set": str(newer)}
    assert verify_chain(bid) == ""
    assert "There is no newer version." in client.get(address("rule-set", bid)).text


@pytest.mark.parametrize("sent", [{}, {"revision": "0"}, {"revision": "٣"}, {"revision": "9" * 40}, {"version": "7"}])
def test_what_was_not_shown_is_not_agreed_to(
    client: Client, ada: User, bid: Bid, newer: CallVersion, sent: dict[str, str]
) -> None:
    client.force_login(ada)
    right = {"revision": str(bid.revision), "version": str(newer.number)}
    answer = client.post(address("rule-set-move", bid), right | sent if sent else {})
    assert answer.status_code == 409
    assert "Nothing was moved" in answer.text
    assert fresh(bid).call_version.number == 1


def test_a_line_saved_meanwhile_shows_other_figures_first(ada: User, bid: Bid, newer: CallVersion) -> None:
    seen = bid.revision
    line = BudgetLine.objects.get(bid=bid, key="M001")
    with changing(bid, by=ada) as change:
        change.save(line, {"amount": Euro(100)}, expected=line.version)
    with pytest.raises(Stale):
        move_to(bid, newer, seen=seen, by=ada)
    assert fresh(bid).call_version.number == 1


def test_only_those_who_may_change_every_budget_move_a_bid(
    client: Client, bruno: User, vic: User, fien: User, frank: User, bid: Bid, newer: CallVersion
) -> None:
    sent = {"revision": bid.revision, "version": newer.number}
    for person, status in ((bruno, 403), (vic, 403), (frank, 404), (fien, 302)):
        client.force_login(person)
        assert client.post(address("rule-set-move", bid), sent).status_code == status


def test_a_submitted_bid_stays_under_its_version(
    client: Client, ada: User, bid: Bid, newer: CallVersion, moved_to: Any
) -> None:
    moved_to(bid, "locked")
    client.force_login(ada)
    answer = client.post(address("rule-set-move", bid), {"revision": bid.revision, "version": newer.number})
    assert answer.status_code == 403


def test_a_bid_does_not_move_to_another_call(ada: User, bid: Bid) -> None:
    other = factories.a_call("GENERIC-HE-RIA").version_in_force()
    with pytest.raises(ValueError, match="stays in its call"):
        move_to(bid, other, seen=bid.revision, by=ada)


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_asks_as_many_questions_for_one_line_as_for_three(
    client: Client, vic: User, bid: Bid, newer: CallVersion, lines: int, django_assert_num_queries: Any
) -> None:
    bid.budget_lines.all().delete()
    for _ in range(lines):
        factories.a_line(bid, partner=bid.partners.get(key="imec"))
    client.force_login(vic)
    with django_assert_num_queries(24):
        shown = client.get(address("rule-set", bid)).text
    assert shown.count("Contribution of the Union: line") == lines


@pytest.fixture
def frozen(bid: Bid, ada: User, newer: CallVersion) -> Snapshot:
    """The round of a consortium that moved on to newer rules while it answers requests."""
    sent = factories.a_snapshot(fresh(bid), ada)
    move_to(fresh(bid), newer, seen=fresh(bid).revision, by=ada)
    Bid.objects.filter(pk=bid.pk).update(state=BidState.CHANGES_REQUESTED)
    return sent


def test_the_ministry_measures_a_round_by_the_rules_of_the_round(
    clara: User, newer: CallVersion, frozen: Snapshot
) -> None:
    (felt,) = effects(newer.call, snapshot.facts_of(newer), reader=clara).felt
    before = {moved.figure: moved.before for moved in felt.totals}
    assert before["eu"] == assess(snapshot.read(frozen.text), snapshot.facts_of(frozen.call_version)).eu


def test_a_linked_round_stands_under_the_rules_of_the_round(
    bid: Bid, ada: User, clara: User, newer: CallVersion, frozen: Snapshot
) -> None:
    other = replace(snapshot.take(fresh(bid)), reference="BE-OTHER", alternative_to=bid.reference)
    assert beside(other, clara)["linked"].call == snapshot.facts_of(frozen.call_version)
    assert beside(other, ada)["linked"].call == snapshot.facts_of(newer)

"""Scenarios: the workshop beside a bid, with a trail but without a mark on the bid itself."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from bids import snapshot, telling
from bids.actions import scenarios
from bids.actions.changing import Stale
from bids.actions.records import verify_chain
from bids.models import Bid, Scenario
from bids.rulebook.scenarios import Change, LeverName, written
from tests import factories

FEWER = Change(LeverName.ACCELERATORS, "", Decimal(320))
DEARER = Change(LeverName.ENERGY_PRICE, "zellik", Decimal("0.16"))
ALONE = Change(LeverName.WITHOUT_SITE, "charleroi")


def test_a_scenario_is_started_beside_the_bid(bid: Bid, fien: User) -> None:
    before = (bid.revision, snapshot.canonical(snapshot.take(bid)))
    scenario = scenarios.start(bid, "Fewer accelerators", note="If money is short", changes=[FEWER], by=fien)
    bid.refresh_from_db()
    assert (bid.revision, snapshot.canonical(snapshot.take(bid))) == before
    assert (scenario.key, scenario.created_by, scenario.list_of_changes) == ("SC001", fien, (FEWER,))
    event = bid.events.latest("sequence")
    assert (event.name, event.about, event.actor) == ("scenario_added", "scenarios/SC001", fien)
    assert event.after == {"name": "Fewer accelerators", "note": "If money is short", "changes": written([FEWER])}
    assert verify_chain(bid) == ""


def test_a_copy_has_the_same_changes_and_goes_its_own_way(bid: Bid, fien: User) -> None:
    first = scenarios.start(bid, "One", changes=[FEWER, DEARER], by=fien)
    second = scenarios.start(bid, "Two", changes=first.list_of_changes, by=fien)
    scenarios.drop_change(second, 0, seen=1, by=fien)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.list_of_changes, second.list_of_changes) == ((FEWER, DEARER), (DEARER,))
    assert [each.name for each in bid.scenarios.all()] == ["One", "Two"]


def test_a_name_is_given_once_whatever_its_capitals(bid: Bid, fien: User, foreign_bid: Bid, frank: User) -> None:
    one = scenarios.start(bid, "Fewer", by=fien)
    scenarios.start(foreign_bid, "Fewer", by=frank)
    for name in ("Fewer", "FEWER"):
        with pytest.raises(ValidationError, match="has this name"):
            scenarios.start(bid, name, by=fien)
    other = scenarios.start(bid, "Other", by=fien)
    with pytest.raises(ValidationError, match="has this name"):
        scenarios.revise(other, {"name": "fewer"}, seen=1, by=fien)
    assert scenarios.revise(one, {"name": "FEWER"}, seen=1, by=fien).version == 2


def test_a_bid_has_room_for_so_many(bid: Bid, fien: User) -> None:
    for _ in range(scenarios.MOST):
        factories.a_scenario(bid, fien)
    with pytest.raises(ValidationError, match="at most 12 scenarios"):
        scenarios.start(bid, "One more", by=fien)


def test_changes_are_put_replaced_moved_and_dropped(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", by=fien)
    for change in (FEWER, DEARER, ALONE):
        scenario = scenarios.put_change(scenario, change, seen=scenario.version, by=fien)
    even_fewer = Change(LeverName.ACCELERATORS, "", Decimal(300))
    scenario = scenarios.put_change(scenario, even_fewer, number=0, seen=4, by=fien)
    scenario = scenarios.move_change(scenario, 0, up=False, seen=5, by=fien)
    assert scenario.list_of_changes == (DEARER, even_fewer, ALONE)
    scenario = scenarios.move_change(scenario, 0, up=True, seen=6, by=fien)
    assert scenario.version == 6  # the first can't go up: nothing was written
    scenario = scenarios.drop_change(scenario, 2, seen=6, by=fien)
    assert scenario.list_of_changes == (DEARER, even_fewer)
    assert bid.events.filter(name="scenario_changed").count() == 6
    assert bid.events.latest("sequence").before == {"changes": written([DEARER, even_fewer, ALONE])}


def test_each_thing_is_changed_once(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", changes=[FEWER, DEARER], by=fien)
    with pytest.raises(ValidationError, match="changes that already"):
        scenarios.put_change(scenario, FEWER, seen=1, by=fien)
    with pytest.raises(ValidationError, match="changes that already"):
        scenarios.put_change(scenario, FEWER, number=1, seen=1, by=fien)
    scenario.refresh_from_db()
    assert scenario.list_of_changes == (FEWER, DEARER)


def test_a_value_that_was_looked_for_is_made_last(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", changes=[FEWER, DEARER], by=fien)
    found = Change(LeverName.ACCELERATORS, "", Decimal(312))
    assert scenarios.settle_on(scenario, found, seen=1, by=fien).list_of_changes == (DEARER, found)


def test_a_scenario_holds_so_many_changes(bid: Bid, fien: User) -> None:
    many = [Change(LeverName.LINE_AMOUNT, f"L{number}", Decimal(1)) for number in range(scenarios.MOST_CHANGES)]
    scenario = scenarios.start(bid, "Work", changes=many, by=fien)
    with pytest.raises(ValidationError, match="at most 40 changes"):
        scenarios.put_change(scenario, FEWER, seen=1, by=fien)


def test_the_second_of_two_people_is_told(bid: Bid, ada: User, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", by=fien)
    scenarios.put_change(scenario, FEWER, seen=1, by=fien)
    for act in (
        lambda: scenarios.put_change(scenario, DEARER, seen=1, by=ada),
        lambda: scenarios.drop_change(scenario, 0, seen=1, by=ada),
        lambda: scenarios.move_change(scenario, 0, up=True, seen=1, by=ada),
        lambda: scenarios.settle_on(scenario, DEARER, seen=1, by=ada),
        lambda: scenarios.revise(scenario, {"name": "Mine"}, seen=1, by=ada),
        lambda: scenarios.remove(scenario, seen=1, by=ada),
    ):
        with pytest.raises(Stale) as stale:
            act()
        assert stale.value.theirs.list_of_changes == (FEWER,)


def test_a_removed_scenario_comes_back_as_it_was(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", changes=[FEWER], by=fien)
    scenarios.remove(scenario, seen=1, by=fien)
    with pytest.raises(Stale) as stale:
        scenarios.put_change(scenario, DEARER, seen=1, by=fien)
    assert stale.value.theirs is None
    back = scenarios.restore(scenario, by=fien)
    assert (back.removed_at, back.list_of_changes) == (None, (FEWER,))
    assert scenarios.restore(scenario, by=fien).version == back.version
    names = bid.events.filter(about="scenarios/SC001").values_list("name", flat=True)
    assert list(names) == ["scenario_added", "scenario_removed", "scenario_restored"]


def test_it_does_not_come_back_under_a_name_that_was_given_meanwhile(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", by=fien)
    scenarios.remove(scenario, seen=1, by=fien)
    other = scenarios.start(bid, "work", by=fien)
    with pytest.raises(ValidationError, match="has this name"):
        scenarios.restore(scenario, by=fien)
    assert other.key == "SC002"
    assert Scenario.objects.get(pk=scenario.pk).removed_at is not None


def test_it_does_not_come_back_where_there_is_no_room_left(bid: Bid, fien: User) -> None:
    first, *_others = [scenarios.start(bid, f"Work {number}", by=fien) for number in range(scenarios.MOST)]
    scenarios.remove(first, seen=1, by=fien)
    scenarios.start(bid, "One more", by=fien)
    with pytest.raises(ValidationError, match="at most 12 scenarios"):
        scenarios.restore(first, by=fien)
    assert Scenario.objects.filter(bid=bid, removed_at=None).count() == scenarios.MOST


def test_the_history_tells_changes_as_sentences(bid: Bid, fien: User) -> None:
    scenario = scenarios.start(bid, "Work", by=fien)
    scenarios.put_change(scenario, DEARER, seen=1, by=fien)
    (told,) = telling.tell([bid.events.latest("sequence")])
    assert str(told.what) == "Scenario SC001: changed"
    assert [(change.label, change.before, change.after) for change in told.changes] == [
        ("Changes", None, "A kilowatt-hour costs 0.16 euro at zellik.")
    ]


def test_a_lever_of_old_does_not_cost_the_reader_the_page(bid: Bid, fien: User) -> None:
    scenarios.start(bid, "Work", changes=[FEWER], by=fien)
    event = bid.events.latest("sequence")
    event.after["changes"][0]["lever"] = "gravity"
    (told,) = telling.tell([event])
    assert ("Changes", None, "gravity, 320") in [(one.label, one.before, one.after) for one in told.changes]

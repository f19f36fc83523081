"""The trail can be lengthened and nothing else; whatever is changed afterwards shows."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection, transaction

from accounts.models import User
from bids.actions.records import record, verify_chain
from bids.models import Bid, BidEvent, Chain, triggers
from bids.models.event import plain, side_of
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Role, Side
from tests import factories as make


def test_events_are_numbered_and_chained(bid: Bid, ada: User) -> None:
    first = bid.events.get()
    second = record(bid, "commented", by=ada, about="chapters/1.1", note="Fine.")
    third = record(bid, "commented", by=None)
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert [first.previous_hash, second.previous_hash, third.previous_hash] == ["", first.hash, second.hash]
    assert (bid.chain.length, bid.chain.head) == (3, third.hash)
    assert verify_chain(bid) == ""


def test_each_bid_and_the_system_have_a_chain_of_their_own(bid: Bid, foreign_bid: Bid) -> None:
    last = Chain.objects.get(bid=None).length
    assert record(None, "started", by=None).sequence == last + 1
    assert record(foreign_bid, "commented", by=None).sequence == 2
    assert record(bid, "commented", by=None).sequence == 2
    assert [verify_chain(chain) for chain in (None, bid, foreign_bid)] == ["", "", ""]


def test_an_event_names_role_and_side_and_no_person(bid: Bid, ada: User, clara: User) -> None:
    by_ada, by_clara, by_nobody = (record(bid, "tested", by=user) for user in (ada, clara, None))
    assert (by_ada.role, by_ada.side) == ("coordinator", Side.CONSORTIUM)
    assert (by_clara.role, by_clara.side) == ("case_manager", Side.MINISTRY)
    assert (by_nobody.role, by_nobody.side, by_nobody.actor) == ("", Side.SYSTEM, None)
    assert record(bid, "tested", by=ada, role="finance_officer").role == "finance_officer"
    assert side_of(()) is Side.SYSTEM


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="inside the transaction"):
        record(None, "tested", by=None)


def test_everything_told_survives_the_database(bid: Bid) -> None:
    told = {
        "amount": Euro.of("1.20"), "rate": Decimal("0.50"), "day": date(2026, 3, 1), "state": BidState.DRAFT,
        "keys": ("b", "a"), "set": {"b", "a"}, "none": None, "yes": True, "number": 3, "text": "é – “x”",
        "inside": {"deep": [Euro(1)]},
    }  # fmt: skip
    event = record(bid, "tested", by=None, before=told, after=[told])
    stored = BidEvent.objects.get(pk=event.pk)
    assert stored.before == plain(told) == stored.after[0]
    assert (stored.before["amount"], stored.before["rate"], stored.before["day"]) == ("1.20", "0.50", "2026-03-01")
    assert (stored.before["state"], stored.before["set"], stored.before["keys"]) == ("draft", ["a", "b"], ["b", "a"])
    assert stored.own_hash() == stored.hash


TAMPERS: dict[str, Callable[[BidEvent], object]] = {
    "name": lambda event: event.name + "!",
    "actor_id": lambda event: None,
    "role": lambda event: "viewer",
    "side": lambda event: Side.SYSTEM,
    "at": lambda event: event.at + timedelta(microseconds=1),
    "about": lambda event: event.about + " ",
    "before": lambda event: {"amount": "0.02"},
    "after": lambda event: None,
    "note": lambda event: event.note + ".",
    "previous_hash": lambda event: "0" * 64,
    "hash": lambda event: "f" * 64,
    "sequence": lambda event: 99,
}


@pytest.fixture
def chain(bid: Bid, ada: User) -> Bid:
    """A bid with a chain of ten events."""
    for number in range(9):
        record(bid, "tested", by=ada, about="budget/L001", before={"n": number}, after={"n": 1}, note=f"No. {number}")
    return bid


@pytest.mark.parametrize("position", [1, 5, 10])
def test_every_changed_column_is_noticed(chain: Bid, position: int) -> None:
    event = chain.events.get(sequence=position)
    with triggers.lifted(connection):
        for column, changed in TAMPERS.items():
            chain.events.filter(pk=event.pk).update(**{column: changed(event)})
            assert verify_chain(chain) != "", column
            BidEvent.objects.filter(pk=event.pk).update(**{column: getattr(event, column)})
            assert verify_chain(chain) == ""


@pytest.mark.parametrize("position", [1, 5, 10])
def test_every_removed_event_is_noticed(chain: Bid, position: int) -> None:
    with triggers.lifted(connection):
        chain.events.filter(sequence=position)._raw_delete("default")
    assert verify_chain(chain) != ""


def test_the_first_fault_is_named(chain: Bid) -> None:
    with triggers.lifted(connection):
        chain.events.filter(sequence__in=[4, 7]).update(note="rewritten")
    assert verify_chain(chain) == "event 4 was changed"


def test_an_added_event_is_noticed(chain: Bid) -> None:
    last = chain.events.latest("sequence")
    forged = BidEvent(bid=chain, sequence=11, name="approved", previous_hash=last.hash)
    forged.hash = forged.own_hash()
    forged.save(force_insert=True)
    assert verify_chain(chain) == "10 events were written, 11 are there"


def test_a_removed_chain_is_noticed(chain: Bid) -> None:
    with triggers.lifted(connection):
        chain.events.all()._raw_delete("default")
    assert verify_chain(chain) == "10 events were written, 0 are there"


def test_two_swapped_events_are_noticed(chain: Bid) -> None:
    chance = random.Random(2026)
    events = list(chain.events.all())
    with triggers.lifted(connection):
        for one, other in (chance.sample(events, 2) for _ in range(20)):
            for event, words in ((one, other.note), (other, one.note)):
                chain.events.filter(pk=event.pk).update(note=words)
            assert verify_chain(chain) != ""
            for event in (one, other):
                chain.events.filter(pk=event.pk).update(note=event.note)
    assert verify_chain(chain) == ""


@pytest.mark.deep
def test_of_ten_thousand_changes_all_are_noticed(chain: Bid) -> None:
    """Random columns of random events, one at a time; in between the chain is whole again: no false alarm."""
    chance = random.Random(2026)
    with triggers.lifted(connection):
        for _ in range(10_000):
            event = chance.choice(list(chain.events.all()))
            column = chance.choice(list(TAMPERS))
            before = getattr(event, column)
            chain.events.filter(pk=event.pk).update(**{column: TAMPERS[column](event)})
            assert verify_chain(chain) != ""
            BidEvent.objects.filter(pk=event.pk).update(**{column: before})
            assert verify_chain(chain) == ""


def test_a_person_who_was_renamed_changes_no_hash(chain: Bid, ada: User) -> None:
    User.objects.filter(pk=ada.pk).update(name="", email="gone@example.org")
    assert verify_chain(chain) == ""


def test_roles_of_several_kinds_are_all_named(bid: Bid, fien: User) -> None:
    make.a_bid_role(bid, fien, Role.PARTNER_EDITOR)
    assert record(bid, "tested", by=fien).role == "finance_officer, partner_editor"

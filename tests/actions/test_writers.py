"""Many people save at the same moment: each save is kept or told to its author, none is lost, none fails."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest
from django.db import DatabaseError, IntegrityError, connection, connections, transaction

from accounts.models import User
from bids import snapshot
from bids.actions.bidfiles import import_bid
from bids.actions.changing import Stale, changing
from bids.actions.records import record, save_row, verify_chain
from bids.models import Bid, BidRole, BudgetLine, CallRole, Chapter
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Role
from tests import factories as make
from tests import measured

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shared() -> Bid:
    """A bid that everybody works on."""
    make.a_call()
    return import_bid(make.small_bid(), by=None)


def at_once(people: int, work: Callable[[int], None]) -> None:
    """Let so many people work at the same moment; what goes wrong for one of them goes wrong here."""
    errors: list[BaseException] = []
    start = threading.Barrier(people)

    def run(number: int) -> None:
        try:
            start.wait(timeout=30)
            work(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=300)
    if errors:
        raise errors[0]


def saves_on_one_row(people: int, saves: int, bid: Bid) -> Counter[str]:
    """Each adds its mark to the same chapter until it stands there, starting again from what it is told."""
    told: Counter[str] = Counter()
    chapter = bid.chapters.get(language="en")

    def write(number: int) -> None:
        row = Chapter.objects.get(pk=chapter.pk)
        for turn in range(saves):
            mark = f"<p>{number}/{turn}</p>"
            while True:
                try:
                    row = save_row(row, {"html": row.html + mark}, expected=row.version, by=None)
                    told["saved"] += 1
                    break
                except Stale as stale:
                    told["stale"] += 1
                    row = stale.theirs

    at_once(people, write)
    return told


def check_the_chapter(people: int, saves: int, bid: Bid) -> None:
    chapter = bid.chapters.get(language="en")
    marks = [mark for mark in chapter.html.split("<p>") if "/" in mark and mark.count("/") == 2]
    assert len(marks) == len(set(marks)) == people * saves
    assert chapter.version == 1 + people * saves
    assert Bid.objects.get(pk=bid.pk).revision == 1 + people * saves
    assert bid.events.filter(name="chapter_changed").count() == people * saves
    assert verify_chain(bid) == ""


def test_six_people_save_one_chapter(shared: Bid) -> None:
    told = saves_on_one_row(6, 5, shared)
    assert told["saved"] == 30
    check_the_chapter(6, 5, shared)


@pytest.mark.deep
def test_twenty_people_save_one_chapter_forty_times(shared: Bid) -> None:
    told = saves_on_one_row(20, 40, shared)
    assert told["saved"] == 800
    check_the_chapter(20, 40, shared)
    measured.keep(
        f"20 people × 40 saves of one chapter, {connection.vendor}",
        f"800 kept, 0 errors, {told['stale']} conflicts told",
        aim="0 lost, 0 errors",
        command="make deep",
    )


def saves_on_own_lines(people: int, saves: int, bid: Bid) -> None:
    """Each has a line of its own, so nobody is ever told to start again; totals follow to the cent."""
    lines = [make.a_line(bid, f"W{number}", partner=bid.partners.first()) for number in range(people)]

    def write(number: int) -> None:
        row = lines[number]
        for turn in range(saves):
            row = save_row(row, {"amount": Euro(100 * number + turn + 1)}, expected=row.version, by=None)

    at_once(people, write)
    stored = Bid.objects.with_call().get(pk=bid.pk)
    assessed = assess(snapshot.take(stored), snapshot.call_of(stored))
    assert (stored.total, stored.eu) == (assessed.total, assessed.eu)
    assert {row.amount for row in BudgetLine.objects.filter(key__startswith="W")} == {
        Euro(100 * number + saves) for number in range(people)
    }
    assert stored.revision == 1 + people * saves
    assert verify_chain(bid) == ""


def test_six_people_save_lines_of_their_own(shared: Bid) -> None:
    saves_on_own_lines(6, 5, shared)


@pytest.mark.deep
def test_twenty_people_save_lines_of_their_own_forty_times(shared: Bid) -> None:
    saves_on_own_lines(20, 40, shared)


def test_people_who_add_at_once_get_keys_of_their_own(shared: Bid) -> None:
    def add(number: int) -> None:
        with changing(shared_copy(shared), by=None) as change:
            change.add(BudgetLine(key=change.free_key(BudgetLine, "L"), stream="services", amount=Euro(number + 1)))

    at_once(6, add)
    keys = [line.key for line in shared.budget_lines.all()]
    assert len(keys) == len(set(keys)) == 10
    positions = [line.position for line in shared.budget_lines.all()]
    assert len(set(positions)) == 10


def shared_copy(bid: Bid) -> Bid:
    """The bid as another request would read it."""
    return Bid.objects.with_call().get(pk=bid.pk)


def test_events_of_many_people_make_one_chain(shared: Bid) -> None:
    def tell(number: int) -> None:
        for _ in range(5):
            with transaction.atomic():
                record(shared_copy(shared), "tested", by=None, note=str(number))

    at_once(6, tell)
    assert shared.events.filter(name="tested").count() == 30
    assert verify_chain(shared) == ""


def test_the_first_events_of_the_system_at_once_make_one_chain() -> None:
    def tell(number: int) -> None:
        with transaction.atomic():
            record(None, "tested", by=None, note=str(number))

    at_once(6, tell)
    assert verify_chain(None) == ""


def test_a_picture_taken_while_people_save_is_whole(shared: Bid) -> None:
    """Two rows are always saved together; no picture shows one of them without the other."""
    line, other = shared.budget_lines.get(key="L001"), shared.budget_lines.get(key="L002")
    stop = threading.Event()
    torn: list[tuple[str, str]] = []

    def work(number: int) -> None:
        if number:
            while not stop.is_set():
                words = {entry.key: entry.description for entry in snapshot.take(shared_copy(shared)).budget}
                if words["L001"] != words["L002"] and words["L001"] != "Engineers":
                    torn.append((words["L001"], words["L002"]))
            return
        try:
            for turn in range(15):
                with changing(shared_copy(shared), by=None) as change:
                    for row in (line, other):
                        change.save(row, {"description": f"Turn {turn}"}, expected=turn + 1)
        finally:
            stop.set()

    at_once(3, work)
    assert torn == []


def both_roles_at_once(bid: Bid, person: User) -> list[str]:
    """One colleague makes a person coordinator of a bid while another makes the same person a reviewer of its call."""
    refused: list[str] = []

    def give(number: int) -> None:
        try:
            if number:
                BidRole.objects.create(bid=bid, user=person, role=Role.VIEWER)
            else:
                CallRole.objects.create(user=person, role=Role.REVIEWER)
        except IntegrityError as error:
            refused.append(str(error))

    at_once(2, give)
    return refused


def test_nobody_gets_on_both_sides_at_the_same_moment(shared: Bid) -> None:
    for _ in range(5):
        refused = both_roles_at_once(shared, make.a_user())
        assert len(refused) == 1
        assert "nobody holds a role" in refused[0]


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time")
def test_a_refusal_and_a_save_do_not_wait_for_each_other_for_ever(shared: Bid) -> None:
    """The event holds the chain and its foreign key wants the bid; the save holds the bid and wants the chain."""
    told, locked = threading.Event(), threading.Event()

    def work(number: int) -> None:
        if number == 0:
            with transaction.atomic():
                record(shared_copy(shared), "refused", by=None)
                told.set()
                locked.wait(10)
            return
        told.wait(10)
        with changing(shared_copy(shared), by=None) as change:
            locked.set()
            change.save(shared.chapters.first(), {"title": "After"}, expected=1)

    at_once(2, work)
    assert verify_chain(shared) == ""
    assert shared.chapters.first().title == "After"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer at a time")
def test_a_writer_waits_for_another_instead_of_failing(shared: Bid) -> None:
    held, done = threading.Event(), []

    def work(number: int) -> None:
        if number == 0:
            with transaction.atomic():
                held.set()
                record(shared_copy(shared), "tested", by=None)
                done.append(threading.Event().wait(0.5))
            return
        held.wait(10)
        try:
            save_row(shared.chapters.first(), {"title": "After"}, expected=1, by=None)
        except DatabaseError as error:
            pytest.fail(f"the second writer failed: {error}")

    at_once(2, work)
    assert done == [False]
    assert shared.chapters.first().title == "After"

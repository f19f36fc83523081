"""Events, snapshots, approvals and seals never change, nobody is on both sides of a call: SQLite and PostgreSQL.

These tests speak SQL, because the promise holds for every writer; the same file runs on either database.
"""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from bids.models import Approval, Bid, BidEvent, BidRole, CallRole, Seal, Snapshot, triggers
from bids.rulebook.vocabulary import Role
from tests import factories as make

FROZEN = (BidEvent, Snapshot, Approval, Seal)


@pytest.fixture
def frozen_rows(bid: Bid, ada, dora) -> dict[type, int]:
    """One row of each table that is never changed."""
    taken = make.a_snapshot(bid, ada)
    return {
        BidEvent: bid.events.get().pk,
        Snapshot: taken.pk,
        Approval: make.an_approval(taken, dora).pk,
        Seal: make.a_seal(make.a_dossier(taken)).pk,
    }


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize("model", FROZEN)
def test_a_row_is_never_updated(frozen_rows: dict[type, int], model: type) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        run(f"UPDATE {model._meta.db_table} SET id = id WHERE id = %s", frozen_rows[model])


@pytest.mark.parametrize("model", FROZEN)
def test_a_row_is_never_deleted(frozen_rows: dict[type, int], model: type) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        run(f"DELETE FROM {model._meta.db_table} WHERE id = %s", frozen_rows[model])
    assert model.objects.filter(pk=frozen_rows[model]).exists()


@pytest.mark.parametrize("model", FROZEN)
def test_django_can_neither(frozen_rows: dict[type, int], model: type) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=frozen_rows[model]).update(id=frozen_rows[model])
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=frozen_rows[model])._raw_delete("default")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
@pytest.mark.parametrize("model", FROZEN)
def test_sqlite_does_not_replace_a_row_either(frozen_rows: dict[type, int], model: type) -> None:
    table = model._meta.db_table
    with pytest.raises(IntegrityError, match="never changed"):
        run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE id = %s", frozen_rows[model])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no REPLACE")
def test_sqlite_does_not_replace_the_event_of_a_number_either(bid: Bid) -> None:
    columns = [column.column for column in BidEvent._meta.fields if column.column != "id"]
    names = ", ".join(columns)
    with pytest.raises(IntegrityError, match="never changed"):
        run(f"INSERT OR REPLACE INTO bids_bidevent ({names}) SELECT {names} FROM bids_bidevent LIMIT 1")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("model", FROZEN)
def test_postgresql_does_not_truncate(frozen_rows: dict[type, int], model: type) -> None:
    connection.check_constraints()  # deferred ones would refuse before we do
    with pytest.raises(IntegrityError, match="never changed"):
        run(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.django_db
def test_every_trigger_is_there_after_all_migrations() -> None:
    assert triggers.missing(connection) == []


@pytest.mark.django_db
def test_a_trigger_that_was_dropped_is_missed() -> None:
    name = triggers.names(connection.vendor)[0]
    on_table = "" if connection.vendor == "sqlite" else " ON bids_bidevent"
    run(f"DROP TRIGGER {name}{on_table}")
    assert triggers.missing(connection) == [name]


@pytest.mark.django_db
def test_triggers_can_be_installed_again() -> None:
    triggers.install(connection)
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_who_is_in_a_bid_gets_no_ministry_role_in_its_call(bid: Bid, ada) -> None:
    for call in (bid.call, None):
        with pytest.raises(IntegrityError, match="nobody holds a role"), transaction.atomic():
            make.a_call_role(ada, Role.REVIEWER, call)


def test_who_is_in_a_bid_may_work_for_the_ministry_in_another_call(bid: Bid, ada) -> None:
    assert make.a_call_role(ada, Role.REVIEWER, make.a_call("GENERIC-HE-RIA"))


def test_who_has_a_ministry_role_gets_none_in_a_bid_of_the_call(bid: Bid, rik) -> None:
    with pytest.raises(IntegrityError, match="nobody holds a role"), transaction.atomic():
        make.a_bid_role(bid, rik, Role.VIEWER)


def test_a_role_is_not_moved_to_the_other_side_either(bid: Bid, ada, rik, vic) -> None:
    with pytest.raises(IntegrityError, match="nobody holds a role"), transaction.atomic():
        CallRole.objects.filter(user=rik).update(user=ada)
    with pytest.raises(IntegrityError, match="nobody holds a role"), transaction.atomic():
        BidRole.objects.filter(user=vic).update(user=rik)


@pytest.mark.django_db(transaction=True)
def test_a_transactional_test_can_be_cleaned_up() -> None:
    with transaction.atomic():
        BidEvent.objects.append(None, "tested", by=None)
    assert BidEvent.objects.count() == 1


@pytest.mark.django_db
def test_after_a_transactional_test_tables_are_empty_and_triggers_back() -> None:
    assert BidEvent.objects.count() == 0
    assert triggers.missing(connection) == []

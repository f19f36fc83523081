"""What tables alone can't promise: rows that never change, and nobody on both sides of a call.

The promises hold for every writer, ours or not, on SQLite and PostgreSQL. SQLite forgets triggers
when a migration rebuilds their table: such a migration calls `install` again (a test notices).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

# Table -> what makes a row of it unique: SQLite's INSERT OR REPLACE would remove a row without a DELETE.
FROZEN = {
    "bids_bidevent": ("bid_id IS NEW.bid_id AND sequence = NEW.sequence",),
    "bids_snapshot": ("bid_id = NEW.bid_id AND round = NEW.round", "receipt = NEW.receipt"),
    "bids_approval": (
        'snapshot_id = NEW.snapshot_id AND attempt = NEW.attempt AND "order" = NEW."order"',
        "snapshot_id = NEW.snapshot_id AND attempt = NEW.attempt AND user_id = NEW.user_id",
    ),
    "bids_seal": ("sealed_sha256 = NEW.sealed_sha256",),
}

ROLE_IN_CALL = """
    SELECT 1 FROM bids_callrole
    WHERE user_id = NEW.user_id AND (call_id IS NULL OR call_id = (
        SELECT call_id FROM bids_callversion WHERE id = (SELECT call_version_id FROM bids_bid WHERE id = NEW.bid_id)))
"""
ROLE_IN_BID = """
    SELECT 1 FROM bids_bidrole
    JOIN bids_bid ON bids_bid.id = bids_bidrole.bid_id
    JOIN bids_callversion ON bids_callversion.id = bids_bid.call_version_id
    WHERE bids_bidrole.user_id = NEW.user_id AND (NEW.call_id IS NULL OR bids_callversion.call_id = NEW.call_id)
"""
ONE_SIDE = {"bids_bidrole": ROLE_IN_CALL, "bids_callrole": ROLE_IN_BID}
BOTH_SIDES = "nobody holds a role in a bid and a ministry role in the same call"

REFUSE_ON_POSTGRESQL = """
    CREATE OR REPLACE FUNCTION bids_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'rows of % are never changed (%)', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""


def install(connection: Any) -> None:
    """Create every trigger; those that exist are created anew. Tables of later migrations get theirs then."""
    there = set(connection.introspection.table_names())
    frozen = {table: identities for table, identities in FROZEN.items() if table in there}
    _run(connection, [*_drops(connection.vendor, frozen), *_creations(connection.vendor, frozen)])


def remove(connection: Any) -> None:
    """Drop every trigger: for tests that empty tables, and for undoing the migration."""
    _run(connection, _drops(connection.vendor, FROZEN))


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """Without triggers for a while."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def missing(connection: Any) -> list[str]:
    """The names of triggers that should be there and are not."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in names(connection.vendor) if name not in found]


def names(vendor: str, frozen: Iterable[str] = FROZEN) -> list[str]:
    """The names of all triggers on this kind of database."""
    verbs = ("update", "delete", "replace") if vendor == "sqlite" else ("change", "truncate")
    frozen = [f"{table}_refuses_{verb}" for table in frozen for verb in verbs]
    sides = ("insert", "update") if vendor == "sqlite" else ("write",)
    return frozen + [f"{table}_one_side_{verb}" for table in ONE_SIDE for verb in sides]


def _run(connection: Any, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _drops(vendor: str, frozen: Iterable[str]) -> list[str]:
    on_table = "" if vendor == "sqlite" else " ON {table}"
    tables = {name: name.partition("_refuses_")[0].partition("_one_side_")[0] for name in names(vendor, frozen)}
    return [f"DROP TRIGGER IF EXISTS {name}" + on_table.format(table=table) for name, table in tables.items()]


def _creations(vendor: str, frozen: Mapping[str, Iterable[str]]) -> list[str]:
    if vendor == "sqlite":
        return [*_frozen_on_sqlite(frozen), *_one_side_on_sqlite()]
    return [REFUSE_ON_POSTGRESQL, *_frozen_on_postgresql(frozen), *_one_side_on_postgresql()]


def _frozen_on_sqlite(frozen: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for table, identities in frozen.items():
        refuse = f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        yield f"CREATE TRIGGER {table}_refuses_update BEFORE UPDATE ON {table} {refuse}"
        yield f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} {refuse}"
        same = " OR ".join(f"({identity})" for identity in ("id = NEW.id", *identities))
        same_row = f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608  all words are ours
        yield f"CREATE TRIGGER {table}_refuses_replace BEFORE INSERT ON {table} {same_row} {refuse}"


def _frozen_on_postgresql(frozen: Iterable[str]) -> Iterator[str]:
    for table in frozen:
        refuse = "EXECUTE FUNCTION bids_refuse_change()"
        yield f"CREATE TRIGGER {table}_refuses_change BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {table}_refuses_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"


def _one_side_on_sqlite() -> Iterator[str]:
    for table, other_side in ONE_SIDE.items():
        for verb in ("insert", "update"):
            yield (
                f"CREATE TRIGGER {table}_one_side_{verb} BEFORE {verb.upper()} ON {table} "
                f"WHEN EXISTS ({other_side}) BEGIN SELECT RAISE(ABORT, '{BOTH_SIDES}'); END"
            )


def _one_side_on_postgresql() -> Iterator[str]:
    """The lock lets two transactions that give one person both roles see each other."""
    for table, other_side in ONE_SIDE.items():
        yield f"""
            CREATE OR REPLACE FUNCTION {table}_one_side() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('one side'), (NEW.user_id % 2147483647)::int);
                IF EXISTS ({other_side}) THEN
                    RAISE EXCEPTION '{BOTH_SIDES}' USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
        """
        yield (
            f"CREATE TRIGGER {table}_one_side_write BEFORE INSERT OR UPDATE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_one_side()"
        )

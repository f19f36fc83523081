"""How we speak to the database: SQLite on a laptop, PostgreSQL where many people work."""

from __future__ import annotations

from typing import Any

from config import env

# WAL lets readers work beside the one writer; IMMEDIATE takes the write lock at the start of a transaction, so
# that waiting works and "database is locked" does not happen; FULL survives a power cut.
SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-20000;",
}


def connection(url: str) -> dict[str, Any]:
    """The settings of one database, with what its engine needs to never lose a save."""
    settings = env.database(url)
    if settings["ENGINE"].endswith("sqlite3"):
        return settings | {"OPTIONS": dict(SQLITE_OPTIONS)}
    return settings | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

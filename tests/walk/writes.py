"""Sees every statement of a visit: which tables it changed, though it must change nothing, and how many there were."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b(.*)", re.IGNORECASE | re.DOTALL)
TABLE = re.compile(r'"(\w+)"')
# Who is signed in and how often a log-in failed are not content.
ASIDE = ("django_session", "axes_")
# A refusal leaves one line in the trail.
TRAIL = {"bids_bidevent", "bids_chain"}


@dataclass
class Seen:
    """The tables that were written to, sessions and throttling aside, and how often the database was asked."""

    tables: set[str] = field(default_factory=set)
    questions: int = 0


@contextmanager
def watched() -> Iterator[Seen]:
    """What happens in the database inside this block."""
    seen = Seen()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        seen.questions += 1
        if match := WRITES.match(sql):
            table = TABLE.search(match[2])
            name = table[1] if table else sql[:40]
            if not name.startswith(ASIDE):
                seen.tables.add(name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield seen

"""Sees every statement that changes a table, while pages are visited that must change nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE|CREATE|ALTER|DROP|TRUNCATE)\b(.*)", re.IGNORECASE | re.DOTALL)
TABLE = re.compile(r'"(\w+)"')
# Who is signed in and how often a log-in failed are not content.
ASIDE = ("django_session", "axes_")
# A refusal leaves one line in the trail.
TRAIL = {"bids_bidevent", "bids_chain"}


@contextmanager
def written() -> Iterator[set[str]]:
    """The tables that were written to inside this block, sessions and throttling aside."""
    tables: set[str] = set()

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if match := WRITES.match(sql):
            table = TABLE.search(match[2])
            name = table[1] if table else sql[:40]
            if not name.startswith(ASIDE):
                tables.add(name)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield tables

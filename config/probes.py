"""What `/readyz` looks at: each probe returns what it found, or raises NotReady with a sentence."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q

from accounts import clock as house_clock
from bids.models import BidEvent, Chain, Dossier, Letter
from bids.rulebook.vocabulary import JobState

FREE_BYTES = 500 * 1024 * 1024
CLOCK_DIFFERENCE = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=5)
BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)


class NotReady(Exception):
    """Something we depend on isn't there; the message says what."""


def database() -> str:
    """It answers, and its tables are those of this version."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        raise NotReady(f"{len(waiting)} migrations are waiting; run `manage.py migrate`")
    return connection.vendor


def disk() -> str:
    """There is room for uploads and dossiers, and they may be written."""
    if not os.access(settings.DATA_DIR, os.W_OK):
        raise NotReady("nothing can be written")
    free = shutil.disk_usage(settings.DATA_DIR).free
    if free < FREE_BYTES:
        raise NotReady(f"only {free // 2**20} MiB free")
    return f"{free // 2**20} MiB free"


def clock() -> str:
    """Deadlines are told by this machine's clock: it must agree with the database's, and not stand in the past."""
    here = datetime.now(UTC)
    if here < BUILT_AFTER:
        raise NotReady(f"the clock says {here:%Y-%m-%d}")
    if settings.CLOCK_OFFSET:
        raise NotReady(f"the clock is moved by {settings.CLOCK_OFFSET} for tests")
    difference = abs(here - _database_time())
    if difference > CLOCK_DIFFERENCE:
        raise NotReady(f"the database's clock differs by {difference.total_seconds():.1f} s")
    return f"{here:%Y-%m-%dT%H:%M:%SZ}"


def _database_time() -> datetime:
    question = {"postgresql": "SELECT clock_timestamp()", "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"}
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        (answer,) = cursor.fetchone()
    return datetime.fromisoformat(answer) if isinstance(answer, str) else answer


def jobs() -> str:
    """Nobody waits long: progress is what shows that workers live, not their processes."""
    now = house_clock.now()
    nobody_works = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=now)
    asked = [
        job.lease_until or job.created_at
        for kind in (Dossier, Letter)
        if (job := kind.objects.filter(nobody_works).order_by("created_at").first())
    ]
    if not asked:
        return "nobody waits"
    waited = now - min(asked)
    if waited > LONGEST_WAIT:
        raise NotReady(f"the oldest job has waited for {waited.total_seconds():.0f} s; is a worker running?")
    return f"the oldest job has waited for {waited.total_seconds():.0f} s"


def audit() -> str:
    """The newest event is as it was written, and is the head of its chain; `verify_audit` proves all of them."""
    event = BidEvent.objects.order_by("-pk").first()
    if event is None:
        return "no event yet"
    chain = Chain.objects.filter(bid=event.bid_id).first()
    is_head = chain is not None and (chain.length > event.sequence or chain.head == event.hash)
    if event.hash != event.own_hash() or not is_head:
        raise NotReady("the newest event does not fit its chain; run `manage.py verify_audit`")
    return f"head {event.hash[:12]}"

"""A job in somebody's hands: claimed by raising its attempt, kept by renewing its lease, finished only if still ours.

The row is the truth; broker, worker and clock may fail or repeat themselves. Every write names the
attempt it belongs to, so that whoever lost the job (too slow, cancelled, frozen for minutes) changes
nothing any more.
"""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from accounts import clock
from bids.models.dossier import Job
from bids.rulebook.vocabulary import JobState

LONGEST_SILENCE = 5.0  # seconds between two signs of life, so that a cancelled job stops soon


class Lost(Exception):
    """The job is no longer ours: cancelled, or taken over after the lease ran out."""


class TooLong(Exception):
    """The job has used up the time any job may take."""


class Hold:
    """One attempt at one job; a kind of job is a subclass that names its table."""

    jobs: ClassVar[type[Job]]
    fresh: ClassVar[dict[str, Any]] = {}  # what an attempt that begins forgets of the former

    def __init__(self, pk: int, attempt: int, *, is_last: bool) -> None:
        self.pk = pk
        self.attempt = attempt
        self.is_last = is_last
        self._renew_every = min(settings.JOB_LEASE_SECONDS / 3, LONGEST_SILENCE)
        self._began = self._renewed = time.monotonic()

    @classmethod
    def free(cls, now: datetime) -> QuerySet[Any]:
        """Jobs somebody may claim: waiting, or left by a worker whose lease has run out."""
        left = Q(state=JobState.RUNNING, lease_until__lt=now)
        return cls.jobs._default_manager.filter(Q(state=JobState.QUEUED) | left, attempt__lt=F("attempts_allowed"))

    @classmethod
    def given_up(cls, now: datetime) -> QuerySet[Any]:
        """Jobs that were begun as often as they may be and left each time."""
        left = cls.jobs._default_manager.filter(state=JobState.RUNNING, lease_until__lt=now)
        return left.exclude(pk__in=cls.free(now))

    @classmethod
    def waiting(cls) -> list[int]:
        """The jobs to ring for, oldest first."""
        return list(cls.free(clock.now()).order_by("created_at", "pk").values_list("pk", flat=True))

    @classmethod
    def claim(cls, pk: int) -> Self | None:
        """Take the job if nobody holds it. Of any number of claimants one gets it, on every database."""
        now = clock.now()
        with transaction.atomic():
            rows = cls.free(now).filter(pk=pk)
            if connection.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            found = rows.values_list("attempt", "attempts_allowed").first()
            if found is None:
                return None
            attempt, allowed = found
            taken = cls.free(now).filter(pk=pk, attempt=attempt)
            whose = {"worker": f"{socket.gethostname()}/{os.getpid()}"[:120], "lease_until": now + lease()}
            if not taken.update(state=JobState.RUNNING, attempt=attempt + 1, reason="", **whose, **cls.fresh):
                return None
        return cls(pk, attempt + 1, is_last=attempt + 1 >= allowed)

    def keep(self) -> None:
        """A sign of life, asked for often and written seldom; raises Lost or TooLong where there is no going on."""
        now = time.monotonic()
        if now - self._began > settings.JOB_WALL_SECONDS:
            raise TooLong
        if now - self._renewed >= self._renew_every:
            self._renewed = now
            self.write(lease_until=clock.now() + lease())

    def fail(self, reason: str) -> None:
        """For good, until a person asks again."""
        self.end(state=JobState.FAILED, reason=reason)

    def give_back(self, reason: str) -> None:
        """Another attempt may go better, if there is one left."""
        if self.is_last:
            self.fail(reason)
        else:
            self.write(state=JobState.QUEUED, reason=reason, lease_until=None)

    def end(self, **columns: Any) -> None:
        self.write(**columns, lease_until=None, finished_at=clock.now())

    def write(self, **columns: Any) -> None:
        """Write only while the job is ours: the fence."""
        ours = self.jobs._default_manager.filter(pk=self.pk, attempt=self.attempt, state=JobState.RUNNING)
        if not ours.update(**columns):
            raise Lost


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)

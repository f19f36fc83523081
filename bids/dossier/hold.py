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
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from accounts import clock
from bids.dossier.seal.terms import Sealed
from bids.dossier.source import Built
from bids.models import Dossier, Seal
from bids.rulebook.vocabulary import JobState

LONGEST_SILENCE = 5.0  # seconds between two signs of life, so that a cancelled job stops soon


class Lost(Exception):
    """The job is no longer ours: cancelled, or taken over after the lease ran out."""


class TooLong(Exception):
    """The job has used up the time any job may take."""


def free(now: datetime) -> QuerySet[Dossier]:
    """Jobs somebody may claim: waiting, or left by a worker whose lease has run out."""
    left = Q(state=JobState.RUNNING, lease_until__lt=now)
    return Dossier.objects.filter(Q(state=JobState.QUEUED) | left, attempt__lt=F("attempts_allowed"))


def claim(pk: int) -> Hold | None:
    """Take the job if nobody holds it. Of any number of claimants one gets it, on every database."""
    now = clock.now()
    with transaction.atomic():
        rows = free(now).filter(pk=pk)
        if connection.features.has_select_for_update_skip_locked:
            rows = rows.select_for_update(skip_locked=True)
        found = rows.values_list("attempt", "attempts_allowed").first()
        if found is None:
            return None
        attempt, allowed = found
        taken = free(now).filter(pk=pk, attempt=attempt)
        if not taken.update(
            state=JobState.RUNNING,
            attempt=attempt + 1,
            lease_until=now + lease(),
            worker=f"{socket.gethostname()}/{os.getpid()}"[:120],
            progress=0,
            reason="",
        ):
            return None
    return Hold(pk, attempt + 1, is_last=attempt + 1 >= allowed)


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


class Hold:
    """One attempt at one job."""

    def __init__(self, pk: int, attempt: int, *, is_last: bool) -> None:
        self.pk = pk
        self.attempt = attempt
        self.is_last = is_last
        self._renew_every = min(settings.JOB_LEASE_SECONDS / 3, LONGEST_SILENCE)
        self._began = self._renewed = time.monotonic()

    def keep(self) -> None:
        """A sign of life, asked for often and written seldom; raises Lost or TooLong where there is no going on."""
        now = time.monotonic()
        if now - self._began > settings.JOB_WALL_SECONDS:
            raise TooLong
        if now - self._renewed >= self._renew_every:
            self._renewed = now
            self._write(lease_until=clock.now() + lease())

    def progressed(self, share: float) -> None:
        """How much of the work is done, from 0 to 1; it is never all before the file is in its place."""
        self._write(progress=min(round(share * 100), 99), lease_until=clock.now() + lease())

    def keep_seal(self, sealed: Sealed) -> Seal:
        """Write down that this was sealed, while the job is ours: who comes after us finds it and seals no more."""
        with transaction.atomic():
            self._write(lease_until=clock.now() + lease())
            made = Dossier.objects.filter(pk=self.pk)
            return Seal.objects.create(
                dossier_id=self.pk,
                source_digest=made.values_list("source_digest", flat=True).get(),
                file_sha256=sealed.unsealed_sha256,
                sealed_sha256=sealed.sha256,
                sealed_at=sealed.sealed_at,
                certificate=sealed.certificate,
                fingerprint=sealed.fingerprint,
                is_test=sealed.is_test,
                is_stamped=sealed.is_stamped,
            )

    def finish(self, built: Built, remarks: list[str], size: int, seal: Seal | None = None) -> None:
        """Done: the file, with its seal if it has one, is in its place and has this size."""
        self._end(
            state=JobState.DONE,
            file_sha256=built.sha256,
            sealed_sha256=seal.sealed_sha256 if seal else "",
            pages=built.pages,
            written_pages=built.written_pages,
            written_digest=built.written_digest,
            size=size,
            remarks=remarks,
            progress=100,
        )

    def fail(self, reason: str) -> None:
        """For good, until a person asks again."""
        self._end(state=JobState.FAILED, reason=reason)

    def give_back(self, reason: str) -> None:
        """Another attempt may go better, if there is one left."""
        if self.is_last:
            self.fail(reason)
        else:
            self._write(state=JobState.QUEUED, reason=reason, lease_until=None)

    def _end(self, **columns: Any) -> None:
        self._write(**columns, lease_until=None, finished_at=clock.now())

    def _write(self, **columns: Any) -> None:
        """Write only while the job is ours: the fence."""
        ours = Dossier.objects.filter(pk=self.pk, attempt=self.attempt, state=JobState.RUNNING)
        if not ours.update(**columns):
            raise Lost


def count_waiting(now: datetime) -> tuple[int, datetime | None]:
    """How many jobs wait, and since when the oldest does."""
    waiting = free(now).order_by("created_at").values_list("created_at", flat=True)
    return len(waiting), waiting.first()

"""What happens by itself. Each task may run twice, or late, without harm."""

from __future__ import annotations

from celery import shared_task

from bids.dossier import job
from bids.tasks import ring_quietly


@shared_task(ignore_result=True)
def ring_waiting_jobs() -> None:
    """Every 15 seconds: ring for dossiers that wait or were left by a worker that is gone."""
    for waiting in job.sweep():
        ring_quietly(waiting)


@shared_task(ignore_result=True)
def purge_drafts() -> None:
    """Once a day: delete draft dossiers after their time, and files nobody knows."""
    job.purge()

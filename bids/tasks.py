"""What we ask workers for: only a bell. The row in the database is the job; a bell that is lost is rung again."""

from __future__ import annotations

import structlog
from celery import shared_task
from kombu.exceptions import KombuError

from bids.dossier import counting, job

BELL_FADES_AFTER = 60  # seconds; the sweeper rings again sooner than that

log = structlog.get_logger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def ring(job_id: int) -> None:
    """Make the dossier of this job, if it still waits; a second bell finds nothing to claim."""
    if job.work(job_id):
        ring_for_the_oldest(1, besides=job_id)


@shared_task(acks_late=True, ignore_result=True)
def count_pages(count_id: int) -> None:
    """Count the pages of a chapter, if somebody still waits for them."""
    counting.work(count_id)


def ring_to_count(count_id: int) -> None:
    """Ring for a page count without ever failing whoever asked."""
    try:
        count_pages.apply_async((count_id,), expires=BELL_FADES_AFTER)
    except (KombuError, OSError) as error:
        log.warning("bell_not_rung", count=count_id, error=str(error))


def ring_for_the_oldest(number: int, besides: int | None = None) -> None:
    """Only for so many: whoever asks for a dossier now must not wait behind a bell for each that was left over."""
    waiting = [pk for pk in job.sweep() if pk != besides]
    for oldest in waiting[:number]:
        ring_quietly(oldest)


def ring_quietly(job_id: int) -> None:
    """Ring for a job without ever failing whoever asked: with a broker that is down, the sweeper rings later."""
    try:
        ring.apply_async((job_id,), expires=BELL_FADES_AFTER)
    except (KombuError, OSError) as error:
        log.warning("bell_not_rung", job=job_id, error=str(error))

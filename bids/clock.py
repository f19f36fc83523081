"""What happens by itself. Each task may run twice, or late, without harm."""

from __future__ import annotations

from celery import shared_task

from bids import mail
from bids.actions import overdue, workbooks
from bids.dossier import counting, job, means
from bids.tasks import ring_for_the_oldest, ring_to_count

AT_ONCE = 2  # as many as a worker has hands; each finished dossier rings for one more


@shared_task(ignore_result=True)
def ring_waiting_jobs() -> None:
    """Every 15 seconds: ring for dossiers and page counts that wait or were left by a worker that is gone."""
    ring_for_the_oldest(AT_ONCE)
    for count in counting.sweep()[:AT_ONCE]:
        ring_to_count(count)


@shared_task(ignore_result=True)
def purge_drafts() -> None:
    """Once a day: delete draft dossiers and imported workbooks after their time, and files nobody knows."""
    job.purge()
    workbooks.purge()


@shared_task(ignore_result=True)
def purge_fragments() -> None:
    """Once an hour: keep the sections that were set before within their bounds."""
    means.purge_fragments()


@shared_task(ignore_result=True)
def send_letters() -> None:
    """Every 15 seconds: send what waits in the outbox."""
    mail.send_waiting()


@shared_task(ignore_result=True)
def move_what_is_due() -> None:
    """Once a minute: take the steps of bids that nobody takes, because their moment has come."""
    overdue.move_what_is_due()

"""Asking how many pages a chapter takes: a row that a worker finds, as dossiers are asked for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction

from accounts import clock
from bids import tasks
from bids.models import Bid, PageCount
from bids.models.dossier import ATTEMPTS
from bids.rulebook.vocabulary import JobState, Language

if TYPE_CHECKING:
    from accounts.models import User

UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


@transaction.atomic
def request_count(bid: Bid, key: str, language: Language, *, by: User) -> PageCount:
    """Have the saved text counted; asked again meanwhile, nothing changes. The last figure stays until the next."""
    count, _ = PageCount.objects.get_or_create(bid=bid, key=key, language=language, defaults={"created_by": by})
    PageCount.objects.filter(pk=count.pk).exclude(state__in=UNDER_WAY).update(
        state=JobState.QUEUED,
        attempts_allowed=count.attempt + ATTEMPTS,
        reason="",
        created_at=clock.now(),
        created_by=by,
    )
    count.refresh_from_db()
    transaction.on_commit(partial(tasks.ring_to_count, count.pk))
    return count

"""Counting the pages of one chapter, by the same press and the same kept sections as the dossier that prints it.

A claim raises the attempt and takes a lease; only that attempt may write the figure.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils.translation import override

from accounts import clock
from bids import snapshot, wording
from bids.dossier.build import length_of
from bids.dossier.contents import chapter
from bids.dossier.hold import Lost, lease
from bids.dossier.means import of_this_house
from bids.dossier.rows import source_of_working_copy
from bids.dossier.sections.chapters import groups
from bids.dossier.source import CannotBuild
from bids.models import Bid, PageCount
from bids.rulebook.text import Sentence, gettext_noop
from bids.rulebook.vocabulary import JobState, Language

RENEW_EVERY = 5.0  # seconds

NOTHING_WRITTEN = Sentence(gettext_noop("There is no text to count any more."))
WENT_WRONG = Sentence(gettext_noop("The pages could not be counted: something failed that is not in the text."))

logger = logging.getLogger(__name__)


def free(now: datetime) -> QuerySet[PageCount]:
    """What somebody may count: asked for, or left by a worker whose lease has run out."""
    left = Q(state=JobState.RUNNING, lease_until__lt=now)
    return PageCount.objects.filter(Q(state=JobState.QUEUED) | left, attempt__lt=F("attempts_allowed"))


def work(pk: int) -> bool:
    """Count if it still waits; False where somebody else does, or did."""
    now = clock.now()
    if not free(now).filter(pk=pk).update(state=JobState.RUNNING, attempt=F("attempt") + 1, lease_until=now + lease()):
        return False
    count = PageCount.objects.get(pk=pk)
    bid = Bid.objects.with_call().get(pk=count.bid_id)
    try:
        _count(bid, count)
    except Lost:
        logger.warning("page count %s: attempt %s was overtaken", pk, count.attempt)
    except CannotBuild as refusal:
        _give_up(count, wording.say(refusal.sentence, bid.language))
    except Exception:  # whatever it was, the page must not say "being counted" for ever
        logger.exception("page count %s failed", pk)
        _give_up(count, wording.say(WENT_WRONG, bid.language))
    return True


def sweep() -> list[int]:
    """Give up what was begun too often; what waits, oldest first."""
    now = clock.now()
    for count in PageCount.objects.filter(state=JobState.RUNNING, lease_until__lt=now).exclude(pk__in=free(now)):
        _give_up(count, wording.say(WENT_WRONG, count.language))
    return list(free(now).order_by("created_at", "pk").values_list("pk", flat=True))


def digest_of(html: str) -> str:
    """What tells two texts apart."""
    return snapshot.digest(html)


def _count(bid: Bid, count: PageCount) -> None:
    renewed = time.monotonic()

    def keep() -> None:
        nonlocal renewed
        if time.monotonic() - renewed > RENEW_EVERY:
            renewed = time.monotonic()
            _write(count, lease_until=clock.now() + lease())

    source = source_of_working_copy(bid, Language(count.language))
    group = next((found for found in groups(source) if found.holds(count.key)), None)
    text = group and group.text(count.key)
    if not group or not text or text.language != count.language:
        raise CannotBuild(NOTHING_WRITTEN)
    with override(count.language):
        section = chapter(group.only(count.key))
    pages = length_of(source, section, means=of_this_house(), meanwhile=keep)
    _end(count, state=JobState.DONE, pages=pages, digest=digest_of(text.html), reason="")


def _give_up(count: PageCount, reason: str) -> None:
    _end(count, state=JobState.FAILED, reason=reason)


def _end(count: PageCount, **columns: object) -> None:
    try:
        _write(count, **columns, lease_until=None, finished_at=clock.now())
    except Lost:
        logger.warning("page count %s: attempt %s came too late", count.pk, count.attempt)


def _write(count: PageCount, **columns: object) -> None:
    """Write only while it is ours: the fence."""
    ours = PageCount.objects.filter(pk=count.pk, attempt=count.attempt, state=JobState.RUNNING)
    if not ours.update(**columns):
        raise Lost

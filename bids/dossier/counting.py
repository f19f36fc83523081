"""Counting the pages of one chapter, by the same press and the same kept sections as the dossier that prints it.

A claim raises the attempt and takes a lease; only that attempt may write the figure.
"""

from __future__ import annotations

import logging

from django.utils.translation import override

from accounts import clock
from bids import snapshot, wording
from bids.dossier.build import length_of
from bids.dossier.contents import chapter
from bids.dossier.lease import Hold, Lost
from bids.dossier.means import of_this_house
from bids.dossier.rows import source_of_working_copy
from bids.dossier.sections.chapters import groups
from bids.dossier.source import CannotBuild
from bids.models import Bid, PageCount
from bids.rulebook.text import Sentence, gettext_noop
from bids.rulebook.vocabulary import JobState, Language

NOTHING_WRITTEN = Sentence(gettext_noop("There is no text to count any more."))
WENT_WRONG = Sentence(gettext_noop("The pages could not be counted: something failed that is not in the text."))

logger = logging.getLogger(__name__)


class CountHold(Hold):
    """One attempt at counting."""

    jobs = PageCount


def work(pk: int) -> bool:
    """Count if it still waits; False where somebody else does, or did."""
    hold = CountHold.claim(pk)
    if hold is None:
        return False
    count = PageCount.objects.get(pk=pk)
    bid = Bid.objects.with_call().get(pk=count.bid_id)
    try:
        _count(bid, count, hold)
    except Lost:
        logger.warning("page count %s: attempt %s was overtaken", pk, hold.attempt)
    except CannotBuild as refusal:
        _give_up(hold, wording.say(refusal.sentence, bid.language))
    except Exception:  # whatever it was, the page must not say "being counted" for ever
        logger.exception("page count %s failed", pk)
        _give_up(hold, wording.say(WENT_WRONG, bid.language))
    return True


def sweep() -> list[int]:
    """Give up what was begun too often; what waits, oldest first."""
    for count in CountHold.given_up(clock.now()):
        _give_up(CountHold(count.pk, count.attempt, is_last=True), wording.say(WENT_WRONG, count.language))
    return CountHold.waiting()


def digest_of(html: str) -> str:
    """What tells two texts apart."""
    return snapshot.digest(html)


def _count(bid: Bid, count: PageCount, hold: CountHold) -> None:
    source = source_of_working_copy(bid, Language(count.language))
    group = next((found for found in groups(source) if found.holds(count.key)), None)
    text = group and group.text(count.key)
    if not group or not text or text.language != count.language:
        raise CannotBuild(NOTHING_WRITTEN)
    with override(count.language):
        section = chapter(group.only(count.key))
    pages = length_of(source, section, means=of_this_house(), meanwhile=hold.keep)
    hold.end(state=JobState.DONE, pages=pages, digest=digest_of(text.html), reason="")


def _give_up(hold: CountHold, reason: str) -> None:
    try:
        hold.fail(reason)
    except Lost:
        logger.warning("page count %s: attempt %s came too late", hold.pk, hold.attempt)

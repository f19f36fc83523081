"""Making dossiers exactly once, whatever dies meanwhile: claim, print, seal, put in place, finish; and the sweeper."""

from __future__ import annotations

import errno
import logging
import shutil
from datetime import datetime, timedelta

from django.conf import settings

from accounts import clock
from accounts.faults import fault
from bids import wording
from bids.dossier import files
from bids.dossier.build import build_pdf
from bids.dossier.hold import DossierHold
from bids.dossier.lease import Lost, TooLong
from bids.dossier.means import of_this_house
from bids.dossier.rows import source_of
from bids.dossier.seal.sealing import NotSealed, Sealer
from bids.dossier.source import Built, CannotBuild, Source
from bids.models import Dossier, Picture, Seal
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import JobState

FULL = (errno.ENOSPC, errno.EDQUOT)
LEFT_OVER_AFTER = timedelta(days=1)

TOOK_TOO_LONG = gettext_noop("The dossier took longer than %(minutes)s minutes. Shorten its texts, and try again.")
WENT_WRONG = gettext_noop(
    "The dossier could not be made: something failed that is not in the bid. Try again; if it fails again, tell "
    "the people who run Tandem that job %(job)s failed."
)
NO_ROOM = gettext_noop(
    "The dossier could not be kept: there is no room left on the disk. Tell the people who run Tandem, and try again "
    "once they have made room."
)
NO_MEMORY = gettext_noop(
    "The dossier could not be made: the machine has too little memory free. Try again later; if it fails again, tell "
    "the people who run Tandem that job %(job)s failed."
)
GAVE_UP = gettext_noop(
    "The dossier was begun %(attempts)s times and never finished: the printer was stopped each time. Try again "
    "later; if it fails again, tell the people who run Tandem that job %(job)s failed."
)

logger = logging.getLogger(__name__)


def work(pk: int) -> bool:
    """Make this dossier if it still waits; False where somebody else has it, or it is done."""
    hold = DossierHold.claim(pk)
    if hold is None:
        return False
    fault("job.after_claim")
    try:
        _print(hold)
    except Lost:
        logger.warning("dossier job %s: attempt %s was overtaken; its result is not used", pk, hold.attempt)
    return True


def _print(hold: DossierHold) -> None:
    dossier = Dossier.objects.select_related("bid", "snapshot", "picture").get(pk=hold.pk)
    try:
        built, seal = _made(dossier, hold)
        fault("render.before_done")
        size = files.path_of(seal.sealed_sha256 if seal else built.sha256).stat().st_size
        hold.finish(built, [wording.say(warning, dossier.language) for warning in built.warnings], size, seal)
    except Lost:
        raise
    except NotSealed as refusal:
        logger.error("dossier job %s: attempt %s has no seal: %s", hold.pk, hold.attempt, refusal)
        hold.give_back(wording.say(refusal.sentence, dossier.language))
    except CannotBuild as refusal:
        end = hold.fail if refusal.is_final else hold.give_back
        end(wording.say(refusal.sentence, dossier.language))
    except TooLong:
        minutes = settings.JOB_WALL_SECONDS // 60
        hold.fail(wording.say(sentence(TOOK_TOO_LONG, minutes=minutes), dossier.language))
    except Exception as problem:  # whatever it was, the job must not hang: it goes back, and the log has the trace
        logger.exception("dossier job %s: attempt %s failed", hold.pk, hold.attempt)
        hold.give_back(wording.say(_why(problem, hold.pk), dossier.language))
    else:
        logger.info("dossier job %s: %s pages, network %s", hold.pk, built.pages, built.network)


def _why(problem: Exception, number: int) -> Sentence:
    """What the machine was short of, if that can be told."""
    if isinstance(problem, OSError) and problem.errno in FULL:
        return Sentence(NO_ROOM)
    return sentence(NO_MEMORY if isinstance(problem, MemoryError) else WENT_WRONG, job=number)


def _made(dossier: Dossier, hold: DossierHold) -> tuple[Built, Seal | None]:
    """The pages in their place; those of a round with their seal, a draft without one."""
    source = source_of(dossier)
    if dossier.is_draft:
        built = _printed(source, hold)
        files.keep(built.sha256, built.pdf)
        return built, None
    with Sealer() as sealer:  # it gets ready while the pages are being set
        built = _printed(source, hold)
        return built, _sealed_before(dossier, built) or _seal(sealer, built, hold)


def _sealed_before(dossier: Dossier, built: Built) -> Seal | None:
    """The seal these very pages have already got, by an attempt that died before it was done."""
    former = Seal.objects.filter(dossier=dossier, file_sha256=built.sha256).order_by("-pk")
    return next((seal for seal in former if files.is_intact(seal.sealed_sha256)), None)


def _seal(sealer: Sealer, built: Built, hold: DossierHold) -> Seal:
    """First the file, then the row: a row never speaks of bytes that are nowhere."""
    sealed = sealer.seal(built.pdf, built.sha256, hold.keep)
    files.keep(sealed.sha256, sealed.pdf)
    return hold.keep_seal(sealed)


def _printed(source: Source, hold: DossierHold) -> Built:
    return build_pdf(source, means=of_this_house(), progressed=hold.progressed, meanwhile=hold.keep)


def sweep() -> list[int]:
    """Give up what was begun too often; return the jobs to ring for, oldest first."""
    now = clock.now()
    left = DossierHold.given_up(now)
    for dossier in left:
        words = Sentence(GAVE_UP, {"attempts": dossier.attempt, "job": dossier.pk})
        left.filter(pk=dossier.pk, attempt=dossier.attempt).update(
            state=JobState.FAILED, reason=wording.say(words, dossier.language), lease_until=None, finished_at=now
        )
    return DossierHold.waiting()


def purge() -> int:
    """Delete drafts whose time is over, with the pictures they were made from, and files nobody knows."""
    now = clock.now()
    over = Dossier.objects.filter(purge_after__lt=now, purged_at__isnull=True).exclude(state=JobState.RUNNING)
    count = 0
    for dossier in over:
        _purge(dossier, now)
        count += 1
    for path in files.left_over(now - LEFT_OVER_AFTER, _known_files()):
        path.unlink(missing_ok=True)
    for folder in files.left_folders(now - LEFT_OVER_AFTER):
        shutil.rmtree(folder, ignore_errors=True)
    return count


def _known_files() -> set[str]:
    kept = Dossier.objects.filter(purged_at__isnull=True).values_list("file_sha256", "sealed_sha256")
    return {digest for digests in kept for digest in digests}


def _purge(dossier: Dossier, now: datetime) -> None:
    """The row stays, so that its digest is still known; the row first, so that no file is missed."""
    Dossier.objects.filter(pk=dossier.pk).update(purged_at=now, picture=None)
    still_needed = Dossier.objects.filter(file_sha256=dossier.file_sha256, purged_at__isnull=True)
    if dossier.file_sha256 and not still_needed.exists():
        files.path_of(dossier.file_sha256).unlink(missing_ok=True)
    if dossier.picture_id is not None:
        Picture.objects.filter(pk=dossier.picture_id, dossiers=None).delete()

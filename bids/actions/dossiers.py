"""Asking for dossiers: a row per source, template, kind and language; workers find it, a bell only hurries them."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts import clock
from bids import snapshot as pictures
from bids import tasks
from bids.actions import preflight
from bids.actions.records import record
from bids.dossier import files
from bids.dossier.edition import EDITION
from bids.dossier.rows import source_of
from bids.models import Bid, Dossier, Picture, Snapshot
from bids.models.dossier import ATTEMPTS
from bids.rulebook.readiness import Finding
from bids.rulebook.vocabulary import DossierKind, JobState, Language

if TYPE_CHECKING:
    from accounts.models import User

OVER = (JobState.FAILED, JobState.CANCELLED)
UNDER_WAY = (JobState.QUEUED, JobState.RUNNING)


class NothingSubmitted(Exception):
    """There is no round to make this kind of dossier of, or none before it to compare it with."""


class NotPrintable(Exception):
    """The dossier would fail; `findings` say why, and where each can be mended."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(str(finding.sentence) for finding in findings))


@transaction.atomic
def ask_for_dossier(
    bid: Bid, kind: DossierKind, language: Language, **more: Any
) -> tuple[Dossier, tuple[Finding, ...]]:
    """The same as `request_dossier` for a person who waits: what would stop it is refused before it begins.

    What will only show otherwise than wished comes back with it. What is done already is not looked at again.
    """
    dossier = request_dossier(bid, kind, language, **more)
    if dossier.state is JobState.DONE:
        return dossier, ()
    found = preflight.look(source_of(dossier), bid)
    if stopped := preflight.blocking(found):
        raise NotPrintable(stopped)
    return dossier, found


@transaction.atomic
def request_dossier(
    bid: Bid,
    kind: DossierKind,
    language: Language,
    *,
    by: User | None,
    snapshot: Snapshot | None = None,
    of_the_working_copy: bool = False,
) -> Dossier:
    """Ask for a dossier of a round, the newest unless it is named, or of the working copy.

    A draft is always of the working copy, a difference where it is asked so.

    Asked twice for the same thing, the first one is found; one that failed, was cancelled, deleted or
    lost is begun again.
    """
    if kind is DossierKind.DRAFT or of_the_working_copy:
        if kind is DossierKind.DIFFERENCE:
            _newest(bid)
        dossier, is_new = _of_the_working_copy(bid, kind, language, by)
    else:
        frozen = snapshot or _newest(bid)
        if kind is DossierKind.DIFFERENCE and frozen.round < 2:
            raise NothingSubmitted
        dossier, is_new = _of_a_round(bid, kind, language, by, frozen)
    if is_new:
        record(bid, "dossier_requested", by=by, about=f"dossier/{dossier.pk}", after=_told(dossier))
    elif _is_worth_another_try(dossier):
        _begin_again(dossier)
    transaction.on_commit(partial(tasks.ring_quietly, dossier.pk))
    return dossier


@transaction.atomic
def retry_dossier(dossier: Dossier, *, by: User) -> Dossier:
    """Give a failed or cancelled job new attempts; nothing happens to any other."""
    if dossier.state in OVER:
        _begin_again(dossier)
        record(dossier.bid, "dossier_retried", by=by, about=f"dossier/{dossier.pk}")
        transaction.on_commit(partial(tasks.ring_quietly, dossier.pk))
    return dossier


@transaction.atomic
def cancel_dossier(dossier: Dossier, *, by: User) -> Dossier:
    """Stop a job that waits or runs; whoever works on it finds out within seconds and drops the result."""
    cancelled = Dossier.objects.filter(pk=dossier.pk, state__in=UNDER_WAY).update(
        state=JobState.CANCELLED, lease_until=None, finished_at=clock.now()
    )
    if cancelled:
        record(dossier.bid, "dossier_cancelled", by=by, about=f"dossier/{dossier.pk}")
    dossier.refresh_from_db()
    return dossier


def _of_the_working_copy(bid: Bid, kind: DossierKind, language: Language, by: User | None) -> tuple[Dossier, bool]:
    text = pictures.canonical(pictures.take(bid))
    found = {"text": text, "revision": bid.revision, "call_version": bid.call_version, "by": by}
    picture, _ = Picture.objects.get_or_create(bid=bid, sha256=pictures.digest(text), defaults=found)
    if picture.call_version != bid.call_version:  # the same words under other rules: what was printed is no longer so
        _take_again(picture, bid)
    dossier, is_new = Dossier.objects.get_or_create(
        source_digest=picture.sha256,
        snapshot=None,
        kind=kind,
        language=language,
        template_version=EDITION,
        defaults={"bid": bid, "picture": picture, "created_by": by},
    )
    purge_after = clock.now() + timedelta(days=settings.DRAFT_DOSSIER_DAYS)
    Dossier.objects.filter(pk=dossier.pk).update(picture=picture, purge_after=purge_after)
    return dossier, is_new


def _of_a_round(
    bid: Bid, kind: DossierKind, language: Language, by: User | None, frozen: Snapshot
) -> tuple[Dossier, bool]:
    return Dossier.objects.get_or_create(
        snapshot=frozen,
        kind=kind,
        language=language,
        template_version=EDITION,
        defaults={"bid": bid, "source_digest": frozen.sha256, "created_by": by},
    )


def _take_again(picture: Picture, bid: Bid) -> None:
    """Under the rules of now. What is being printed under the former ones is taken from its printer, who finds out."""
    Picture.objects.filter(pk=picture.pk).update(call_version=bid.call_version, made_at=clock.now())
    picture.dossiers.filter(state=JobState.RUNNING).update(
        state=JobState.QUEUED, attempts_allowed=F("attempt") + ATTEMPTS, progress=0, lease_until=None
    )
    for dossier in picture.dossiers.all():
        _begin_again(dossier)


def _is_worth_another_try(dossier: Dossier) -> bool:
    """It failed or was cancelled, its file is gone, or there may be more to tell.

    That is so of a review dossier, and of a draft compared with a round: a newer one may be in.
    """
    if dossier.state in UNDER_WAY:
        return False
    is_gone = bool(dossier.purged_at) or not files.path_of(dossier.kept_sha256).exists()
    may_tell_more = dossier.kind is DossierKind.REVIEW or (dossier.kind is DossierKind.DIFFERENCE and dossier.is_draft)
    return dossier.state in OVER or is_gone or may_tell_more


def _newest(bid: Bid) -> Snapshot:
    frozen = bid.snapshots.order_by("round").last()
    if frozen is None:
        raise NothingSubmitted
    return frozen


def _begin_again(dossier: Dossier) -> None:
    """Back into the queue; the attempts go on counting, so that a late finisher of old stays fenced off."""
    Dossier.objects.filter(pk=dossier.pk).exclude(state__in=UNDER_WAY).update(
        state=JobState.QUEUED,
        attempts_allowed=dossier.attempt + ATTEMPTS,
        reason="",
        progress=0,
        lease_until=None,
        finished_at=None,
        purged_at=None,
    )
    dossier.refresh_from_db()


def _told(dossier: Dossier) -> dict[str, str]:
    return {"kind": str(dossier.kind), "language": str(dossier.language), "source": dossier.source_digest}

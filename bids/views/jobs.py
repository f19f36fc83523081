"""A dossier's job as components/job.html shows it."""

from __future__ import annotations

from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from bids import wording
from bids.actions.dossiers import OVER, UNDER_WAY
from bids.models import Dossier
from bids.models.dossier import ATTEMPTS
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import DossierKind, JobState, Role
from bids.views.shared import Workspace, bid_url


def job_of(work: Workspace, dossier: Dossier) -> dict[str, Any]:
    """State, progress and what can be done next, by this person."""
    return {
        "title": title_of(dossier),
        "state": str(dossier.state),
        "percent": dossier.progress,
        "step": _step(dossier),
        "problem": dossier.reason,
        "url": _place(work, dossier, "download") if _may_fetch(work, dossier) else "",
        "package_url": _package(work, dossier),
        "cancel_url": _place(work, dossier, "cancel") if _may_cancel(work, dossier) else "",
        "retry_url": _place(work, dossier, "retry") if _may_retry(work, dossier) else "",
        "status_url": bid_url("dossier-status", work.bid, number=dossier.pk),
        "size": filesizeformat(dossier.size) if dossier.size else "",
    }


def title_of(dossier: Dossier) -> str:
    """What it is: kind, round, language."""
    kind, language = wording.word(dossier.kind), wording.word(dossier.language)
    if dossier.is_draft and dossier.kind is DossierKind.DIFFERENCE:
        return _("What changed since the last round, %(language)s") % {"language": language}
    if dossier.snapshot is None:
        return _("%(kind)s, %(language)s") % {"kind": kind, "language": language}
    words = {"kind": kind, "round": dossier.snapshot.round, "language": language}
    return _("%(kind)s, round %(round)s, %(language)s") % words


def _step(dossier: Dossier) -> str:
    """What it waits for; one that people asked for again has all its attempts before it."""
    if dossier.state is not JobState.QUEUED:
        return ""
    if dossier.attempts_allowed - dossier.attempt < ATTEMPTS:
        return _("Something went wrong; it is tried again in a moment.")
    return _("Waiting for a printer.")


def _place(work: Workspace, dossier: Dossier, what: str) -> str:
    noun = "draft" if dossier.is_draft else "dossier"
    return bid_url(f"{noun}-{what}", work.bid, number=dossier.pk)


def _package(work: Workspace, dossier: Dossier) -> str:
    """Only a submission has one."""
    is_one = dossier.kind is DossierKind.SUBMISSION and _may_fetch(work, dossier)
    return bid_url("dossier-package", work.bid, number=dossier.pk) if is_one else ""


def _may_fetch(work: Workspace, dossier: Dossier) -> bool:
    if dossier.state is not JobState.DONE or dossier.purged_at:
        return False
    return _may(work, dossier)


def _may_cancel(work: Workspace, dossier: Dossier) -> bool:
    """Drafts alone: the dossier of a round is waited for by others, too."""
    return dossier.is_draft and dossier.state in UNDER_WAY and _may(work, dossier)


def _may_retry(work: Workspace, dossier: Dossier) -> bool:
    if not dossier.is_draft and Role.COORDINATOR not in work.who.roles:
        return False
    return dossier.state in OVER and _may(work, dossier)


def _may(work: Workspace, dossier: Dossier) -> bool:
    """Decisions are only shown once they are published, so that nothing else is to be asked about them."""
    return bool(work.may(Act.DRAFT_DOSSIER if dossier.is_draft else Act.DOWNLOAD_DOSSIER))

"""Dossiers: asked for, watched, fetched. Drafts while the bid is being written, sealed ones after each round."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import dossiers
from bids.actions.desk import is_published
from bids.attachment import archive, attachment
from bids.dossier.files import path_of
from bids.forms.dossier import DraftForm
from bids.models import Bid, Dossier
from bids.models.dossier import DossierQuerySet
from bids.package.round import NotPackable, name_of, write_package
from bids.rulebook.permits import Act
from bids.rulebook.readiness import Finding
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind, Language, Role
from bids.views.jobs import job_of
from bids.views.readiness import with_places
from bids.views.shared import NotYours, Workspace, bid_url, get_bid, is_of_the_consortium, page, person, workspace

MOST_SHOWN = 50
MOST_WARNINGS = 5  # the printer remarks on all of them
OF_THE_CONSORTIUM = (DossierKind.SUBMISSION, DossierKind.RECEIPT, DossierKind.DIFFERENCE)
NOT_YOUR_RETRY = gettext_noop("Only the coordinator and the case manager can have this dossier made again.")


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_dossiers(request: HttpRequest, reference: str) -> HttpResponse:
    """Every dossier this person may know of, newest first."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    return _list(request, workspace(request, bid, "dossiers"), DraftForm(initial={"language": bid.language}))


@declare(Act.DRAFT_DOSSIER)
@require_POST
def request_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a draft of the bid as it stands, or for what changed since the last round; asked twice, found once."""
    bid = get_bid(request, reference, to=Act.DRAFT_DOSSIER)
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _list(request, workspace(request, bid, "dossiers"), form)
    kind, language = form.cleaned_data["kind"], form.cleaned_data["language"]
    try:
        asked, found = dossiers.ask_for_dossier(bid, kind, language, by=person(request), of_the_working_copy=True)
    except dossiers.NotPrintable as refused:
        return _list(request, workspace(request, bid, "dossiers"), form, stopped=refused.findings)
    except dossiers.NothingSubmitted:
        form.add_error(None, _("There is no round to compare with: nothing has been submitted yet. Ask for a draft."))
        return _list(request, workspace(request, bid, "dossiers"), form)
    for finding in found[:MOST_WARNINGS]:
        messages.warning(request, wording.say(finding.sentence))
    return _back_to(bid, asked.pk)


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_status(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """How far a dossier is: a piece of the page, which asks again by itself while the work goes on."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "dossiers")
    dossier = get_object_or_404(_shown(work), pk=number)
    if not getattr(request, "htmx", False):
        return _back_to(bid, number)
    return render(request, "components/job.html", {"job": job_of(work, dossier)})


@declare(Act.DRAFT_DOSSIER)
@require_safe
def download_draft(request: HttpRequest, reference: str, number: int) -> FileResponse:
    """A finished draft, to keep."""
    bid = get_bid(request, reference, to=Act.DRAFT_DOSSIER)
    return _download(get_object_or_404(_of(bid).drafts().to_fetch(), pk=number))


@declare(Act.DOWNLOAD_DOSSIER)
@require_safe
def download_dossier(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """A finished dossier of a round; that of the decision once it is published.

    What tells of reviews the ministry fetches at the desk, which asks whether they may be read yet.
    """
    bid = get_bid(request, reference, to=Act.DOWNLOAD_DOSSIER)
    dossier = get_object_or_404(_of(bid).sealed().to_fetch(), pk=number)
    if dossier.kind is DossierKind.REVIEW and not is_of_the_consortium(bid):
        return redirect("desk:bid-dossier-download", reference, number)
    if dossier.kind not in OF_THE_CONSORTIUM:
        about: dict[str, Any] = {"dossier": str(dossier.kind), "is_published": is_published(bid)}
        get_bid(request, reference, to=Act.READ_REVIEW_DOSSIER, **about)
    return _download(dossier)


@declare(Act.DOWNLOAD_DOSSIER)
@require_safe
def download_package(request: HttpRequest, reference: str, number: int) -> FileResponse:
    """The round in one archive: this dossier, bid file, workbook, annexes, and the digests of all."""
    bid = get_bid(request, reference, to=Act.DOWNLOAD_DOSSIER)
    dossier = get_object_or_404(_of(bid).filter(kind=DossierKind.SUBMISSION).to_fetch(), pk=number)
    try:
        return archive(partial(write_package, dossier), name_of(dossier))
    except NotPackable:
        raise Http404 from None


@declare(Act.DRAFT_DOSSIER)
@require_POST
def cancel_draft(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Stop the making of a draft; one that is finished by then stays."""
    bid = get_bid(request, reference, to=Act.DRAFT_DOSSIER)
    dossiers.cancel_dossier(get_object_or_404(_of(bid).drafts(), pk=number), by=person(request))
    return _back_to(bid, number)


@declare(Act.DRAFT_DOSSIER)
@require_POST
def retry_draft(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Have a draft that failed made again."""
    bid = get_bid(request, reference, to=Act.DRAFT_DOSSIER)
    return _retry(request, bid, get_object_or_404(_of(bid).drafts(), pk=number))


@declare(Act.DOWNLOAD_DOSSIER)
@require_POST
def retry_dossier(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Have the dossier of a round made again after it failed: for the coordinator."""
    bid = get_bid(request, reference, to=Act.DOWNLOAD_DOSSIER)
    work = workspace(request, bid, "dossiers")
    dossier = get_object_or_404(_shown(work).sealed(), pk=number)
    if Role.COORDINATOR not in work.who.roles:
        raise NotYours(sentence(NOT_YOUR_RETRY))
    return _retry(request, bid, dossier)


def _list(request: HttpRequest, work: Workspace, form: DraftForm, *, stopped: Iterable[Finding] = ()) -> HttpResponse:
    found = _shown(work)[: MOST_SHOWN + 1]
    jobs = [(dossier, job_of(work, dossier)) for dossier in found]
    return page(
        request, work, "bids/dossier/list.html", jobs=jobs[:MOST_SHOWN], form=form,
        has_more=len(jobs) > MOST_SHOWN, may_draft=work.may(Act.DRAFT_DOSSIER),
        stopped=with_places(work, stopped), languages=list(Language) if work.may(Act.EXPORT_BID) else [],
    )  # fmt: skip


def _of(bid: Bid) -> DossierQuerySet:
    return Dossier.objects.filter(bid=bid).with_source()


def _shown(work: Workspace) -> DossierQuerySet:
    """What the consortium may know of: reviews stay within the ministry, the decision until it is published."""
    kinds = [DossierKind.DRAFT, *OF_THE_CONSORTIUM]
    may_once_published = work.may(Act.READ_REVIEW_DOSSIER, dossier="decision", is_published=True)
    if may_once_published and is_published(work.bid):
        kinds.append(DossierKind.DECISION)
    return _of(work.bid).filter(kind__in=kinds)


def _download(dossier: Dossier) -> FileResponse:
    return attachment(path_of(dossier.kept_sha256), name_of(dossier))


def _retry(request: HttpRequest, bid: Bid, dossier: Dossier) -> HttpResponse:
    dossiers.retry_dossier(dossier, by=person(request))
    return _back_to(bid, dossier.pk)


def _back_to(bid: Bid, number: int) -> HttpResponse:
    """The list, at this dossier."""
    return redirect(f"{bid_url('dossiers', bid)}#dossier-{number}")

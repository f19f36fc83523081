"""Dossiers of a bid for the ministry: the submitted one in every language, the review dossier, the decision."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import dossiers as acts
from bids.admin.bid_file import BidFile, open_file, open_newest, page
from bids.admin.door import NotYours
from bids.forms.desk import DossierForm
from bids.models import Dossier
from bids.rulebook.permits import Act
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind, JobState, Language, Role

MOST_WARNINGS = 5  # the printer remarks on all of them
READ_ONLY = sentence(gettext_noop("You can read here, but not write."))
BY_THE_CASE_MANAGER = sentence(gettext_noop("The case manager can have this dossier made again."))
PROBLEM = sentence(gettext_noop("It could not be made. Try again; if it fails once more, tell the administrators."))


@declare(Act.DOWNLOAD_DOSSIER)
@require_http_methods(["GET", "POST"])
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """What was made, and a form to ask for another language or for the review dossier."""
    file = open_file(request, reference, "dossiers", to=Act.DOWNLOAD_DOSSIER)
    if request.method == "POST" and not _may_ask(file):
        raise NotYours(READ_ONLY, file.url("bid-dossiers"))
    form = DossierForm(request.POST or None, kinds=_kinds(file), initial={"language": file.bid.language.value})
    if request.method == "POST" and form.is_valid():
        kind, language = DossierKind(form.cleaned_data["kind"]), Language(form.cleaned_data["language"])
        try:
            _asked, found = acts.ask_for_dossier(file.bid, kind, language, by=file.user, snapshot=file.frozen)
        except acts.NotPrintable as refused:
            for finding in refused.findings:
                messages.error(request, wording.say(finding.sentence))
            return redirect(file.url("bid-dossiers"))
        for finding in found[:MOST_WARNINGS]:
            messages.warning(request, wording.say(finding.sentence))
        messages.success(request, _("The dossier is being made. You may leave this page; it will be here."))
        return redirect(file.url("bid-dossiers"))
    made = _readable(file).select_related("snapshot", "bid").order_by("-created_at", "-pk")
    jobs = [job_of(file, dossier) for dossier in made]
    return page(
        request,
        file,
        "admin/bid/dossiers.html",
        form=form if _may_ask(file) else None,
        jobs=jobs,
        languages=_languages(file),
    )


@declare(Act.DOWNLOAD_DOSSIER)
@require_safe
def status(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """How far one dossier is: the piece of page that asks again by itself."""
    file = open_file(request, reference, "dossiers", to=Act.DOWNLOAD_DOSSIER)
    dossier = get_object_or_404(_readable(file).select_related("snapshot"), pk=number)
    return render(request, "components/job.html", {"job": job_of(file, dossier)})


@declare(Act.DOWNLOAD_DOSSIER)
@require_POST
def retry(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Give a failed dossier new attempts."""
    file = open_newest(request, reference, "dossiers", to=Act.DOWNLOAD_DOSSIER)
    if not _may_try_again(file):
        raise NotYours(BY_THE_CASE_MANAGER, file.url("bid-dossiers"))
    acts.retry_dossier(get_object_or_404(_readable(file), pk=number), by=file.user)
    return redirect(file.url("bid-dossiers"))


def job_of(file: BidFile, dossier: Dossier) -> dict[str, Any]:
    """A dossier as `components/job.html` draws it."""
    number = dossier.snapshot.round if dossier.snapshot else 0
    title = _("%(kind)s, round %(round)s, %(language)s") % {
        "kind": wording.word(dossier.kind), "round": number, "language": wording.word(dossier.language),
    }  # fmt: skip
    return {
        "title": title,
        "state": dossier.state.value,
        "percent": dossier.progress,
        "problem": PROBLEM,
        "url": file.url("bid-dossier-download", dossier.pk),
        "package_url": _package(file, dossier),
        "retry_url": file.url("bid-dossier-retry", dossier.pk) if _may_try_again(file) else "",
        "status_url": file.url("bid-dossier-status", dossier.pk),
        "size": filesizeformat(dossier.size) if dossier.size else "",
        "sha256": dossier.kept_sha256 if dossier.state is JobState.DONE else "",
    }


def _package(file: BidFile, dossier: Dossier) -> str:
    is_one = dossier.kind is DossierKind.SUBMISSION and dossier.state is JobState.DONE
    return file.url("bid-dossier-package", dossier.pk) if is_one else ""


def _languages(file: BidFile) -> list[Language]:
    """In which Part B can be taken away, by those who may export."""
    return list(Language) if file.has_round and file.may(Act.EXPORT_BID) else []


def _readable(file: BidFile) -> Any:
    """Every dossier of a round that this person may read; drafts are the consortium's."""
    rows = Dossier.objects.sealed().filter(bid=file.bid, purged_at=None)
    hidden = [] if _may_read_reviews(file) else [DossierKind.REVIEW]
    return rows.exclude(kind__in=hidden)


def _may_read_reviews(file: BidFile) -> bool:
    """The review dossier holds every review: it is for those who may read them on the page, too."""
    return bool(file.may(Act.READ_REVIEW_DOSSIER, dossier="review") and file.may_read_reviews)


def _may_ask(file: BidFile) -> bool:
    """Auditors only read."""
    return bool(file.who.roles - {Role.AUDITOR})


def _may_try_again(file: BidFile) -> bool:
    return Role.CASE_MANAGER in file.who.roles


def _kinds(file: BidFile) -> list[DossierKind]:
    """The first round has none before it to differ from."""
    kinds = [DossierKind.SUBMISSION]
    if file.may(Act.BUILD_REVIEW_DOSSIER):
        kinds.append(DossierKind.REVIEW)
    if file.frozen.round > 1:
        kinds.append(DossierKind.DIFFERENCE)
    return kinds

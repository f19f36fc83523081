"""Financing: who pays the part the Union doesn't, and how far it is covered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import rows
from bids.actions.changing import Stale
from bids.forms.financing import CommitmentForm
from bids.models import Bid, Commitment
from bids.rulebook.money import Euro
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.budget_figures import figures
from bids.views.conflict import conflict
from bids.views.money import coverage_of
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace

FIGURES = ("total", "eu", "elsewhere", "other", "national", "committed", "signed", "uncovered")


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_financing(request: HttpRequest, reference: str) -> HttpResponse:
    """Every commitment, and the national share against them."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "financing")
    return page(
        request, work, "bids/financing/list.html", may_edit=work.may(Act.EDIT_COMMITMENTS, section="commitments"),
        figures=figures(work, *(name for name in FIGURES if _matters(work, name))), plot=coverage_of(work),
        findings=[finding for finding in work.findings if finding.where.startswith("commitments")],
        promised=Euro.total(each.amount for each in work.facts.commitments),
        letters={document.key: document.title or document.key for document in work.facts.documents},
        writable={each.key for each in work.facts.commitments if _may_edit(work, each.key)},
    )  # fmt: skip


@declare(Act.EDIT_COMMITMENTS)
@require_http_methods(["GET", "POST"])
def add_commitment(request: HttpRequest, reference: str) -> HttpResponse:
    """A new commitment."""
    bid = get_bid(request, reference, to=Act.EDIT_COMMITMENTS, section="commitments")
    form = CommitmentForm(request.POST or None, bid=bid)
    if request.method == "POST" and form.is_valid():
        rows.add(bid, Commitment, "C", form.changes, by=person(request))
        return redirect(bid_url("financing", bid))
    return _card(request, bid, form, _("Add a commitment"))


@declare(Act.EDIT_COMMITMENTS)
@require_http_methods(["GET", "POST"])
def edit_commitment(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Who pays what, when, and on which letter."""
    bid = get_bid(request, reference, to=Act.EDIT_COMMITMENTS, section=f"commitments/{key}")
    commitment = get_object_or_404(Commitment.objects.select_related("document"), bid=bid, key=key)
    form = CommitmentForm(request.POST or None, bid=bid, instance=commitment)
    if request.method == "POST" and form.is_valid():
        try:
            rows.revise(commitment, form.changes, seen=form.seen, by=person(request))
        except Stale as stale:
            work = workspace(request, bid, "financing")
            return conflict(request, work, form, stale, bid_url("financing", bid))
        return redirect(bid_url("financing", bid))
    return _card(request, bid, form, _("Commitment %(key)s") % {"key": key})


@declare(Act.EDIT_COMMITMENTS)
@require_http_methods(["GET", "POST"])
def delete_commitment(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the commitment out of the bid."""
    bid = get_bid(request, reference, to=Act.EDIT_COMMITMENTS, section=f"commitments/{key}")
    commitment = get_object_or_404(Commitment, bid=bid, key=key)
    work = workspace(request, bid, "financing")
    return removal.ask_or_remove(request, work, commitment, back=bid_url("financing", bid))


def _may_edit(work: Workspace, key: str) -> bool:
    return bool(work.may(Act.EDIT_COMMITMENTS, section=f"commitments/{key}"))


def _matters(work: Workspace, name: str) -> bool:
    """Money paid elsewhere, and own means, are told where there are any."""
    return name not in ("elsewhere", "other") or bool(getattr(work.assessment, name))


def _card(request: HttpRequest, bid: Bid, form: CommitmentForm, title: str) -> HttpResponse:
    work = workspace(request, bid, "financing")
    return page(request, work, "bids/financing/edit.html", form=form, title=title, cancel_url=bid_url("financing", bid))

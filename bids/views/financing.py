"""Financing: who pays the part the Union doesn't, and how far it is covered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids.actions import rows
from bids.forms.financing import CommitmentForm
from bids.models import Commitment
from bids.rulebook.funding import ONLY_STATED, is_stated
from bids.rulebook.money import Euro
from bids.rulebook.permits import Act
from bids.views import removal
from bids.views.budget_figures import figures
from bids.views.card import card
from bids.views.gone import gone
from bids.views.money import coverage_of
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace

FIGURES = ("total", "eu", "elsewhere", "other", "national", "committed", "signed", "uncovered", *ONLY_STATED)


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

    def save() -> None:
        rows.add(bid, Commitment, "C", form.changes, by=person(request))

    work = workspace(request, bid, "financing")
    return card(request, work, form, save, title=_("Add a commitment"), back=bid_url("financing", bid))


@declare(Act.EDIT_COMMITMENTS)
@require_http_methods(["GET", "POST"])
def edit_commitment(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Who pays what, when, and on which letter."""
    bid = get_bid(request, reference, to=Act.EDIT_COMMITMENTS, section=f"commitments/{key}")
    commitment = Commitment.objects.filter(bid=bid, key=key).first()
    work, back = workspace(request, bid, "financing"), bid_url("financing", bid)
    form = CommitmentForm(request.POST or None, bid=bid, instance=commitment)
    if commitment is None:
        return gone(request, work, f"commitments/{key}", [form], back)

    def save() -> None:
        rows.revise(commitment, form.changes, seen=form.seen, by=person(request))

    return card(request, work, form, save, title=_("Commitment %(key)s") % {"key": key}, back=back)


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
    """Money paid elsewhere, and own means, are told where there are any; revenues where somebody expects them."""
    return is_stated(work.assessment, name) and (
        name not in ("elsewhere", "other") or bool(getattr(work.assessment, name))
    )

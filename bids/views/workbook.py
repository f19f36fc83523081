"""The budget as an Excel workbook: taken away, brought back, compared, and what is taken over of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.declare import declare
from bids import access, wording
from bids.actions import exporting, taking_over, workbooks
from bids.actions.brought import Brought
from bids.attachment import workbook
from bids.forms.workbook import WorkbookForm
from bids.models import BudgetImport
from bids.rulebook.funding import assess
from bids.rulebook.permits import Act
from bids.views.budget_workspace import MoneyWorkspace, budget_to_edit
from bids.views.shared import NotYours, bid_url, get_bid, page, person
from bids.views.workbook_review import Review, before_and_after
from bids.workbook.write import NotWritable

TAKE = "take"  # the name of every checkbox


@declare(Act.EXPORT_BID)
@require_safe
def download_workbook(request: HttpRequest, reference: str) -> HttpResponse:
    """The workbook, for the ministry of the newest round; a finance officer gets the own lines."""
    bid = get_bid(request, reference, to=Act.EXPORT_BID, somewhere=True)
    try:
        content = exporting.budget_workbook(bid, by=person(request))
    except NotWritable as refused:
        messages.error(request, wording.say(refused.reason))
        return redirect(bid_url("budget", bid))
    return workbook(content, f"{bid.reference}-budget")


@declare(Act.EDIT_OWN_BUDGET)
@require_http_methods(["GET", "POST"])
def import_workbook(request: HttpRequest, reference: str) -> HttpResponse:
    """Asks for a workbook; what is read of it is shown before anything is saved."""
    work = _to_import(request, reference)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = workbooks.bring(work.bid, given["file"], results=given["results"], by=person(request))
        except workbooks.NotTaken as refused:
            form.add_error("file", wording.say(refused.reason))
        else:
            return redirect(bid_url("budget-review", work.bid, number=kept.pk))
    return page(request, work, "bids/workbook/import.html", form=form)


@declare(Act.EDIT_OWN_BUDGET)
@require_http_methods(["GET", "POST"])
def review_import(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """What differs, with a choice for each; takes over what is chosen."""
    work, kept = _brought(request, reference, number)
    if kept.taken_at is not None:
        return redirect(_back(work, kept))
    if request.method == "GET":
        return _compared(request, work, kept, request.GET.get("page", ""))
    if "drop" in request.POST:
        workbooks.throw_away(kept)
        messages.success(request, _("The workbook is put aside. Nothing was changed."))
        return redirect(bid_url("budget", work.bid))
    workbooks.choose(kept, _choices(request, Brought(kept, work.bid, work.who)))
    if "apply" in request.POST:
        return _taken_over(request, work, kept)
    address = bid_url("budget-review", work.bid, number=kept.pk)
    return redirect(f"{address}?page={request.POST.get('go') or request.POST.get('page', '')}")


@declare(Act.EDIT_OWN_BUDGET)
@require_POST
def undo_import(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Gives every line back what it had before the workbook was taken over."""
    work, kept = _brought(request, reference, number)
    if kept.taken_at is None:
        raise Http404
    try:
        moved = taking_over.take_back(kept, by=person(request))
    except access.Refused as refused:
        raise NotYours(refused.decision.reason, bid_url("budget", work.bid)) from None
    messages.success(request, _("The import of “%(name)s” is taken back.") % {"name": kept.name})
    if moved:
        words = _("These lines stay as they are, because they or what they named were changed again since: %(lines)s.")
        messages.warning(request, words % {"lines": ", ".join(moved)})
    return redirect(bid_url("budget", work.bid))


def _to_import(request: HttpRequest, reference: str) -> MoneyWorkspace:
    """The budget, for somebody who may change some of it and may import workbooks."""
    work = budget_to_edit(request, reference)
    work.insist(Act.UPLOAD_DOCUMENT, somewhere=True)
    return work


def _brought(request: HttpRequest, reference: str, number: int) -> tuple[MoneyWorkspace, BudgetImport]:
    """A workbook this person brought; that of somebody else is not there."""
    work = _to_import(request, reference)
    kept = get_object_or_404(BudgetImport, bid=work.bid, by=person(request), pk=number)
    kept.bid = work.bid
    return work, kept


def _choices(request: HttpRequest, brought: Brought) -> dict[str, bool]:
    """What is taken and left on the page that was sent."""
    shown = Review(brought, request.POST.get("page", "")).ids()
    taken = frozenset(request.POST.getlist(TAKE))
    if "all" in request.POST or "none" in request.POST:
        return dict.fromkeys(
            (id_ for change in brought.changes for id_, _taken in change.choices), "all" in request.POST
        )
    return {id_: id_ in taken for id_ in shown}


def _taken_over(request: HttpRequest, work: MoneyWorkspace, kept: BudgetImport) -> HttpResponse:
    """Takes over what is chosen, or shows why that can't be."""
    try:
        kept = taking_over.take_over(kept, seal=request.POST.get("seal", ""), by=person(request))
    except taking_over.Moved:
        words = _(
            "The budget was changed while you were looking. This is how they differ now: look again, then decide."
        )
    except taking_over.Unfit:
        words = _(
            "Some lines can't be taken as they are chosen. What is wrong stands beside them; nothing was changed."
        )
    except ValidationError as error:
        words = " ".join(error.messages)
    else:
        return redirect(_back(work, kept))
    messages.error(request, words)
    return _compared(request, work, kept, request.POST.get("page", ""), status=409)


def _compared(
    request: HttpRequest, work: MoneyWorkspace, kept: BudgetImport, number: str, *, status: int = 200
) -> HttpResponse:
    brought = Brought(kept, work.bid, work.who)
    review = Review(brought, number)
    after = assess(brought.proposal.outcome, brought.call, on=clock.today())
    return page(
        request, work, "bids/workbook/review.html", status=status, kept=kept, review=review, rows=review.rows(),
        found=_found(brought), seal=brought.proposal.seal, is_stale=brought.is_stale, cost=brought.cost,
        moved=before_and_after(work.assessment, after),
    )  # fmt: skip


def _found(brought: Brought) -> Mapping[str, Any]:
    """What was read, so that nothing is passed over in silence."""
    found = brought.found
    return {
        "sheet": found["sheet"], "heading": found["heading"], "rows": len(found["rows"]), "others": found["others"],
        "unknown": found["unknown"], "idle": found["idle"], "is_ours": brought.stamp is not None,
        "has_base": brought.stamp is not None and brought.stamp.base is not None, "results": found["results"],
        "names_lines": "key" in found["columns"],
    }  # fmt: skip


def _back(work: MoneyWorkspace, kept: BudgetImport) -> str:
    """The budget, which tells what was taken over and offers the way back."""
    return f"{bid_url('budget', work.bid)}?imported={kept.pk}"

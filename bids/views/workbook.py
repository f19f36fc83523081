"""The budget as an Excel workbook: taken away, brought back, compared, and what is taken over of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import exporting
from bids.attachment import workbook
from bids.rulebook.permits import Act
from bids.views.shared import bid_url, get_bid, person
from bids.workbook.write import NotWritable


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

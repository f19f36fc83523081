"""The bid's own fields."""

from __future__ import annotations

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import snapshot
from bids.actions import bids
from bids.actions.changing import Stale
from bids.forms.basics import BasicsForm
from bids.rulebook.permits import Act
from bids.views.conflict import conflict
from bids.views.shared import bid_url, get_bid, page, person, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def read_basics(request: HttpRequest, reference: str) -> HttpResponse:
    """Title, dates and shares, as everybody in the consortium may read them."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "basics")
    form = BasicsForm(instance=bid, bid=bid, call=work.call)
    may_edit = work.may(Act.EDIT_PLAN, section="bid")
    return page(request, work, "bids/basics/read.html", rows=form.shown, may_edit=may_edit)


@declare(Act.EDIT_PLAN)
@require_http_methods(["GET", "POST"])
def edit_basics(request: HttpRequest, reference: str) -> HttpResponse:
    """Title, dates, rates and shares of the whole bid."""
    bid = get_bid(request, reference, to=Act.EDIT_PLAN, section="bid")
    # a form writes what was typed into its row, and the frame of the page shows the bid as it stands
    form = BasicsForm(request.POST or None, instance=copy(bid), bid=bid, call=snapshot.call_of(bid))
    if request.method == "POST" and form.is_valid():
        try:
            bids.revise_basics(bid, form.changes, seen=form.seen, by=person(request))
        except Stale as stale:
            return conflict(request, workspace(request, bid, "basics"), form, stale, bid_url("basics", bid))
        return redirect(bid_url("basics", bid))
    return page(request, workspace(request, bid, "basics"), "bids/basics/edit.html", form=form)

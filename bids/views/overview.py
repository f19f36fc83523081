"""The first page of a bid: how far it is, what it costs, what stands in its way, what happened last."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import telling
from bids.rulebook.permits import Act
from bids.rulebook.readiness import blocks
from bids.views.history import latest_events
from bids.views.life import deadlines_of, moves_of, stations_of
from bids.views.money import figures_of, plots_of
from bids.views.readiness import with_places
from bids.views.shared import get_bid, page, workspace

FEW = 5


@declare(Act.READ_WORKING_COPY)
@require_safe
def overview(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything about a bid on one page, each part with the way on."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "overview")
    unconfirmed = work.situation.unconfirmed or ()
    blocking = with_places(work, blocks(work.findings, "submit")) if work.is_open else []
    return page(
        request, work, "bids/overview/overview.html",
        stations=stations_of(bid), moves=moves_of(work), deadlines=deadlines_of(work),
        figures=figures_of(work), plots=plots_of(work),
        blocking=blocking[:FEW], more_blocking=max(0, len(blocking) - FEW),
        unconfirmed=unconfirmed, events=telling.tell(latest_events(bid)[:FEW]),
    )  # fmt: skip

"""Why a figure is what it is: the steps that lead to it, what goes in, and who changed that last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import wording
from bids.models import BidEvent
from bids.rulebook.funding import UnknownFigure, why
from bids.rulebook.permits import Act
from bids.views.budget_workspace import MoneyWorkspace, money_workspace
from bids.views.figure import Figure, figure_of
from bids.views.shared import get_bid, page

PIECE = "bids/why/_reasons.html"


@declare(Act.READ_WORKING_COPY)
@require_safe
def explain(request: HttpRequest, reference: str, figure: str) -> HttpResponse:
    """The reasons of one figure: a page of its own, or a piece to be shown over another page."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = money_workspace(request, bid)
    try:
        steps = why(work.assessment, work.facts, work.call, figure)
    except UnknownFigure:
        return page(request, work, "bids/why/unknown.html", status=404, figure=figure[:200])
    told = figure_of(work, figure)
    context: dict[str, Any] = {
        "figure": told,
        "steps": steps,
        "value": _shown(told),
        "changed": last_change(work, told),
    }
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(render_to_string(PIECE, {"bid": bid, "in_box": True, **context}, request))
    return page(request, work, "bids/why/page.html", **context)


def last_change(work: MoneyWorkspace, figure: Figure) -> BidEvent | None:
    """The newest change of anything the figure is made of."""
    events = BidEvent.objects.filter(bid=work.bid).exclude(name="refused").select_related("actor")
    return events.filter(figure.sources).order_by("-sequence").first()


def _shown(figure: Figure) -> str:
    """The figure in words: money, a percentage, or a plain yes or no."""
    match figure.value:
        case bool():
            return _("Yes") if figure.value else _("No")
        case _ if figure.is_share and figure.value is not None:
            return wording.percent(figure.value)
    return wording.show(figure.value)

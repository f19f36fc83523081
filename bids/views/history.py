"""What happened to a bid, as the consortium may read it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import telling
from bids.happenings import TOLD_TO_BOTH
from bids.models import Bid, BidEvent
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Side
from bids.views.shared import get_bid, page, workspace

PER_PAGE = 50
REFUSALS = ("refused", "step_refused")


def events_of_the_own_side(bid: Bid) -> QuerySet[BidEvent]:
    """What the consortium and the clock did, and the steps of the ministry it is told about; newest first."""
    own = Q(side__in=(Side.CONSORTIUM, Side.SYSTEM)) | Q(name__in=TOLD_TO_BOTH)
    return BidEvent.objects.filter(own, bid=bid).select_related("actor").order_by("-sequence")


def latest_events(bid: Bid) -> QuerySet[BidEvent]:
    """The same without what was refused: who tried what is nobody's business but the coordinator's."""
    return events_of_the_own_side(bid).exclude(name__in=REFUSALS)


@declare(Act.READ_AUDIT)
@require_safe
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """The trail of the own side, page by page, each change with before and after."""
    bid = get_bid(request, reference, to=Act.READ_AUDIT, entries="own_side")
    found = Paginator(events_of_the_own_side(bid), PER_PAGE).get_page(request.GET.get("page"))
    work = workspace(request, bid, "history")
    return page(request, work, "bids/history/list.html", found=found, events=telling.tell(found))

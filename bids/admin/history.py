"""Who did what: the trail of one bid, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import telling
from bids.admin.bid_file import open_file, page
from bids.models import BidEvent
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Side
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM

ON_A_PAGE = 50


@declare(Act.READ_AUDIT)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Every event of both sides; while the consortium holds the bid, what it writes now stays its own."""
    file = open_file(request, reference, "history", to=Act.READ_AUDIT)
    rows = BidEvent.objects.filter(bid=file.bid).select_related("actor").order_by("-sequence")
    if file.bid.state in WITH_THE_CONSORTIUM:
        sent = rows.filter(name__in=("submitted", "resubmitted")).values("sequence")[:1]
        rows = rows.exclude(side=Side.CONSORTIUM, sequence__gt=Coalesce(Subquery(sent), 0))
    found = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    events = telling.tell(found, to_the_ministry=True)
    return page(request, file, "admin/bid/history.html", found=found, events=events)

"""Where a bid stands among published ones: on screen only, figures of others never enter a dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import callfile, plots
from bids.rulebook.benchmarks import benchmarks
from bids.rulebook.permits import Act
from bids.views.shared import get_bid, page, workspace


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_benchmarks(request: HttpRequest, reference: str) -> HttpResponse:
    """Each figure of the bid beside those of its wave, with rank, median, sources and marks."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "benchmarks")
    found = benchmarks(work.facts, work.call, work.assessment, callfile.published().bids, bid.cutoff)
    drawn = plots.benchmarks(found, bid.acronym or bid.reference)
    return page(request, work, "bids/benchmarks/show.html", benchmarks=found, plots=drawn)

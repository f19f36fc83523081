"""Where a round stands among published bids: on screen only, figures of others never enter a dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import callfile, plots
from bids.admin.bid_file import open_file, page
from bids.rulebook.benchmarks import benchmarks
from bids.rulebook.permits import Act


@declare(Act.READ_SNAPSHOT)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Each figure of the round beside those of its wave, with rank, median, sources and marks."""
    file = open_file(request, reference, "benchmarks", to=Act.READ_SNAPSHOT)
    found = benchmarks(file.facts, file.call, file.assessment, callfile.published().bids, file.bid.cutoff)
    drawn = plots.benchmarks(found, file.facts.acronym or file.bid.reference)
    return page(request, file, "admin/bid/benchmarks.html", benchmarks=found, plots=drawn)

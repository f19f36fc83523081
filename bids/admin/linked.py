"""A round beside the newest round of the bid it is linked to: what would be paid twice if both were approved."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.actions.alternatives import beside
from bids.admin.bid_file import open_file, page
from bids.admin.door import person
from bids.rulebook.funding import LineShare
from bids.rulebook.linked import LinePair, SharedBase, Side, shared_base
from bids.rulebook.permits import Act


@dataclass(frozen=True, slots=True)
class Row:
    """A pair of lines with what each costs."""

    pair: LinePair
    here: LineShare
    there: LineShare


@declare(Act.READ_SNAPSHOT)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Both bids side by side, for who may read both; else the reference alone."""
    file = open_file(request, reference, "linked", to=Act.READ_SNAPSHOT)
    if not file.facts.alternative_to:
        raise Http404
    other = beside(file.facts, person(request)).get("linked")
    mine = Side(file.facts, file.call, file.assessment)
    base = shared_base(mine, other) if other else None
    return page(request, file, "admin/bid/linked.html", base=base, rows=_rows(base) if base else [])


def _rows(base: SharedBase) -> list[Row]:
    here, there = base.mine.assessment.lines, base.theirs.assessment.lines
    return [Row(pair, here[pair.mine.key], there[pair.theirs.key]) for pair in base.pairs]

"""What still stands in the way of the bid, and where to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.rulebook.permits import Act
from bids.rulebook.readiness import CHECKS, Finding, blocks
from bids.views.mending import where_url
from bids.views.shared import Workspace, get_bid, page, workspace

OF_THE_DESK = frozenset(check.id for check in CHECKS if check.gate == "recommend")  # reviews and opinions


def with_places(work: Workspace, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings, each with the page where it can be mended."""
    return [{"finding": finding, "url": where_url(work, finding.where)} for finding in findings]


@declare(Act.READ_WORKING_COPY)
@require_safe
def readiness(request: HttpRequest, reference: str) -> HttpResponse:
    """Every finding, what blocks an act first, by the act it blocks."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "readiness")
    all_confirmed = work.situation.unconfirmed == ()
    return page(request, work, "bids/readiness/list.html", groups=_groups(work), confirmed_by_all=all_confirmed)


def _groups(work: Workspace) -> list[dict[str, Any]]:
    """By gate, then warnings, then notes; what only the ministry can mend is left out."""
    found = [finding for finding in work.findings if finding.check not in OF_THE_DESK]
    groups = [
        (_("Blocks submission"), blocks(found, "submit")),
        (_("Blocks approval by the ministry"), blocks(found, "approve")),
        (_("Blocks filing with the Union"), blocks(found, "file")),
        (_("Warnings"), [finding for finding in found if finding.severity == "warn"]),
        (_("Notes"), [finding for finding in found if finding.severity == "info"]),
    ]
    return [{"title": title, "findings": with_places(work, group)} for title, group in groups if group]

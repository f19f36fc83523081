"""What was submitted, page by page: filled like the sections of the dossier, so that pages and paper say the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.admin.bid_file import BidFile, open_file, page
from bids.admin.money import why_url
from bids.dossier.sections import assurance, chapters, consortium, financing, lines, risks, sites, work
from bids.rulebook.permits import Act
from bids.rulebook.readiness import findings_by_gate

Fill = Callable[[BidFile], dict[str, Any]]


def _sheet(name: str, fill: Fill) -> Callable[..., HttpResponse]:
    """A page over one section of the round."""

    @declare(Act.READ_SNAPSHOT)
    @require_safe
    def show(request: HttpRequest, reference: str) -> HttpResponse:
        file = open_file(request, reference, name, to=Act.READ_SNAPSHOT)
        return page(request, file, f"admin/bid/{name}.html", names=file.names, facts=file.facts, **fill(file))

    return show


def _lines(file: BidFile) -> dict[str, Any]:
    rows = lines.fill(file.source, file.facts.budget, is_last=True)["lines"]
    return {"lines": [(line, why_url(file, f"lines/{line.facts.key}/eu")) for line in rows]}


def _checks(file: BidFile) -> dict[str, Any]:
    """Everything the checks found: what stops which step, then what only warns or informs."""
    others = [finding for finding in file.findings if finding.severity != "block"]
    return {"gates": findings_by_gate(file.findings), "others": others, "points": assurance.checks(file.source)}


def _documents(file: BidFile) -> dict[str, Any]:
    return assurance.annexes(file.source)


show_lines = _sheet("lines", _lines)
show_financing = _sheet("financing", lambda file: financing.fill(file.source) | {"assessment": file.assessment})
show_consortium = _sheet("consortium", lambda file: consortium.fill(file.source))
show_sites = _sheet("sites", lambda file: sites.fill(file.source))
show_work = _sheet("work", lambda file: work.fill(file.source))
show_risks = _sheet("risks", lambda file: risks.fill(file.source))
show_documents = _sheet("documents", _documents)
show_checks = _sheet("checks", _checks)
show_chapters = _sheet("chapters", lambda file: {"groups": chapters.groups(file.source)})


@declare(Act.READ_SNAPSHOT)
@require_safe
def show_chapter(request: HttpRequest, reference: str, number: str) -> HttpResponse:
    """One chapter of the call's template with its sub-chapters."""
    file = open_file(request, reference, "chapters", to=Act.READ_SNAPSHOT)
    groups = chapters.groups(file.source)
    at = next((position for position, group in enumerate(groups) if group.number == number), None)
    if at is None:
        raise Http404
    around: dict[str, Any] = {
        "before": groups[at - 1] if at else None,
        "after": groups[at + 1] if at + 1 < len(groups) else None,
    }
    return page(request, file, "admin/bid/chapter.html", **chapters.fill(file.source, groups[at]), **around)

"""Adopting a scenario, and taking that back: every row that changes is shown before one confirmation."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids import access
from bids.actions import adoptions
from bids.models import Adoption, Scenario
from bids.rulebook.permits import Act, Decision
from bids.rulebook.scenarios import said
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.views.removal import version_of
from bids.views.scenario_figures import compared
from bids.views.scenario_rows import rows_back, rows_of, title_of
from bids.views.scenario_workspace import ScenarioWorkspace, scenario_workspace, workspace_of
from bids.views.shared import NotYours, bid_url, page, person

_MOVED = gettext_noop(
    "The bid or the scenario was changed since you opened this page. Look at the rows again, then decide."
)
_NOT_YOURS = gettext_noop("%(reason)s It is about: %(rows)s.")
MOST_NAMED = 12  # rows that are named with one reason


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def adopt_scenario(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Every row before and after; on POST the bid becomes what the scenario says."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)
    if request.method == "GET":
        return _ask(request, work, scenario)
    try:
        adoption = adoptions.adopt(
            scenario, revision=_number(request, "revision"), version=version_of(request),
            leave_out="leave_out" in request.POST, by=person(request),
        )  # fmt: skip
    except adoptions.Moved:
        return _again(request, work, scenario)
    except ValidationError as error:
        return _ask(request, work, scenario, errors=[{"text": " ".join(error.messages)}])
    except access.Refused as refused:
        raise _not_yours(work, refused.decision) from None
    messages.success(request, _("The bid is now what “%(name)s” said.") % {"name": adoption.name})
    return redirect(bid_url("scenario-adopted", work.bid, key=key))


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """When a scenario was adopted, and how to take that back: removed scenarios too."""
    work = scenario_workspace(request, reference)
    scenario = get_object_or_404(Scenario, bid=work.bid, key=key)
    if request.method == "GET":
        return _adopted(request, work, scenario)
    adoption = get_object_or_404(
        Adoption.objects.select_related("bid"), scenario=scenario, pk=_number(request, "adoption")
    )
    try:
        adoptions.take_back(adoption, by=person(request))
    except adoptions.ChangedSince as since:
        return _adopted(request, work, scenario, errors=_changed(since), status=409)
    except ValidationError as error:
        return _adopted(request, work, scenario, errors=[{"text": " ".join(error.messages)}])
    except access.Refused as refused:
        raise _not_yours(work, refused.decision) from None
    messages.success(
        request, _("Every row is again as it was before “%(name)s” was adopted.") % {"name": adoption.name}
    )
    return redirect(bid_url("scenario-adopted", work.bid, key=key))


def _ask(request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario, **more: Any) -> HttpResponse:
    planned = adoptions.plan(work.facts, scenario)
    places = adoptions.places_of(work.facts, planned.rows)
    refused = adoptions.refusals(work.bid, work.who, work.user, places)
    return page(
        request, work, "bids/scenario/adopt.html", scenario=scenario, rows=rows_of(planned.rows),
        figures=compared(work, scenario.key), costs=_costs(work, scenario.key), refusals=_told(refused, work),
        set_aside=[(said(change, work.facts), reason) for change, reason in planned.set_aside], **more,
    )  # fmt: skip


def _again(request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario) -> HttpResponse:
    """What would be written now, and that it is not what was shown."""
    work.bid.refresh_from_db(fields=["revision"])
    fresh = workspace_of(request, work.bid)
    return _ask(request, fresh, fresh.scenario(scenario.key), errors=[{"sentence": sentence(_MOVED)}], status=409)


def _adopted(request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario, **more: Any) -> HttpResponse:
    """The adoptions of a scenario, the newest first; the newest that stands can be taken back."""
    found = list(Adoption.objects.filter(scenario=scenario).select_related("by", "undone_by"))
    standing = next((adoption for adoption in found if adoption.undone_at is None), None)
    return page(
        request, work, "bids/scenario/adopted.html", scenario=scenario, adoptions=found, standing=standing,
        rows=rows_back(standing.rows) if standing else [], **more,
    )  # fmt: skip


def _costs(work: ScenarioWorkspace, key: str) -> dict[str, tuple[Any, Any]]:
    """By place: what each line costs before and after; nothing where it is gone."""
    before, after = work.outcome().assessment.lines, work.outcome(key).assessment.lines
    return {
        f"budget/{line}": (share.amount, after[line].amount if line in after else None)
        for line, share in before.items()
    }


def _told(refused: dict[str, Decision], work: ScenarioWorkspace) -> list[Sentence]:
    """Why somebody else has to adopt, each reason with the rows it is about."""
    sites = {f"sites/{site.key}": site.name for site in work.facts.sites}
    grouped: dict[str, tuple[Sentence | None, list[str]]] = {}
    for place, decision in refused.items():
        _reason, rows = grouped.setdefault(str(decision.reason), (decision.reason, []))
        rows.append(title_of(place, sites.get(place, "")))
    return [sentence(_NOT_YOURS, rows=_some(rows), reason=reason) for reason, rows in grouped.values()]


def _some(titles: list[str]) -> str:
    """The first of many."""
    return ", ".join(titles[:MOST_NAMED]) + (" …" if len(titles) > MOST_NAMED else "")


def _changed(since: adoptions.ChangedSince) -> list[dict[str, Any]]:
    """Which rows stand in the way."""
    words = _("Nothing was taken back, because these rows were changed since: %(rows)s. Change them back first.")
    return [{"text": words % {"rows": ", ".join(title_of(row["place"], row["name"]) for row in since.rows)}}]


def _not_yours(work: ScenarioWorkspace, decision: Decision) -> NotYours:
    """Write the refusal into the trail; what answers 403 with its reason."""
    with suppress(access.Refused):
        access.refuse(work.bid, work.user, Act.USE_SCENARIOS, decision, work.who.roles)
    return NotYours(decision.reason, bid_url("scenarios", work.bid))


def _number(request: HttpRequest, name: str) -> int:
    """A number as the form sent it; -1, which nothing has, for anything else."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else -1

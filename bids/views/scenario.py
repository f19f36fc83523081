"""Scenarios: side by side, one by one, started, named, thrown away and put back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import scenarios
from bids.actions.changing import Stale
from bids.forms.scenario import BridgeForm, NewScenarioForm, ScenarioForm
from bids.models import Adoption, Scenario
from bids.models.fields import can_be_stored
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import said
from bids.rulebook.text import gettext_noop, sentence
from bids.views.conflict import conflict
from bids.views.removal import version_of
from bids.views.scenario_figures import bars_of, bridge_of, compared, headings, payers_of, side_by_side
from bids.views.scenario_workspace import ScenarioWorkspace, scenario_workspace
from bids.views.shared import bid_url, page, person


@declare(Act.USE_SCENARIOS)
@require_safe
def list_scenarios(request: HttpRequest, reference: str) -> HttpResponse:
    """The bid as it is and every scenario beside it, and what was adopted."""
    work = scenario_workspace(request, reference)
    adoptions = Adoption.objects.filter(bid=work.bid).select_related("scenario", "by")
    return page(
        request, work, "bids/scenario/list.html", tabs=tabs_of(work, "scenarios"), headings=headings(),
        rows=side_by_side(work), plots=[bars_of(work), payers_of(work)] if work.scenarios else [],
        adoptions=list(adoptions), notes={scenario.key: scenario.note for scenario in work.scenarios},
        undo=_undo(work, request.GET.get("removed", "")), has_room=len(work.scenarios) < scenarios.MOST,
    )  # fmt: skip


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def add_scenario(request: HttpRequest, reference: str) -> HttpResponse:
    """A new scenario, empty or with the changes of another."""
    work = scenario_workspace(request, reference)
    form = NewScenarioForm(
        request.POST if request.method == "POST" else None, bid=work.bid, others=work.scenarios,
        initial={"copy_of": request.GET.get("copy_of", "")},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        changes = form.copied.list_of_changes if form.copied else ()
        values = {"name": form.cleaned_data["name"], "note": form.cleaned_data["note"], "changes": changes}
        try:
            scenario = scenarios.start(work.bid, **values, by=person(request))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(bid_url("scenario", work.bid, key=scenario.key))
    return _card(request, work, form, _("Start a scenario"), bid_url("scenarios", work.bid))


@declare(Act.USE_SCENARIOS)
@require_safe
def show_scenario(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """What a scenario changes, what it comes to, and where the difference comes from."""
    work = scenario_workspace(request, reference)
    return scenario_page(request, work, work.scenario(key))


def scenario_page(request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario, **more: Any) -> HttpResponse:
    """The page of one scenario, as every act on it ends there."""
    reasons = dict(work.applied(scenario.key).set_aside)
    changes = scenario.list_of_changes
    told = [(said(change, work.facts), reasons.get(change)) for change in changes]
    others = [other for other in work.scenarios if other.key != scenario.key]
    asked = BridgeForm(request.GET, others)
    return page(
        request, work, "bids/scenario/show.html", scenario=scenario, tabs=tabs_of(work, ""), changes=told,
        figures=compared(work, scenario.key), bridge=asked, plot=bridge_of(work, scenario.key, asked),
        adopted=scenario.adoptions.filter(undone_at=None).select_related("by").first(), **more,
    )  # fmt: skip


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def edit_scenario(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Its name, and a note on it."""
    work = scenario_workspace(request, reference)
    scenario = get_object_or_404(Scenario.objects.select_related("bid"), bid=work.bid, key=key)
    if scenario.removed_at and request.method != "POST":
        raise Http404
    form = ScenarioForm(request.POST if request.method == "POST" else None, bid=work.bid, instance=scenario)
    back = bid_url("scenario", work.bid, key=key)
    if request.method == "POST" and form.is_valid():
        try:
            scenarios.revise(scenario, form.changes, seen=form.seen, by=person(request))
        except Stale as stale:
            return conflict(request, work, form, stale, back)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect(back)
    return _card(request, work, form, _("Name and note"), back)


@declare(Act.USE_SCENARIOS)
@require_POST
def delete_scenario(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Takes a scenario out of the list at once; the page offers the way back."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)
    try:
        scenarios.remove(scenario, seen=version_of(request), by=person(request))
    except Stale:
        return scenario_page(request, work, scenario, status=409, errors=[{"text": changed_meanwhile()}])
    return redirect(bid_url("scenarios", work.bid) + f"?removed={key}")


@declare(Act.USE_SCENARIOS)
@require_POST
def restore_scenario(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Puts a removed scenario back as it was."""
    work = scenario_workspace(request, reference)
    scenario = get_object_or_404(Scenario, bid=work.bid, key=key)
    try:
        scenarios.restore(scenario, by=person(request))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect(bid_url("scenarios", work.bid))
    messages.success(request, _("“%(name)s” is back.") % {"name": scenario.name})
    return redirect(bid_url("scenario", work.bid, key=key))


def tabs_of(work: ScenarioWorkspace, here: str) -> list[dict[str, Any]]:
    """The pages about scenarios as a whole."""
    pages = (
        ("scenarios", _("Side by side")),
        ("sensitivity", _("What moves it most")),
        ("solve", _("Look for a value")),
    )
    return [{"title": title, "url": bid_url(name, work.bid), "current": name == here} for name, title in pages]


def changed_meanwhile() -> str:
    return wording.say(sentence(gettext_noop("Somebody changed this in the meantime. Look at it again, then decide.")))


def _undo(work: ScenarioWorkspace, key: str) -> dict[str, Any] | None:
    """The way back for a scenario that was just removed."""
    is_asked = key and can_be_stored(key)
    gone = Scenario.objects.filter(bid=work.bid, key=key).exclude(removed_at=None).first() if is_asked else None
    if gone is None:
        return None
    words = sentence(gettext_noop("The scenario “%(name)s” was removed."), name=gone.name)
    return {"sentence": words, "url": bid_url("scenario-restore", work.bid, key=key), "fields": {}}


def _card(request: HttpRequest, work: ScenarioWorkspace, form: ScenarioForm, title: str, back: str) -> HttpResponse:
    return page(request, work, "bids/scenario/edit.html", form=form, title=title, cancel_url=back)

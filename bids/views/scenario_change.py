"""The changes of a scenario: added in two steps (which lever, then its value), edited, moved, taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.declare import declare
from bids import wording
from bids.actions import scenarios
from bids.actions.changing import Stale
from bids.forms.lever import ChangeForm, levers_of
from bids.models import Scenario
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import LEVERS, Change, Lever, said
from bids.rulebook.text import Sentence
from bids.views.removal import version_of
from bids.views.scenario import changed_meanwhile, scenario_page
from bids.views.scenario_workspace import ScenarioWorkspace, scenario_workspace
from bids.views.shared import bid_url, page, person


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def add_change(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """First which lever, then what it points at and its value."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)
    lever = lever_of(request.GET.get("lever", ""))
    if lever is None:
        return page(
            request, work, "bids/scenario/levers.html", scenario=scenario, levers=levers_of(work.facts, work.call)
        )
    form = _form(request, work, scenario, lever, {"target": request.GET.get("target", "")})
    if request.method == "POST" and form.is_valid():

        def put() -> Scenario:
            return scenarios.put_change(scenario, form.change, seen=form.seen, by=person(request))

        return _attempt(request, work, form, put, key)
    return _card(request, work, form, key)


@declare(Act.USE_SCENARIOS)
@require_http_methods(["GET", "POST"])
def edit_change(request: HttpRequest, reference: str, key: str, number: int) -> HttpResponse:
    """Another value, or another thing the lever points at."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)
    change = _change(scenario, number)
    form = _form(request, work, scenario, change.of, {"target": change.target, "value": change.value})
    if request.method == "POST" and form.is_valid():

        def put() -> Scenario:
            return scenarios.put_change(scenario, form.change, number=number - 1, seen=form.seen, by=person(request))

        return _attempt(request, work, form, put, key)
    return _card(request, work, form, key)


@declare(Act.USE_SCENARIOS)
@require_POST
def delete_change(request: HttpRequest, reference: str, key: str, number: int) -> HttpResponse:
    """Takes a change out of the list."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)

    def drop() -> Scenario:
        _change(scenario, number)
        return scenarios.drop_change(scenario, number - 1, seen=version_of(request), by=person(request))

    return _act(request, work, scenario, drop)


@declare(Act.USE_SCENARIOS)
@require_POST
def move_change(request: HttpRequest, reference: str, key: str, number: int) -> HttpResponse:
    """Makes a change earlier or later than the one beside it."""
    work = scenario_workspace(request, reference)
    scenario = work.scenario(key)

    def move() -> Scenario:
        _change(scenario, number)
        seen, up = version_of(request), "up" in request.POST
        return scenarios.move_change(scenario, number - 1, up=up, seen=seen, by=person(request))

    return _act(request, work, scenario, move)


def lever_of(name: str) -> Lever | None:
    return next((lever for lever in LEVERS.values() if lever.name == name), None)


def _change(scenario: Scenario, number: int) -> Change:
    """The change at this place, counted from one; 404 where there is none."""
    changes = scenario.list_of_changes
    if not 1 <= number <= len(changes):
        raise Http404
    return changes[number - 1]


def _form(
    request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario, lever: Lever, initial: dict[str, Any]
) -> ChangeForm:
    given = request.POST if request.method == "POST" else None
    initial |= {"version": scenario.version}
    return ChangeForm(given, lever=lever, facts=work.facts, call=work.call, initial=initial)


def _attempt(
    request: HttpRequest, work: ScenarioWorkspace, form: ChangeForm, put: Callable[[], Scenario], key: str
) -> HttpResponse:
    """Save a change; what is wrong with it, or that somebody was first, is said above what was typed."""
    try:
        put()
    except ValidationError as error:
        form.add_error(None, error)
        return _card(request, work, form, key)
    except Stale as stale:
        return _conflict(request, work, form, stale, key)
    return redirect(bid_url("scenario", work.bid, key=key))


def _conflict(request: HttpRequest, work: ScenarioWorkspace, form: ChangeForm, stale: Stale, key: str) -> HttpResponse:
    """Somebody else changed the scenario: what was typed stays in the form, what they made of it stands beside."""
    now: Scenario | None = stale.theirs
    if now is None:
        raise Http404
    form.data = dict(form.data.items()) | {"version": str(now.version)}
    theirs = [said(change, work.facts) for change in now.list_of_changes]
    return _card(request, work, form, key, status=409, theirs=theirs, errors=[{"text": changed_meanwhile()}])


def _act(
    request: HttpRequest, work: ScenarioWorkspace, scenario: Scenario, act: Callable[[], Scenario]
) -> HttpResponse:
    """Do something with one change of the list as it was seen, and show the scenario again."""
    try:
        act()
    except Stale:
        return scenario_page(request, work, scenario, status=409, errors=[{"text": changed_meanwhile()}])
    return redirect(bid_url("scenario", work.bid, key=scenario.key) + "#changes")


def _card(request: HttpRequest, work: ScenarioWorkspace, form: ChangeForm, key: str, **more: Any) -> HttpResponse:
    title: Sentence | str = Sentence(form.lever.name.label)
    return page(
        request, work, "bids/scenario/change.html", form=form, scenario=work.scenario(key),
        title=_("Change: %(lever)s") % {"lever": wording.say(title)}, cancel_url=bid_url("scenario", work.bid, key=key),
        **more,
    )  # fmt: skip

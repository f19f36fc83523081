"""Which value of a lever brings a figure to a target, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from accounts.declare import declare
from bids import wording
from bids.actions import scenarios
from bids.actions.changing import Stale
from bids.forms.lever import levers_of, words_of
from bids.forms.questions import SolveForm
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import (
    Change,
    Measure,
    Refusal,
    Solution,
    Unreachable,
    check,
    most_under,
    read,
    said,
    shown,
    solve,
)
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.views.scenario import changed_meanwhile, tabs_of
from bids.views.scenario_change import lever_of
from bids.views.scenario_figures import measured_as
from bids.views.scenario_workspace import ScenarioWorkspace, scenario_workspace
from bids.views.shared import bid_url, page, person

_EXACT = gettext_noop("%(change)s Then the figure “%(measure)s” is exactly %(reached)s.")
_REACHED = gettext_noop(
    "%(change)s Then the figure “%(measure)s” is %(reached)s: as near to %(goal)s as it comes without passing it."
)
_BEYOND = gettext_noop("The next value passes it: with %(value)s the figure is %(passed)s.")
_RANGE = gettext_noop("Within reach is everything from %(least)s to %(most)s.")


@dataclass(frozen=True)
class Answer:
    """What was found, in sentences; `change` can be put into a scenario, where there is one."""

    sentences: tuple[Sentence, ...]
    change: Change | None = None

    @property
    def value(self) -> str:
        """The value as forms of this page send it on."""
        return f"{self.change.value:f}" if self.change and self.change.value is not None else ""


@declare(Act.USE_SCENARIOS)
@require_safe
def show_solve(request: HttpRequest, reference: str) -> HttpResponse:
    """First which lever, then which figure is to become what; the answer stands on the same page."""
    work = scenario_workspace(request, reference)
    lever, tabs = lever_of(request.GET.get("lever", "")), tabs_of(work, "solve")
    if lever is None or not lever.can_be_solved:
        levers = [each for each in levers_of(work.facts, work.call) if each.can_be_solved]
        return page(request, work, "bids/scenario/solve_levers.html", levers=levers, tabs=tabs)
    key = request.GET.get("base", "")
    asked = request.GET if "figure" in request.GET else None
    form = SolveForm(asked, base=key, lever=lever, facts=work.base(key), call=work.call, scenarios=work.scenarios)
    answer = _answer(work, form) if form.is_bound and form.is_valid() else None
    return page(
        request, work, "bids/scenario/solve.html", form=form, lever=lever, answer=answer, tabs=tabs,
        has_room=len(work.scenarios) < scenarios.MOST,
    )  # fmt: skip


@declare(Act.USE_SCENARIOS)
@require_POST
def use_value(request: HttpRequest, reference: str) -> HttpResponse:
    """Puts a value that was found into a scenario, or starts one with it."""
    work = scenario_workspace(request, reference)
    try:
        change = _posted(request, work)
        key = _put(request, work, change)
    except Refusal as refusal:
        messages.warning(request, wording.say(refusal.sentence))
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
    except Stale:
        messages.warning(request, changed_meanwhile())
    else:
        return redirect(bid_url("scenario", work.bid, key=key))
    return redirect(bid_url("solve", work.bid))


def _answer(work: ScenarioWorkspace, form: SolveForm) -> Answer:
    """Search from the scenario without what it says about the lever itself."""
    asked, key = form.asked, form.cleaned_data["base"]
    changes = work.scenario(key).list_of_changes if key else ()
    others = [each for each in changes if (each.lever, each.target) != (asked.lever, asked.target)]
    measure, goal = form.asked_measure, form.cleaned_data["goal"]
    found = solve(work.facts, work.call, others, asked, measure, goal, on=clock.today())
    return _none(found, measure) if isinstance(found, Unreachable) else _found(found, measure, goal, work)


def _none(found: Unreachable, measure: Measure) -> Answer:
    if found.least == found.most:
        return Answer((found.reason,))
    least, most = measured_as(measure, found.least), measured_as(measure, found.most)
    return Answer((found.reason, sentence(_RANGE, least=least, most=most)))


def _found(found: Solution, measure: Measure, goal: Fraction, work: ScenarioWorkspace) -> Answer:
    told = {
        "change": said(found.change, work.facts), "measure": Sentence(measure.label),
        "reached": measured_as(measure, found.reached),
    }  # fmt: skip
    if found.beyond is None or found.passed is None or found.beyond.value is None:
        return Answer((sentence(_EXACT, **told),), found.change)
    near = sentence(_REACHED, **told, goal=measured_as(measure, goal))
    value = shown(found.beyond.of, found.beyond.value)
    return Answer((near, sentence(_BEYOND, value=value, passed=measured_as(measure, found.passed))), found.change)


def _posted(request: HttpRequest, work: ScenarioWorkspace) -> Change:
    """The change as the page of the answer sent it; raises `Refusal` for anything else."""
    row = {name: request.POST.get(name, "") for name in ("lever", "target", "value")}
    (change,) = read([row])
    if refused := check(change, work.facts, most_under(work.call, change.lever)):
        raise Refusal(refused)
    return change


def _put(request: HttpRequest, work: ScenarioWorkspace, change: Change) -> str:
    """Into the chosen scenario, or into a new one named after the value."""
    key, by = request.POST.get("scenario", ""), person(request)
    if key:
        scenario = work.scenario(key)
        return scenarios.settle_on(scenario, change, seen=scenario.version, by=by).key
    taken = {scenario.name.casefold() for scenario in work.scenarios}
    return scenarios.start(work.bid, _free_name(change, work, taken), changes=[change], by=by).key


def _free_name(change: Change, work: ScenarioWorkspace, taken: set[str]) -> str:
    """`Number of accelerators 312`, with a number behind it where another scenario is called so."""
    value = wording.show(shown(change.of, change.value)) if change.value is not None else ""
    name = f"{words_of(change.of, change.target, work.facts)[:40]} {value}".strip()
    names = (name if number == 1 else f"{name} ({number})" for number in range(1, len(taken) + 2))
    return next(name for name in names if name.casefold() not in taken)

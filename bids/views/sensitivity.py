"""What moves a bid most: drivers, each moved down and up by itself."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import clock
from accounts.declare import declare
from bids import plots, wording
from bids.forms.lever import words_of
from bids.forms.questions import SensitivityForm
from bids.plots import Plot
from bids.rulebook.facts import BidFacts
from bids.rulebook.permits import Act
from bids.rulebook.scenarios import Change, Measure, Swing, drivers, shown, tornado
from bids.views.scenario import tabs_of
from bids.views.scenario_figures import measured_as
from bids.views.scenario_workspace import scenario_workspace
from bids.views.shared import page


@declare(Act.USE_SCENARIOS)
@require_safe
def show_sensitivity(request: HttpRequest, reference: str) -> HttpResponse:
    """Chosen drivers, or those that usually matter; the widest swing first."""
    work = scenario_workspace(request, reference)
    key = request.GET.get("base", "")
    base = work.base(key)
    asked = request.GET if "measure" in request.GET else None
    form = SensitivityForm(asked, base=key, facts=base, call=work.call, scenarios=work.scenarios)
    measure, chosen = Measure.NATIONAL, drivers(base, work.call)
    if form.is_bound:
        measure, chosen = (form.asked_measure, form.cleaned_data["drivers"]) if form.is_valid() else (measure, [])
    swings = tornado(base, work.call, chosen, measure, on=clock.today())
    return page(
        request, work, "bids/scenario/sensitivity.html", form=form, tabs=tabs_of(work, "sensitivity"),
        plot=_plot(swings, measure, base) if swings else None,
    )  # fmt: skip


def _plot(swings: list[Swing], measure: Measure, facts: BidFacts) -> Plot:
    title = _("What moves most: %(figure)s") if measure.is_share else _("What moves most: %(figure)s, million €")
    now = measured_as(measure, swings[0].now)
    return plots.tornado(title % {"figure": wording.word(measure)}, now, list(_drawn(swings, measure, facts)))


def _drawn(swings: Iterable[Swing], measure: Measure, facts: BidFacts) -> Iterable[plots.Driver]:
    for swing in swings:
        low, high = swing.driver.low, swing.driver.high
        ends = (measured_as(measure, end) for end in (swing.at_low, swing.at_high))
        yield plots.Driver(words_of(low.of, low.target, facts), _value(low), _value(high), *ends)


def _value(change: Change) -> str:
    return wording.show(shown(change.of, change.value)) if change.value is not None else ""

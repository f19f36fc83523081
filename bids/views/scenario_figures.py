"""Scenarios in figures: side by side, and from one to the other."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from bids import wording
from bids.dossier.names import Names
from bids.forms.scenario import MONEY, THE_BID, BridgeForm
from bids.plots import Plot, grouped_bars, stacked_bars, waterfall
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import MEASURES, By, Measure, Outcome, bridge
from bids.views.scenario_workspace import ScenarioWorkspace

MOST_STEPS = 8  # of a waterfall; what is smaller is drawn as one
IN_BARS = (Measure.TOTAL, Measure.EU, Measure.NATIONAL)


@dataclass(frozen=True)
class Cell:
    """A figure, and how far it is from that of the bid as it is."""

    value: str
    difference: str = ""


@dataclass(frozen=True)
class Row:
    """The bid or a scenario with all its figures."""

    key: str
    name: str
    cells: tuple[Cell, ...]


def headings() -> list[str]:
    """What the figures are called, in their order."""
    measures = [wording.word(measure) if measure.is_share else _in_euro(wording.word(measure)) for measure in Measure]
    return [*measures, _("Accelerators"), _("Their power (kW)")]


def side_by_side(work: ScenarioWorkspace) -> list[Row]:
    """The bid as it is first, then each scenario."""
    keys = ["", *(scenario.key for scenario in work.scenarios)]
    return [Row(key, work.name(key) if key else str(THE_BID), cells_of(work, key)) for key in keys]


def cells_of(work: ScenarioWorkspace, key: str) -> tuple[Cell, ...]:
    """Every figure of a scenario, each with its difference."""
    values, before = figures_of(work.outcome(key)), figures_of(work.outcome())
    return tuple(_cell(value, was, bool(key)) for value, was in zip(values, before, strict=True))


def figures_of(found: Outcome) -> list[Any]:
    """Money, shares, and what stands at the sites."""
    measured = [measured_as(measure, MEASURES[measure](found.assessment)) for measure in Measure]
    return [*measured, Decimal(found.accelerators), found.power_kw]


def measured_as(measure: Measure, value: Fraction) -> Euro | Fraction:
    """A measure in the form people read: a share, or money."""
    return value if measure.is_share else Euro(int(value))


def compared(work: ScenarioWorkspace, key: str) -> list[tuple[str, Cell, Cell]]:
    """Figure by figure: its name, the bid as it is, and the scenario."""
    return list(zip(headings(), cells_of(work, ""), cells_of(work, key), strict=True))


def bars_of(work: ScenarioWorkspace) -> Plot:
    """Bid and scenarios beside each other."""
    series = [wording.word(measure) for measure in IN_BARS]
    entries = [(row.name, [_euro(work, row.key, measure) for measure in IN_BARS]) for row in side_by_side(work)]
    return grouped_bars(_("Side by side, million €"), series, entries)


def payers_of(work: ScenarioWorkspace) -> Plot:
    """Who pays in the bid and in each scenario."""
    series = [_("Union"), _("National share"), _("Other payers"), _("Funded elsewhere")]
    entries = []
    for row in side_by_side(work):
        found = work.outcome(row.key).assessment
        entries.append((row.name, [found.eu, found.national, found.other, found.elsewhere]))
    kept = [index for index in range(len(series)) if index < 2 or any(amounts[index] for _name, amounts in entries)]
    return stacked_bars(
        _("Who pays, million €"),
        [series[index] for index in kept],
        [(name, [amounts[index] for index in kept]) for name, amounts in entries],
    )


def bridge_of(work: ScenarioWorkspace, key: str, asked: BridgeForm) -> Plot:
    """Where the difference between a scenario and the bid, or another scenario, comes from."""
    since, by, money = asked.chosen["since"], By(asked.chosen["by"]), asked.chosen["money"]
    before, after = work.outcome(since).assessment, work.outcome(key).assessment
    start = (work.name(since) if since else str(THE_BID), _of(before, money))
    spans = [(_called(span.key, by, work.facts), getattr(span, money)) for span in bridge(before, after, by)]
    spans = [(name, amount) for name, amount in spans if amount]
    title = _titles()[by] % {"money": MONEY[money], "name": work.name(key)}
    return waterfall(title, start, _few(spans), (work.name(key), _of(after, money)))


def _titles() -> dict[By, str]:
    return {
        By.CATEGORY: _("%(name)s: %(money)s by category, million €"),
        By.PARTNER: _("%(name)s: %(money)s by partner, million €"),
        By.SITE: _("%(name)s: %(money)s by site, million €"),
        By.STREAM: _("%(name)s: %(money)s by stream, million €"),
        By.YEAR: _("%(name)s: %(money)s by year, million €"),
    }


def _few(spans: list[tuple[str, Euro]]) -> list[tuple[str, Euro]]:
    """The largest differences by themselves, the others as one."""
    ranked = sorted(spans, key=lambda span: -abs(span[1].cents))
    if len(ranked) <= MOST_STEPS:
        return ranked
    rest = Euro.total(amount for _name, amount in ranked[MOST_STEPS - 1 :])
    return [*ranked[: MOST_STEPS - 1], (_("Everything else"), rest)]


def _of(found: Any, money: str) -> Euro:
    return found.total - found.eu if money == "rest" else getattr(found, money)


def _called(key: str, by: By, facts: BidFacts) -> str:
    names = Names(facts)
    labels = {
        By.CATEGORY: names.categories, By.PARTNER: names.buyers, By.SITE: names.places, By.STREAM: names.streams,
        By.YEAR: names.years,
    }  # fmt: skip
    return labels[by].get(key)


def _euro(work: ScenarioWorkspace, key: str, measure: Measure) -> Euro:
    return Euro(int(MEASURES[measure](work.outcome(key).assessment)))


def _cell(value: Any, before: Any, is_compared: bool) -> Cell:
    shown = _shown(value)
    return Cell(shown, _difference(value, before) if is_compared and value != before else "")


def _shown(value: Any) -> str:
    match value:
        case Euro():
            return wording.amount(value)
        case Fraction():
            return wording.percent(value, 2)
    return wording.decimal(value)


def _difference(value: Any, before: Any) -> str:
    words = _shown(value - before)
    return f"+{words}" if value > before else words


def _in_euro(name: str) -> str:
    return _("%(name)s (€)") % {"name": name}

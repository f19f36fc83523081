"""A figure of an assessment: what it is called, its value, its neighbours, and what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import fields as parts_of
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from bids import wording
from bids.dossier.names import Labels, Names, figure_titles
from bids.forms.budget_filter import KEYS
from bids.forms.formula import FORMULAS
from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding import is_stated
from bids.rulebook.money import Euro
from bids.views.budget_workspace import MoneyWorkspace
from bids.views.shared import bid_url

# The sections of an assessment, and by which choice of the table their lines are found.
FILTERS = {
    "streams": "stream", "partners": "partner", "sites": "site", "work_packages": "work_package",
    "categories": "category", "years": "year",
}  # fmt: skip
OF_THE_BUDGET = Q(about__startswith="budget/") | Q(about__startswith="partners/") | Q(about="bid")
OF_THE_MONEY = OF_THE_BUDGET | Q(about__startswith="commitments/")
BY_COMMITMENTS = ("other", "national", "committed", "signed", "uncovered")


@dataclass(frozen=True, slots=True)
class Input:
    """Something that goes into a figure, and where it is written."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`sources` finds the events that moved it; `tabs` are the other figures of the same thing."""

    name: str
    title: str
    value: Any
    is_share: bool
    inputs: tuple[Input, ...]
    tabs: tuple[dict[str, Any], ...]
    sources: Q


def figure_of(work: MoneyWorkspace, name: str) -> Figure:
    """A figure that is known to exist, by its place in the assessment."""
    section, _slash, rest = name.partition("/")
    key, _slash, field = rest.rpartition("/")
    if not field:
        return _of_the_bid(work, name)
    thing = getattr(work.assessment, section)[key]
    tabs = tuple(
        _tab(work, f"{section}/{key}/{part.name}", part.name, name)
        for part in parts_of(thing)
        if _told(part.name) and is_stated(thing, part.name)
    )
    return Figure(
        name=name,
        title=title_of(work.facts, name),
        value=getattr(thing, field),
        is_share=field.startswith("rate"),
        inputs=tuple(_line_inputs(work, key) if section == "lines" else _inputs(work, section, key)),
        tabs=tabs,
        sources=_sources(work, section, key),
    )


def title_of(facts: BidFacts, name: str) -> str:
    """What people call a figure: `partners/imec/eu` is "Contribution of the Union: imec"."""
    section, _slash, rest = name.partition("/")
    key, _slash, field = rest.rpartition("/")
    if not field:
        return figure_titles()[name]
    return _("%(figure)s: %(thing)s") % {"figure": fields()[field], "thing": _called(facts, section, key)}


def _of_the_bid(work: MoneyWorkspace, name: str) -> Figure:
    of_money = name in BY_COMMITMENTS
    return Figure(
        name=name,
        title=figure_titles()[name],
        value=getattr(work.assessment, name),
        is_share=name.endswith("share"),
        inputs=tuple(_bid_inputs(work, of_money)),
        tabs=tuple(
            _tab(work, other, "", name, words)
            for other, words in figure_titles().items()
            if is_stated(work.assessment, other)
        ),
        sources=OF_THE_MONEY if of_money else OF_THE_BUDGET,
    )


def fields() -> dict[str, str]:
    """What the figures of a part of the bid are called."""
    return {
        "amount": _("Amount"),
        "indirect": _("Indirect costs"),
        "total": _("Total"),
        "in_kind": _("Contribution in kind"),
        "revenues": _("Expected revenues"),
        "surplus": _("Surplus of revenues"),
        "eligible": _("Eligible"),
        "eu": _("Contribution of the Union"),
        "direct": _("Direct costs"),
        "indirect_base": _("Base of the indirect costs"),
        "rate": _("Rate"),
        "computed": _("Computed contribution"),
        "national": _("Rest of the eligible costs"),
        "machine_total": _("Cost outside the grants"),
        "machine_eu": _("Contribution of the Union outside the grants"),
        "eu_before_cap": _("Contribution of the Union before the cap"),
        "cap": _("Cap"),
        "capped": _("Cut at the cap"),
        "acquisition": _("Acquisition"),
        "operation": _("Operation"),
        "eu_acquisition": _("Contribution of the Union to the acquisition"),
        "eu_operation": _("Contribution of the Union to the operation"),
        "rate_acquisition": _("Rate of the acquisition"),
        "rate_operation": _("Rate of the operation"),
        "states_min": _("Least part of the States"),
        "rest": _("Rest"),
    }


def _told(name: str) -> bool:
    return name in fields()


def _tab(work: MoneyWorkspace, name: str, field: str, current: str, words: str = "") -> dict[str, Any]:
    title = words or fields()[field]
    return {"title": title, "url": bid_url("why", work.bid, figure=name), "current": name == current}


def _called(facts: BidFacts, section: str, key: str) -> str:
    names = Names(facts)
    if section == "lines":
        return _("line %(line)s") % {"line": key}
    found: dict[str, Labels] = {
        "streams": names.streams, "partners": names.buyers, "sites": names.places,
        "work_packages": names.packages, "categories": names.categories, "years": names.years,
    }  # fmt: skip
    return found[section].get(key)


def _bid_inputs(work: MoneyWorkspace, of_money: bool) -> Iterator[Input]:
    yield Input(_("Budget lines"), str(len(work.facts.budget)), bid_url("budget", work.bid))
    for name, share in work.assessment.streams.items():
        url = bid_url("why", work.bid, figure=f"streams/{name}/eu")
        yield Input(_called(work.facts, "streams", name), wording.euro(share.eu), url)
    if of_money:
        promised = Euro.total(each.amount for each in work.facts.commitments)
        yield Input(_("Commitments"), wording.euro(promised), bid_url("financing", work.bid))


def _inputs(work: MoneyWorkspace, section: str, key: str) -> Iterator[Input]:
    """The lines that belong to this part of the bid, and what the partner's card says."""
    lines = _lines(work, section, key)
    url = f"{bid_url('budget', work.bid)}?{FILTERS[section]}={key}"
    yield Input(_("Budget lines"), str(len(lines)), url)
    card = next((each for each in work.facts.partners if section == "partners" and each.key == key), None)
    if card is not None:
        yield Input(_("Kind"), wording.word(card.kind))
        yield Input(_("Role"), wording.word(card.role))
        for label, amount in (
            (_("Requested contribution"), card.requested_eu),
            (_("State money for its costs"), card.state_money),
            (_("Other money of the Union for its costs"), card.other_union_money),
            (_("Expected revenues"), card.expected_revenues),
        ):
            if amount is not None:
                yield Input(label, wording.euro(amount))


def _line_inputs(work: MoneyWorkspace, key: str) -> Iterator[Input]:
    """What was typed into the line."""
    line = next(line for line in work.facts.budget if line.key == key)
    names = Names(work.facts)
    told: list[tuple[str, Any]] = [
        (_("Description"), line.description),
        (_("Stream"), line.stream),
        (_("Partner"), names.partners.get(line.partner) if line.partner else None),
        (_("Category"), names.categories.get(line.category) if line.category else None),
        (_("Amount"), line.amount),
        (_("Quantity"), line.quantity),
        (_("Unit cost"), line.unit_cost),
        (_("Formula"), FORMULAS[line.pricing.kind] if line.pricing else None),
    ]
    for label, value in told:
        if value not in (None, ""):
            yield Input(label, wording.show(value))


def _lines(work: MoneyWorkspace, section: str, key: str) -> list[CostFact]:
    of: Callable[[CostFact], str] = KEYS[FILTERS[section]]
    return [line for line in work.facts.budget if of(line) == key]


def _sources(work: MoneyWorkspace, section: str, key: str) -> Q:
    """The events that can have moved the figures of this part."""
    if section == "lines":
        return Q(about=f"budget/{key}")
    if section == "streams":
        return OF_THE_BUDGET
    return Q(about__in=[f"budget/{line.key}" for line in _lines(work, section, key)]) | Q(about=f"{section}/{key}")

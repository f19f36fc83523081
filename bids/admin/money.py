"""The money of a round from every side, each figure with the way to its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids.admin.bid_file import BidFile, open_file, page
from bids.dossier.names import Labels
from bids.dossier.sections.figures import by_partner, by_site, by_year, who_pays
from bids.rulebook.funding import UnknownFigure, is_stated, why
from bids.rulebook.money import Euro, ratio
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Category


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a view; the addresses lead to the reasons of its two figures."""

    name: str
    total: Euro
    eu: Euro
    why_total: str
    why_eu: str

    @property
    def rest(self) -> Euro:
        return self.total - self.eu

    @property
    def share(self) -> Decimal | None:
        return ratio(self.eu, self.total)


@dataclass(frozen=True, slots=True)
class View:
    """A table of such lines."""

    title: str
    first: str
    rows: list[Row]


@declare(Act.READ_SNAPSHOT)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The same money by stream, partner, site, category, year and work package."""
    file = open_file(request, reference, "budget", to=Act.READ_SNAPSHOT)
    source = file.source
    plots = [who_pays(source), by_partner(source), by_year(source)] + ([by_site(source)] if file.facts.sites else [])
    return page(request, file, "admin/bid/money.html", figures=figures(file), views=views(file), plots=plots)


@declare(Act.READ_SNAPSHOT)
@require_safe
def show_why(request: HttpRequest, reference: str, figure: str) -> HttpResponse:
    """Why a figure is what it is, step by step, with the legal act of each."""
    file = open_file(request, reference, "budget", to=Act.READ_SNAPSHOT)
    try:
        steps = why(file.assessment, file.facts, file.call, figure)
    except UnknownFigure:
        raise Http404 from None
    return page(request, file, "admin/bid/why.html", steps=steps, figure=figure)


def figures(file: BidFile) -> list[dict[str, Any]]:
    """The totals of a round, for the card of figures."""
    found = file.assessment
    rows = [
        (_("Total cost"), "total", found.total),
        (_("Contribution of the Union"), "eu", found.eu),
        (_("National share"), "national", found.national),
        (_("Signed by public payers"), "signed", found.signed),
        (_("Not covered by a signature"), "uncovered", found.uncovered),
    ]
    shown: list[dict[str, Any]] = [
        {"label": label, "value": value, "why_url": why_url(file, name)} for label, name, value in rows
    ]
    shown.insert(2, {"label": _("Share of the Union"), "share": found.eu_share})
    beside = ((_("Contributions in kind"), "in_kind"), (_("Expected revenues"), "revenues"),
              (_("Surplus of revenues"), "surplus"))  # fmt: skip
    shown += [
        {"label": label, "value": getattr(found, name), "why_url": why_url(file, name)}
        for label, name in beside
        if is_stated(found, name)
    ]
    if found.union_access_share is not None:
        reason = why_url(file, "union_access_share")
        shown.append({"label": _("Union’s share of access time"), "share": found.union_access_share, "why_url": reason})
    return shown


def views(file: BidFile) -> list[View]:
    """Every side; what names no site, year or package comes last."""
    found, names, facts = file.assessment, file.names, file.facts
    partners = {key: (share.total, share.eu + share.machine_eu) for key, share in found.partners.items()}
    streams = {key: (share.total, share.eu) for key, share in found.streams.items()}
    made: list[tuple[str, str, str, dict[str, tuple[Euro, Euro]], Labels, list[Any]]] = [
        (_("By stream"), _("Stream"), "streams", streams, names.streams, list(streams)),
        (_("By partner"), _("Partner"), "partners", partners, names.buyers, [one.key for one in facts.partners]),
        (_("By site"), _("Site"), "sites", _pairs(found.sites), names.places, [one.key for one in facts.sites]),
        (_("By category"), _("Category"), "categories", _pairs(found.categories), names.categories, list(Category)),
        (_("By year"), _("Year"), "years", _pairs(found.years), names.years, sorted(found.years)),
        (_("By work package"), _("Work package"), "work_packages", _pairs(found.work_packages), names.packages,
         [one.key for one in facts.work_packages]),
    ]  # fmt: skip
    return [
        View(title, first, _rows(file, name, sums, labels, order)) for title, first, name, sums, labels, order in made
    ]


def why_url(file: BidFile, figure: str) -> str:
    return file.url("bid-why", quote(figure, safe="/"))


def _pairs(found: Mapping[str, Any]) -> dict[str, tuple[Euro, Euro]]:
    return {key: (view.total, view.eu) for key, view in found.items()}


def _rows(
    file: BidFile, name: str, sums: Mapping[str, tuple[Euro, Euro]], labels: Labels, order: Iterable[str]
) -> list[Row]:
    place = {key: position for position, key in enumerate(order)}
    keys = sorted(sums, key=lambda key: (key == "-", place.get(key, len(place))))
    return [_row(file, name, key, labels.get(key), *sums[key]) for key in keys]


def _row(file: BidFile, section: str, key: str, name: str, total: Euro, eu: Euro) -> Row:
    reason = f"{section}/{key}/{_field(file, section, key)}"
    return Row(name, total, eu, why_url(file, f"{section}/{key}/total"), why_url(file, reason))


def _field(file: BidFile, section: str, key: str) -> str:
    """Which figure the Union's part of a row is: a partner that only takes part in the machine has it there."""
    share = file.assessment.partners.get(key) if section == "partners" else None
    return "machine_eu" if share is not None and share.machine_eu and not share.eu else "eu"

"""The plots of a dossier: the same drawings as on the pages, from the same figures."""

from __future__ import annotations

from django.utils.translation import gettext

from bids.dossier.names import Names
from bids.dossier.sections.payers import payers
from bids.dossier.source import Source
from bids.plots import Place, Plot, Span, coverage, donut, gantt, site_map, stacked_bars
from bids.rulebook.facts import WorkPackageFacts
from bids.rulebook.funding.assessment import PartnerShare, View
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus

MOST_BARS = 10  # the largest; the table beside holds them all
MOST_ROWS = 34  # of a Gantt chart on one page


def of_payers(source: Source) -> list[Plot]:
    """Who pays, and what the States have promised of their share; no drawing where there is nothing to draw."""
    drawn = [(source.assessment.total, who_pays), (source.assessment.national, national_cover)]
    return [draw(source) for amount, draw in drawn if amount]


def who_pays(source: Source) -> Plot:
    return donut(gettext("Who pays, in millions of euro"), [(payer.name, payer.amount) for payer in payers(source)])


def by_partner(source: Source) -> Plot:
    names = Names(source.facts)
    shares = source.assessment.partners
    order = sorted(shares, key=lambda key: (-shares[key].total.cents, key))[:MOST_BARS]
    bars = [(names.buyers.get(key), _parts(shares[key])) for key in order]
    return stacked_bars(gettext("Costs by partner, in millions of euro"), _payers(), bars)


def by_site(source: Source) -> Plot:
    names = Names(source.facts)
    return stacked_bars(
        gettext("Costs by site, in millions of euro"),
        _payers(),
        [(names.places.get(key), _parts(view)) for key, view in source.assessment.sites.items()],
    )


def by_year(source: Source) -> Plot:
    names = Names(source.facts)
    return stacked_bars(
        gettext("Costs by year, in millions of euro"),
        _payers(),
        [(names.years.get(key), _parts(view)) for key, view in source.assessment.years.items()],
    )


def national_cover(source: Source) -> Plot:
    """What is signed, pledged and announced by public payers, against the national share."""
    public = [each for each in source.facts.commitments if each.kind.is_national]
    sums = {status: Euro.total(c.amount for c in public if c.status is status) for status in CommitmentStatus}
    signed = source.assessment.signed  # without signatures that have run out
    parts = [
        (gettext("Signed"), signed),
        (gettext("Pledged"), sums[CommitmentStatus.PLEDGED]),
        (gettext("Announced"), sums[CommitmentStatus.ANNOUNCED]),
    ]
    shown = [part for part in parts if part[1]]
    return coverage(gettext("Cover of the national share, in millions of euro"), source.assessment.national, shown)


def work_over_time(source: Source) -> list[Plot]:
    """A Gantt chart, in as many pieces as pages need; a work package is never divided."""
    pieces: list[list[Span]] = [[]]
    for package in source.facts.work_packages:
        spans = _spans(package)
        if pieces[-1] and len(pieces[-1]) + len(spans) > MOST_ROWS:
            pieces.append([])
        pieces[-1].extend(spans)
    title = gettext("Work packages, tasks and milestones by month")
    return [gantt(title, spans, source.facts.duration_months) for spans in pieces if spans]


def where_sites_are(source: Source) -> Plot:
    sites = source.facts.sites
    at = {site.key: position for position, site in enumerate(sites)}
    places = [Place(site.name or site.key, site.latitude, site.longitude) for site in sites]
    links = [
        (at[link.start], at[link.end], "" if link.gbps is None else f"{link.gbps:f} Gbit/s")
        for link in source.facts.links
        if link.start in at and link.end in at
    ]
    return site_map(gettext("The sites and the links between them (outline is schematic)"), places, links)


def _payers() -> tuple[str, str]:
    return gettext("European Union"), gettext("Other payers")


def _parts(sums: View | PartnerShare) -> tuple[Euro, Euro]:
    eu = sums.eu if isinstance(sums, View) else sums.eu + sums.machine_eu
    return eu, sums.total - eu


def _spans(package: WorkPackageFacts) -> list[Span]:
    marks = tuple((milestone.month, milestone.key) for milestone in package.milestones if milestone.month is not None)
    own = Span(f"{package.key} {package.title}", package.first_month, package.last_month, marks=marks)
    return [own, *(Span(f"{t.key} {t.title}", t.first_month, t.last_month, depth=1) for t in package.tasks)]

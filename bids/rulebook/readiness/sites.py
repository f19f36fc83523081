"""Questions about the years a machine is paid for, and the line between two sites."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import CostFact, LinkFacts, SiteFacts
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import Category, MachineStatus, Stream


def operation_is_paid_long_enough(case: Case) -> Iterator[Remark]:
    """C22: operation is budgeted for the years of ownership that follow acceptance."""
    scheme = case.call.scheme(Stream.MACHINE)
    least = scheme.cost_model.ownership_years_min if scheme else None
    if scheme is None or least is None:
        return
    if case.facts.ownership_years is not None and case.facts.ownership_years < least:
        yield Remark(sentence(_YEARS, years=case.facts.ownership_years, least=least), "bid")
    lines = [line for line in case.facts.budget if _is_operation(line, scheme)]
    for site in case.facts.sites:
        missing = _years_without_operation(site, lines, least)
        if missing:
            words = sentence(_UNPAID, site=site.name or site.key, year=missing[0], least=least)
            yield Remark(words, f"sites/{site.key}")


def sites_are_joined(case: Case) -> Iterator[Remark]:
    """C25: several sites are one factory by the line between them; it is described and paid for."""
    sites = case.facts.sites
    if len(sites) < 2:
        return
    joined = {end for link in case.facts.links for end in (link.start, link.end)}
    for site in sites:
        if site.key not in joined:
            yield Remark(sentence(_ALONE, site=site.name or site.key), "sites")
    for link in case.facts.links:
        if not _is_described(link):
            yield Remark(sentence(_UNDESCRIBED, link=link.key), "sites")
    if case.facts.links and case.call.scheme(Stream.MACHINE) and not _network_is_paid(case):
        yield Remark(sentence(_UNCOSTED), "budget")


def _is_operation(line: CostFact, scheme: StreamScheme) -> bool:
    return line.stream is Stream.MACHINE and scheme.cost_model.groups.get(line.category) == "operation"


def _years_without_operation(site: SiteFacts, lines: list[CostFact], least: int) -> list[int]:
    """Of the years that begin with the acceptance of the site's newest machine, those that nothing pays.

    A line without a year may pay any of them, so it is taken to pay all; one without a site pays for every site.
    """
    accepted = [
        machine.operational_on
        for machine in site.machines
        if machine.status is MachineStatus.PLANNED and machine.operational_on is not None
    ]
    here = [line for line in lines if line.site in (None, site.key)]
    if not accepted or any(line.year is None for line in here):
        return []
    paid, first = {line.year for line in here}, max(accepted).year
    return [year for year in range(first, first + least) if year not in paid]


def _is_described(link: LinkFacts) -> bool:
    return link.gbps is not None and bool(link.carrier.strip())


def _network_is_paid(case: Case) -> bool:
    """Some line of the machine's network, or of the network of a grant's equipment, has an amount."""
    return any(
        line.category == Category.NETWORK and case.assessment.lines[line.key].amount for line in case.facts.budget
    )


_YEARS = gettext_noop("The bid keeps the machine for %(years)s years; operation is counted over at least %(least)s.")
_UNPAID = gettext_noop(
    "The machine at %(site)s has no operating costs in %(year)s; they are needed for the %(least)s years from "
    "its acceptance."
)
_ALONE = gettext_noop("No link joins the site %(site)s to another. Describe the line between the sites.")
_UNDESCRIBED = gettext_noop("The link %(link)s does not say how fast it is and who carries it.")
_UNCOSTED = gettext_noop("The sites are linked, but no budget line of the category “Network” pays for the line.")

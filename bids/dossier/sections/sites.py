"""A sheet for each site: where it stands, what it can carry, what will stand in it; and the links."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.dossier.sections.figures import by_site, where_sites_are
from bids.dossier.source import Source
from bids.rulebook.facts import MachineFacts, SiteFacts
from bids.rulebook.funding.assessment import View

HOURS_PER_YEAR = 8760


@dataclass(frozen=True, slots=True)
class Machine:
    facts: MachineFacts
    power_kw: Decimal | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One site with the figures that follow from what was given; None where something is missing."""

    site: SiteFacts
    facility_kw: Decimal | None  # IT power with cooling and losses
    headroom_kw: Decimal | None  # what the grid connection leaves
    rack_kw: Decimal | None  # what the racks can take
    yearly_mwh: Decimal | None
    machines: tuple[Machine, ...]
    money: View


def fill(source: Source) -> dict[str, Any]:
    sheets = [_sheet(source, site) for site in source.facts.sites]
    return {"sheets": sheets, "links": source.facts.links, "plots": [where_sites_are(source), by_site(source)]}


def _sheet(source: Source, site: SiteFacts) -> Sheet:
    facility = product(site.it_power_kw, site.pue)
    headroom = None if facility is None or site.grid_power_kw is None else site.grid_power_kw - facility
    yearly = product(facility, site.load, Decimal(HOURS_PER_YEAR), Decimal("0.001"))
    return Sheet(
        site=site,
        facility_kw=_plain(facility),
        headroom_kw=_plain(headroom),
        rack_kw=_plain(product(None if site.racks is None else Decimal(site.racks), site.rack_power_kw)),
        yearly_mwh=_plain(yearly),
        machines=tuple(_machine(machine) for machine in site.machines),
        money=source.assessment.sites.get(site.key, View()),
    )


def _machine(machine: MachineFacts) -> Machine:
    count = None if machine.accelerators is None else Decimal(machine.accelerators)
    return Machine(machine, _plain(product(count, machine.accelerator_kw)))


def product(*factors: Decimal | None) -> Decimal | None:
    """The product, exact; None where a factor isn't given."""
    result = Decimal(1)
    for factor in factors:
        if factor is None:
            return None
        result *= factor
    return result


def _plain(number: Decimal | None) -> Decimal | None:
    """Without zeros that say nothing: 1800, not 1800.00."""
    if number is None:
        return None
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short

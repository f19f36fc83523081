"""What a site's figures say together: power against connection, energy in a year, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from bids import wording
from bids.plots import Place, Plot, site_map
from bids.rulebook.facts import BidFacts, PartnerFacts, SiteFacts
from bids.rulebook.funding.formulas.energy import yearly_kwh


@dataclass(frozen=True)
class SiteCard:
    """A site as its card shows it: what was typed, and what follows from it by plain arithmetic."""

    site: SiteFacts
    host: PartnerFacts | None

    @classmethod
    def of(cls, site: SiteFacts, facts: BidFacts) -> SiteCard:
        return cls(site, next((partner for partner in facts.partners if partner.key == site.host), None))

    @property
    def accelerators(self) -> int:
        """How many accelerators stand there or are planned."""
        return sum(machine.accelerators or 0 for machine in self.site.machines)

    @property
    def machine_kw(self) -> Decimal:
        """The power of all accelerators, where it is known."""
        pairs = ((machine.accelerators, machine.accelerator_kw) for machine in self.site.machines)
        return sum((count * each for count, each in pairs if count and each), Decimal(0))

    @property
    def drawn_kw(self) -> Decimal | None:
        """What the whole site draws from the grid at full IT power."""
        return self.site.it_power_kw * self.site.pue if self.site.it_power_kw and self.site.pue else None

    @property
    def kwh_a_year(self) -> Decimal | None:
        """Energy in a year by F15."""
        site = self.site
        if site.it_power_kw is None or site.pue is None or site.load is None:
            return None
        return yearly_kwh(site.it_power_kw, site.pue, site.load)

    @property
    def warnings(self) -> list[str]:
        """A site can't host what it can't feed."""
        site, found = self.site, []
        if site.it_power_kw is not None and self.machine_kw > site.it_power_kw:
            found.append(
                _("The accelerators need %(need)s kW; the site has %(has)s kW of IT power.")
                % {"need": wording.decimal(self.machine_kw), "has": wording.decimal(site.it_power_kw)}
            )
        if site.grid_power_kw is not None and self.drawn_kw is not None and self.drawn_kw > site.grid_power_kw:
            found.append(
                _("At full IT power the site draws %(need)s kW; the grid connection carries %(has)s kW.")
                % {"need": wording.decimal(self.drawn_kw), "has": wording.decimal(site.grid_power_kw)}
            )
        return found


def map_of(facts: BidFacts) -> Plot | None:
    """The sites on a map; nothing where none has coordinates."""
    if not any(site.latitude is not None and site.longitude is not None for site in facts.sites):
        return None
    places = [Place(site.name or site.key, site.latitude, site.longitude) for site in facts.sites]
    order = {site.key: position for position, site in enumerate(facts.sites)}
    links = [
        (order[link.start], order[link.end], f"{wording.decimal(link.gbps)} Gbit/s" if link.gbps is not None else "")
        for link in facts.links
        if link.start in order and link.end in order
    ]
    return site_map(_("Where the sites stand"), places, links)

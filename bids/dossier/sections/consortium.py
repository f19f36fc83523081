"""The partners: a table of all, and a card for each with what it does and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.dossier.source import Source
from bids.rulebook.facts import PartnerFacts, SiteFacts, WorkPackageFacts
from bids.rulebook.funding.assessment import PartnerShare
from bids.rulebook.money import Euro

IN_UNION_DOCUMENTS = {"GR": "EL", "GB": "UK"}  # the style guide of the Union


@dataclass(frozen=True, slots=True)
class Card:
    """One partner, with what the bid says of it elsewhere."""

    number: int
    partner: PartnerFacts
    country: str
    share: PartnerShare
    hosts: tuple[SiteFacts, ...]
    leads: tuple[WorkPackageFacts, ...]
    effort: Decimal

    @property
    def total(self) -> Euro:
        return self.share.total

    @property
    def eu(self) -> Euro:
        return self.share.eu + self.share.machine_eu


def fill(source: Source) -> dict[str, Any]:
    cards = [_card(source, number, partner) for number, partner in enumerate(source.facts.partners, start=1)]
    return {
        "cards": cards,
        "effort": sum((card.effort for card in cards), Decimal(0)),
        "total": Euro.total(card.total for card in cards),
    }


def _card(source: Source, number: int, partner: PartnerFacts) -> Card:
    packages = source.facts.work_packages
    return Card(
        number=number,
        partner=partner,
        country=IN_UNION_DOCUMENTS.get(partner.country, partner.country),
        share=source.assessment.partners.get(partner.key, PartnerShare()),
        hosts=tuple(site for site in source.facts.sites if site.host == partner.key),
        leads=tuple(package for package in packages if package.lead == partner.key),
        effort=sum((package.effort.get(partner.key, Decimal(0)) for package in packages), Decimal(0)),
    )

"""The whole bid, the root of a bid file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bids.rulebook.facts.consortium import LinkFacts, PartnerFacts, SiteFacts
from bids.rulebook.facts.money import CommitmentFacts, CostFact
from bids.rulebook.facts.shapes import Key, Line, Months, Name, Share, Text, Years
from bids.rulebook.facts.story import ChapterFacts, DocumentFacts, IndicatorFacts, RiskFacts
from bids.rulebook.facts.work import WorkPackageFacts
from bids.rulebook.vocabulary import Language

FORMAT = "tandem-bid/1"


@dataclass(frozen=True, slots=True)
class RatesFacts:
    """The rates requested for the machine stream; None asks for the call's maximum."""

    acquisition: Share | None = None
    operation: Share | None = None


@dataclass(frozen=True, slots=True)
class BidFacts:
    """The whole bid: one frozen picture that every engine reads."""

    format: str = field(default=FORMAT, init=False)
    call: Name
    title: Line
    track: Name = ""
    reference: Key = ""
    acronym: Line = ""
    language: Language = Language.EN
    abstract: Text = ""
    keywords: tuple[Line, ...] = ()
    linked_factory: Name | None = None
    alternative_to: Key | None = None
    tco_verification: Text = ""
    economic_use_share: Share | None = None
    commercial_access_share: Share | None = None
    stated_access_share: Share | None = None
    starts_on: date | None = None
    duration_months: Months | None = None
    ownership_years: Years | None = None
    rates: RatesFacts = RatesFacts()
    partners: tuple[PartnerFacts, ...] = ()
    sites: tuple[SiteFacts, ...] = ()
    links: tuple[LinkFacts, ...] = ()
    work_packages: tuple[WorkPackageFacts, ...] = ()
    budget: tuple[CostFact, ...] = ()
    commitments: tuple[CommitmentFacts, ...] = ()
    chapters: tuple[ChapterFacts, ...] = ()
    risks: tuple[RiskFacts, ...] = ()
    indicators: tuple[IndicatorFacts, ...] = ()
    documents: tuple[DocumentFacts, ...] = ()

"""A bid as facts: frozen, comparable, and field for field the bid file `tandem-bid/1`.

Everything that assesses, checks, prints or exports a bid reads these facts; nothing else crosses
the wall into the rulebook. Money is `Euro`; quantities, rates, shares and coordinates are exact
`Decimal`s written as they were typed. `None` and the empty string mean "not given yet". How a
value may be written stands beside its type (`shapes`); reader, writer and JSON Schema follow it.
"""

from bids.rulebook.facts.bid import FORMAT, BidFacts, RatesFacts
from bids.rulebook.facts.consortium import LinkFacts, MachineFacts, PartnerFacts, PhaseFacts, SiteFacts
from bids.rulebook.facts.money import CommitmentFacts, CostFact
from bids.rulebook.facts.pricing import (
    DepreciationPricing,
    EnergyPricing,
    FullCostPricing,
    PersonMonthsPricing,
    PersonnelPricing,
    Pricing,
    SmeOwnerPricing,
)
from bids.rulebook.facts.story import ChapterFacts, DocumentFacts, IndicatorFacts, RiskFacts
from bids.rulebook.facts.work import DeliverableFacts, MilestoneFacts, TaskFacts, WorkPackageFacts

__all__ = [
    "FORMAT",
    "BidFacts",
    "ChapterFacts",
    "CommitmentFacts",
    "CostFact",
    "DeliverableFacts",
    "DepreciationPricing",
    "DocumentFacts",
    "EnergyPricing",
    "FullCostPricing",
    "IndicatorFacts",
    "LinkFacts",
    "MachineFacts",
    "MilestoneFacts",
    "PartnerFacts",
    "PersonMonthsPricing",
    "PersonnelPricing",
    "PhaseFacts",
    "Pricing",
    "RatesFacts",
    "RiskFacts",
    "SiteFacts",
    "SmeOwnerPricing",
    "TaskFacts",
    "WorkPackageFacts",
]

"""Purchases that are large beside a partner's personnel: the Union's form asks to justify them (table 3.1h)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding.assessment import Assessment
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PERSONNEL, PURCHASES, Category

TO_JUSTIFY = (Category.C2, Category.C3)


@dataclass(frozen=True, slots=True)
class LargePurchases:
    """A partner above the threshold, and the lines it has to justify one by one."""

    partner: PartnerFacts
    personnel: Euro
    purchases: Euro
    lines: tuple[CostFact, ...]


def large_purchases(facts: BidFacts, call: CallFacts, assessment: Assessment) -> list[LargePurchases]:
    """The partners above the threshold of a cost model that has one, in the order of the bid."""
    thresholds = [scheme.cost_model.equipment_justification_ratio for scheme in call.streams if scheme.stream.is_grant]
    threshold = next((ratio for ratio in thresholds if ratio is not None), None)
    if threshold is None:
        return []
    found = [_purchases(facts, assessment, partner) for partner in facts.partners]
    return [each for each in found if Decimal(each.purchases.cents) > threshold * each.personnel.cents]


def _purchases(facts: BidFacts, assessment: Assessment, partner: PartnerFacts) -> LargePurchases:
    lines = [
        line
        for line in facts.budget
        if line.partner == partner.key and line.stream is not None and line.stream.is_grant
    ]
    amounts = assessment.lines
    return LargePurchases(
        partner,
        Euro.total(amounts[line.key].amount for line in lines if line.category in PERSONNEL),
        Euro.total(amounts[line.key].amount for line in lines if line.category in PURCHASES),
        tuple(line for line in lines if line.category in TO_JUSTIFY),
    )

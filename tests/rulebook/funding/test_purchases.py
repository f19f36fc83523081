"""Purchases beside personnel: from which share on the Union's form asks for a word."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding import assess
from bids.rulebook.funding.purchases import LargePurchases, large_purchases
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.rulebook.funding.calls import FACTORY, HORIZON, MACHINE_STREAM, SERVICES_STREAM, call_with

ASKING = replace(SERVICES_STREAM, cost_model=replace(HORIZON, equipment_justification_ratio=Decimal("0.15")))
CALL = call_with(MACHINE_STREAM, ASKING)
IMEC, CENAERO = PartnerFacts("imec"), PartnerFacts("cenaero")


def cost(
    key: str, category: str, amount: str, partner: str = "imec", stream: Stream | None = Stream.SERVICES
) -> CostFact:
    return CostFact(key, stream, partner, category=category, amount=Euro.of(amount))


def found(*lines: CostFact, call: CallFacts = CALL) -> list[LargePurchases]:
    facts = BidFacts(call="CALL", title="A bid", partners=(IMEC, CENAERO), budget=lines)
    return large_purchases(facts, call, assess(facts, call))


def test_a_partner_above_the_threshold_is_named_with_its_sums_and_its_lines() -> None:
    """Travel counts among the purchases, but only equipment and goods are justified line by line."""
    lines = (
        cost("L1", "A1", "60.00"),
        cost("L2", "A2", "20.00"),
        cost("L3", "A3", "10.00"),
        cost("L4", "A4", "10.00"),
        cost("L5", "C1", "5.00"),
        cost("L6", "C2", "5.00"),
        cost("L7", "C3", "5.01"),
        cost("L8", "B", "99.00"),
    )
    assert found(*lines) == [LargePurchases(IMEC, Euro(10000), Euro(1501), (lines[5], lines[6]))]


@pytest.mark.parametrize(("purchases", "is_large"), [("15.00", False), ("15.01", True)])
def test_the_threshold_itself_is_not_above_it(purchases: str, is_large: bool) -> None:
    assert bool(found(cost("L1", "A1", "100.00"), cost("L2", "C2", purchases))) is is_large


def test_each_partner_stands_for_itself_in_the_order_of_the_bid() -> None:
    both = found(
        cost("L1", "C2", "1.00", "cenaero"), cost("L2", "C2", "1.00"), cost("L3", "A1", "100.00", "cenaero"),
    )  # fmt: skip
    assert [(each.partner.key, each.personnel, each.purchases) for each in both] == [("imec", Euro(), Euro(100))]
    two = found(cost("L1", "C2", "1.00", "cenaero"), cost("L2", "C3", "1.00"))
    assert [each.partner.key for each in two] == ["imec", "cenaero"]


def test_only_grants_are_looked_at() -> None:
    """What the Joint Undertaking buys for the machine, and lines without a stream, are no purchases of a grant."""
    assert found(cost("L1", "C2", "9.00", stream=Stream.MACHINE), cost("L2", "C2", "9.00", stream=None)) == []
    assert found() == []


def test_a_call_without_a_threshold_asks_nobody() -> None:
    assert found(cost("L1", "C2", "9.00"), call=FACTORY) == []


def test_the_threshold_of_a_grant_counts_and_no_others() -> None:
    machine = replace(MACHINE_STREAM, cost_model=ASKING.cost_model)
    assert found(cost("L1", "C2", "9.00"), call=call_with(machine, SERVICES_STREAM)) == []

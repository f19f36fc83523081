"""The worked examples again, under the call data that ships."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bids.callfile import shipped
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerKind, Stream

CALLS = shipped()
W5 = {
    "A1": "4182350.40",
    "A4": "20891.55",
    "B": "650000.00",
    "C1": "96400.00",
    "C2": "566666.67",
    "C3": "1204775.25",
    "D1": "600000.00",
    "D2": "318000.00",
}


def services(lines: dict[str, str], call: str, kind: PartnerKind = PartnerKind.LARGE) -> Assessment:
    budget = tuple(
        CostFact(code, Stream.SERVICES, "p", category=code, amount=Euro.of(amount)) for code, amount in lines.items()
    )
    partners = (PartnerFacts("p", kind=kind),)
    return assess(BidFacts(call=call, title="A bid", partners=partners, budget=budget), CALLS[call])


@pytest.mark.parametrize(
    ("call", "kind", "eu"),
    [
        ("EUROHPC-2024-CEI-AI-01", PartnerKind.LARGE, "4578427.42"),
        ("EUROHPC-2024-CEI-AI-02", PartnerKind.NON_PROFIT, "4578427.42"),
        ("HORIZON-JU-EUROHPC-2025-AIFA-01", PartnerKind.PUBLIC, "4578427.42"),
        ("HORIZON-JU-EUROHPC-2026-COAIF-03", PartnerKind.SME, "4578427.42"),
        ("GENERIC-HE-RIA", PartnerKind.LARGE, "9156854.84"),
        ("GENERIC-HE-CSA", PartnerKind.LARGE, "9156854.84"),
        ("GENERIC-HE-IA", PartnerKind.LARGE, "6409798.39"),
        ("GENERIC-HE-IA", PartnerKind.PUBLIC, "9156854.84"),
    ],
)
def test_w5_under_every_horizon_call(call: str, kind: PartnerKind, eu: str) -> None:
    found = services(W5, call, kind)
    assert found.total == Euro.of("9156854.84")
    assert found.eu == Euro.of(eu)


@pytest.mark.parametrize(
    ("call", "kind", "eu"),
    [
        ("GENERIC-DEP-SIMPLE", PartnerKind.SME, "3916779.87"),
        ("GENERIC-DEP-SME", PartnerKind.LARGE, "3916779.87"),
        ("GENERIC-DEP-SME", PartnerKind.SME, "5875169.81"),
    ],
)
def test_w6_under_every_digital_call(call: str, kind: PartnerKind, eu: str) -> None:
    found = services({code: amount for code, amount in W5.items() if code != "D2"}, call, kind)
    assert found.total == Euro.of("7833559.74")
    assert found.eu == Euro.of(eu)


def test_w7_under_the_factory_call() -> None:
    budget = (
        CostFact("buy", Stream.MACHINE, category="acquisition", amount=Euro.of("38000000.00")),
        CostFact("run", Stream.MACHINE, category="energy", amount=Euro.of("12000000.00")),
        CostFact("serve", Stream.SERVICES, "p", category="B", amount=Euro.of("30000000.00")),
    )
    bid = BidFacts(call="EUROHPC-2024-CEI-AI-02", title="W7", partners=(PartnerFacts("p"),), budget=budget)
    found = assess(bid, CALLS[bid.call])
    assert (found.total, found.eu, found.national) == (
        Euro.of("80000000.00"), Euro.of("40000000.00"), Euro.of("40000000.00"),
    )  # fmt: skip
    assert found.union_access_share == Decimal("0.500000")


def test_the_machine_is_cut_and_never_rounded_up() -> None:
    bid = BidFacts(
        call="EUROHPC-2024-CEI-AI-02",
        title="One cent",
        budget=(CostFact("buy", Stream.MACHINE, category="acquisition", amount=Euro(1)),),
    )
    assert assess(bid, CALLS[bid.call]).eu == Euro()


@pytest.mark.parametrize(
    ("eligible", "eu", "capped"),
    [("11000000.00", "5000000.00", True), ("8734512.37", "4367256.19", False), ("9999999.99", "5000000.00", False)],
)
def test_w8_under_the_antenna_call(eligible: str, eu: str, capped: bool) -> None:
    found = services({"B": eligible}, "HORIZON-JU-EUROHPC-2025-AIFA-01")
    assert found.eu == Euro.of(eu)
    assert found.streams["services"].capped is capped


def test_w10_under_the_gigafactory_call() -> None:
    line = CostFact("L1", Stream.CAPEX, category="compute", amount=Euro.of("4000000000.00"))
    bid = BidFacts(call="EUROHPC-2026-CEI-AIGF-01", title="W10", budget=(line,))
    capex = assess(bid, CALLS[bid.call]).streams["capex"]
    assert (str(capex.eu), str(capex.states_min), str(capex.rest)) == ("680000000.00", "680000000.00", "2640000000.00")


@pytest.mark.parametrize("call", CALLS)
def test_every_step_under_every_call_says_what_it_rests_on(call: str) -> None:
    found = services(W5, call)
    assert all(step.source and step.cite for step in found.trace)

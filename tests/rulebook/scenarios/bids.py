"""A small factory with two sites, every figure of which can be followed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bids import callfile
from bids.rulebook.facts import (
    BidFacts,
    CommitmentFacts,
    CostFact,
    EnergyPricing,
    MachineFacts,
    PartnerFacts,
    PersonMonthsPricing,
    PhaseFacts,
    SiteFacts,
)
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import Change, LeverName
from bids.rulebook.vocabulary import CommitmentStatus, MachineStatus, PartnerRole, Stream

FACTORY = callfile.shipped()["EUROHPC-2024-CEI-AI-02"]


def machine(key: str, site: str, category: str = "acquisition", **given: Any) -> CostFact:
    plain = {"stream": Stream.MACHINE, "site": site, "category": category, "year": 2026}
    return CostFact(key, **plain | given)


def accelerators(key: str, site: str, quantity: int, unit_cost: str = "50000.00") -> CostFact:
    return machine(key, site, quantity=Decimal(quantity), unit="accelerator", unit_cost=Decimal(unit_cost))


def electricity(key: str, site: str, kw: int) -> CostFact:
    # kw x 1.2 x 8760 x 0.5 x 0.10 x 5 years
    pricing = EnergyPricing(Decimal(kw), Decimal("1.2"), Decimal("0.5"), Decimal("0.10"), Decimal(5))
    return machine(key, site, "energy", pricing=pricing)


def site(key: str, count: int) -> SiteFacts:
    planned = MachineFacts("new", accelerators=count, accelerator_kw=Decimal(1), operational_on=date(2026, 10, 31))
    old = MachineFacts("old", status=MachineStatus.EXISTING, accelerators=7, operational_on=date(2022, 1, 31))
    phase = PhaseFacts("ph1", ready_on=date(2026, 8, 31))
    return SiteFacts(
        key, key.title(), pue=Decimal("1.2"), load=Decimal("0.5"), energy_price_per_kwh=Decimal("0.10"),
        machines=(old, planned), phases=(phase,),
    )  # fmt: skip


tandem = BidFacts(
    call=FACTORY.id,
    title="Tandem",
    starts_on=date(2026, 3, 1),
    duration_months=36,
    partners=(
        PartnerFacts("imec", "Imec", country="BE", role=PartnerRole.COORDINATOR),
        PartnerFacts("spin", "Spin-off", country="BE", role=PartnerRole.AFFILIATED, affiliated_to="cenaero"),
        PartnerFacts("cenaero", "Cenaero", country="BE"),
    ),
    sites=(site("zellik", 30), site("charleroi", 10)),
    budget=(
        accelerators("M1", "zellik", 30),
        accelerators("M2", "charleroi", 10),
        electricity("M3", "zellik", 100),
        electricity("M4", "charleroi", 50),
        machine("M5", "zellik", "housing", amount=Euro.of("100000.00"), year=None),
        CostFact(
            "S1", Stream.SERVICES, "imec", "zellik", category="A1", year=2027,
            pricing=PersonMonthsPricing(Decimal(10), Decimal("8000.00")),
        ),
        CostFact("S2", Stream.SERVICES, "cenaero", "charleroi", category="A1", amount=Euro.of("40000.00"), year=2027),
        CostFact("S3", Stream.SERVICES, "spin", "charleroi", category="C3", amount=Euro.of("10000.00"), year=2028),
    ),
    commitments=(
        CommitmentFacts("c1", amount=Euro.of("1300000.00"), status=CommitmentStatus.SIGNED),
    ),
)  # fmt: skip


def put(lever: LeverName, value: str | None = None, target: str = "") -> Change:
    return Change(lever, target, None if value is None else Decimal(value))

"""Bids worked out by hand. Each says what it shows; its figures stand in the JSON file of its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import (
    BidFacts,
    CommitmentFacts,
    CostFact,
    DepreciationPricing,
    EnergyPricing,
    FullCostPricing,
    PartnerFacts,
    PersonMonthsPricing,
    PersonnelPricing,
    RatesFacts,
    SiteFacts,
    SmeOwnerPricing,
    WorkPackageFacts,
)
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus, PartnerKind, PartnerRole, PayerKind, Stream
from tests.rulebook.funding.calls import (
    ANTENNA,
    DIGITAL_SME,
    FACTORY,
    GIGAFACTORY,
    PLATFORM_STREAM,
    SERVICES_STREAM,
    call_with,
)


@dataclass(frozen=True)
class Case:
    name: str
    facts: BidFacts
    call: CallFacts
    on: date | None = None


def bid(**given: object) -> BidFacts:
    return BidFacts(call="CALL", title="A worked case", **given)  # type: ignore[arg-type]


def line(key: str, stream: Stream, category: str, amount: str | None = None, **other: object) -> CostFact:
    return CostFact(key, stream, category=category, amount=None if amount is None else Euro.of(amount), **other)  # type: ignore[arg-type]


def pledge(key: str, kind: PayerKind, amount: str, status: str, until: date | None = None) -> CommitmentFacts:
    return CommitmentFacts(
        key, payer=key.title(), kind=kind, amount=Euro.of(amount), status=CommitmentStatus(status), valid_until=until
    )


FACTORY_WITH_EVERYTHING = Case(
    "factory-with-everything",
    bid(
        duration_months=36,
        rates=RatesFacts(acquisition=Decimal("0.60"), operation=Decimal("0.45")),
        partners=(
            PartnerFacts("imec", short_name="imec", kind=PartnerKind.NON_PROFIT, role=PartnerRole.COORDINATOR),
            PartnerFacts("lab", name="Lab of imec", role=PartnerRole.AFFILIATED, affiliated_to="imec"),
            PartnerFacts("guest", name="A guest", role=PartnerRole.ASSOCIATED),
        ),
        sites=(SiteFacts("charleroi"), SiteFacts("zellik")),
        work_packages=(WorkPackageFacts("wp1"),),
        budget=(
            line("M1", Stream.MACHINE, "acquisition", "1000000.01", site="zellik", year=2027),
            line(
                "M2",
                Stream.MACHINE,
                "energy",
                site="zellik",
                year=2028,
                pricing=EnergyPricing(Decimal(1500), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5)),
            ),
            line("M3", Stream.MACHINE, "housing", "100.00", partner="imec", funded_elsewhere=True),
            line(
                "S1",
                Stream.SERVICES,
                "A1",
                "445500.00",
                partner="imec",
                site="zellik",
                work_package="wp1",
                year=2026,
                pricing=PersonMonthsPricing(Decimal(54), Decimal("8250.00")),
            ),
            line(
                "S2",
                Stream.SERVICES,
                "C2",
                partner="imec",
                site="charleroi",
                work_package="wp1",
                year=2026,
                pricing=DepreciationPricing(Euro.of("1250000.00"), 60, 40, Decimal("0.80")),
            ),
            line("S3", Stream.SERVICES, "B", "1000.01", partner="imec"),
            line("S4", Stream.SERVICES, "A1", "0.02", partner="lab"),
            line("S5", Stream.SERVICES, "A1", "777.77", partner="guest", site="charleroi"),
            line("S6", Stream.SERVICES, "E", "261375.00", partner="imec"),
            line("S7", Stream.SERVICES, "C9", "5.00", partner="lab"),
            line("S8", Stream.SERVICES, "C1", None, partner="lab"),
            line("X1", Stream.CAPEX, "compute", "9.99", partner="imec"),
        ),
        commitments=(
            pledge("federal", PayerKind.FEDERAL, "4000000.00", "signed", date(2026, 6, 30)),
            pledge("region", PayerKind.REGION, "500000.00", "signed", date(2026, 7, 1)),
            pledge("cohesion", PayerKind.COHESION, "1000.00", "pledged"),
            pledge("own", PayerKind.OWN_MEANS, "20000.00", "signed"),
            pledge("bank", PayerKind.LOAN, "30000.00", "pledged"),
        ),
    ),
    FACTORY,
    date(2026, 7, 1),
)

ANTENNA_CUT_AT_THE_CAP = Case(
    "antenna-cut-at-the-cap",
    bid(
        partners=(PartnerFacts("a"), PartnerFacts("b"), PartnerFacts("c")),
        budget=(
            line("L1", Stream.SERVICES, "B", "4000000.00", partner="a", year=2026),
            line("L2", Stream.SERVICES, "B", "4000000.00", partner="b", year=2026),
            line("L3", Stream.SERVICES, "B", "2000000.00", partner="c", year=2026),
            line("L4", Stream.SERVICES, "B", "2000000.00", partner="c", year=2027),
        ),
        commitments=(pledge("own", PayerKind.OWN_MEANS, "9000000.00", "signed"),),
    ),
    ANTENNA,
)

DIGITAL_WITH_AN_SME = Case(
    "digital-with-an-sme",
    bid(
        partners=(
            PartnerFacts("big", kind=PartnerKind.LARGE),
            PartnerFacts("small", kind=PartnerKind.SME, requested_eu=Euro.of("80.00")),
        ),
        budget=(
            line("L1", Stream.SERVICES, "B", "100.00", partner="big"),
            line("L2", Stream.SERVICES, "A5", "50.00", partner="big"),
            line("L3", Stream.SERVICES, "D2", "100.00", partner="small"),
            line("L4", Stream.SERVICES, "D1", "0.07", partner="small"),
        ),
    ),
    DIGITAL_SME,
)

GIGAFACTORY_ODD_CENTS = Case(
    "gigafactory-odd-cents",
    bid(
        budget=(
            line("L1", Stream.CAPEX, "compute", "3999999999.99"),
            line("L2", Stream.CAPEX, "buildings", "0.10"),
        )
    ),
    GIGAFACTORY,
)

REQUEST_OVER_TWO_STREAMS = Case(
    "request-over-two-streams",
    bid(
        partners=(PartnerFacts("p", requested_eu=Euro.of("100.00")), PartnerFacts("q")),
        budget=(
            line("L1", Stream.SERVICES, "B", "200.00", partner="p"),
            line("L2", Stream.EXPERIMENTAL_PLATFORM, "B", "400.00", partner="p"),
            line("L3", Stream.SERVICES, "B", "100.00", partner="q"),
        ),
    ),
    call_with(replace(SERVICES_STREAM, eu_cap=Euro.of("50.00")), PLATFORM_STREAM),
)

IN_KIND_AND_REVENUES = Case(
    "in-kind-and-revenues",
    bid(
        partners=(
            PartnerFacts(
                "hub", name="Hub", kind=PartnerKind.NON_PROFIT,
                state_money=Euro.of("400.00"), other_union_money=Euro.of("50.00"),
            ),
            PartnerFacts(
                "firm", name="Firm", kind=PartnerKind.SME,
                state_money=Euro.of("200.00"), expected_revenues=Euro.of("150.00"),
            ),
            PartnerFacts("lab", name="Lab"),
            PartnerFacts("shop", name="Shop", other_union_money=Euro(), expected_revenues=Euro.of("500.00")),
        ),
        budget=(
            line("L1", Stream.SERVICES, "A1", "1000.00", partner="hub"),
            line("L2", Stream.SERVICES, "A1", "200.01", partner="firm"),
            line("L3", Stream.SERVICES, "B", "100.00", partner="lab"),
            line("L4", Stream.SERVICES, "B", "1000.00", partner="shop"),
        ),
    ),
    ANTENNA,
)  # fmt: skip

EVERY_WAY_TO_PRICE = Case(
    "every-way-to-price",
    bid(
        duration_months=36,
        partners=(PartnerFacts("p", short_name="Pat", requested_eu=Euro.of("4000000.00")),),
        budget=(
            line("L1", Stream.SERVICES, "A1", partner="p",
                 pricing=PersonnelPricing(Euro.of("68450.37"), Decimal(215), Decimal("96.5"))),
            line("L2", Stream.SERVICES, "A1", partner="p",
                 pricing=PersonMonthsPricing(Decimal(54), Decimal("8250.00"))),
            line("L3", Stream.SERVICES, "A4", partner="p", pricing=SmeOwnerPricing(Decimal(43), "BE")),
            line("L4", Stream.SERVICES, "C2", partner="p",
                 pricing=DepreciationPricing(Euro.of("1250000.00"), 60, 34, Decimal("0.80"))),
            line("L5", Stream.SERVICES, "C2", partner="p", pricing=FullCostPricing(Euro.of("0.05"), Decimal("0.3"))),
            line("L6", Stream.SERVICES, "C3", partner="p", quantity=Decimal(3), unit_cost=Decimal("0.0050")),
            line("L7", Stream.SERVICES, "C3", partner="p", pricing=EnergyPricing(
                Decimal(1500), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5))),
            line("L8", Stream.SERVICES, "C2", "4000.00", partner="p",
                 pricing=DepreciationPricing(Euro.of("6000.00"), 60, 40, Decimal(1))),
            replace(line("L9", Stream.SERVICES, "B", "1.00", partner="p"), stream=None),
        ),
    ),
    ANTENNA,
)  # fmt: skip

CASES = (
    FACTORY_WITH_EVERYTHING,
    ANTENNA_CUT_AT_THE_CAP,
    DIGITAL_WITH_AN_SME,
    GIGAFACTORY_ODD_CENTS,
    REQUEST_OVER_TWO_STREAMS,
    IN_KIND_AND_REVENUES,
    EVERY_WAY_TO_PRICE,
)

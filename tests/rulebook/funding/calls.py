"""Calls made by hand, so that the engine is tested without the shipped call data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import CallFacts, CostModel, CriteriaSet, Criterion, SmeOwnerUnit, StreamScheme, Template
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import Instrument, Stream

GRANT_CATEGORIES = ("A1", "A2", "A3", "A4", "A5", "B", "C1", "C2", "C3", "D1", "D2")
HALF = Fraction(1, 2)

SME_OWNER_UNITS = (
    SmeOwnerUnit(day=Euro.of("282.22"), month=Euro.of("5080.00"), opens_before=date(2024, 7, 30)),
    SmeOwnerUnit(
        day=Euro.of("485.85"),
        month=Euro.of("8745.40"),
        opens_from=date(2024, 7, 30),
        opens_before=date(2025, 12, 16),
    ),
    SmeOwnerUnit(day=Euro.of("515.06"), month=Euro.of("9271.00"), opens_from=date(2025, 12, 16)),
)

HORIZON = CostModel(
    id="HE_ACTUAL",
    label="Horizon Europe, actual costs",
    categories=GRANT_CATEGORIES,
    indirect_rate=Fraction(1, 4),
    indirect_excluded=("A5", "B", "D1", "D2"),
    sme_owner_units=SME_OWNER_UNITS,
    country_coefficients={"BE": Decimal(1)},
)
DIGITAL = CostModel(
    id="DEP_ACTUAL",
    label="Digital Europe, actual costs",
    categories=GRANT_CATEGORIES,
    indirect_rate=Fraction(7, 100),
    indirect_excluded=("A5",),
)
_ACQUISITION = ("acquisition", "installation")
_OPERATION = (
    "maintenance", "energy", "cooling", "staff_operations", "housing", "network", "software", "security",
    "decommissioning",
)  # fmt: skip
OWNERSHIP = CostModel(
    id="TCO_MACHINE",
    label="Machine, total cost of ownership",
    categories=_ACQUISITION + _OPERATION,
    groups=dict.fromkeys(_ACQUISITION, "acquisition") | dict.fromkeys(_OPERATION, "operation"),
    ownership_years_min=5,
)
CAPEX = CostModel(
    id="CAPEX",
    label="Capital expenditure",
    categories=("buildings", "power_and_cooling", "compute", "network_and_storage", "other"),
)

MACHINE_STREAM = StreamScheme(
    stream=Stream.MACHINE,
    cost_model=OWNERSHIP,
    rate_acquisition_max=HALF,
    rate_operation_max=HALF,
    access_share_max=HALF,
    rounding=Rounding.DOWN,
)
SERVICES_STREAM = StreamScheme(
    stream=Stream.SERVICES, cost_model=HORIZON, rate=HALF, eu_cap=Euro.of("15000000.00"), duration_months=36
)
PLATFORM_STREAM = StreamScheme(stream=Stream.EXPERIMENTAL_PLATFORM, cost_model=HORIZON, rate=HALF, optional=True)
CAPEX_STREAM = StreamScheme(
    stream=Stream.CAPEX,
    cost_model=CAPEX,
    rate_max=Fraction(17, 100),
    state_match_min_of_eu=Fraction(1),
    rounding=Rounding.DOWN,
)

CRITERIA = CriteriaSet(
    id="HE_RIA",
    criteria=tuple(
        Criterion(id=each, title=each.title(), threshold=Decimal(3))
        for each in ("excellence", "impact", "implementation")
    ),
    overall_threshold=Decimal(10),
)


def call_with(*streams: StreamScheme, **other: object) -> CallFacts:
    """A call with these streams; anything else may be named."""
    given: dict[str, object] = {
        "id": "CALL",
        "version": 1,
        "title": "A call",
        "instrument": Instrument.GENERIC,
        "kind": "grant",
        "criteria_sets": (CRITERIA,),
        "template": Template("T", "1", ()),
        "opens": date(2025, 5, 22),
    }
    return CallFacts(streams=streams, **(given | other))  # type: ignore[arg-type]


FACTORY = call_with(
    MACHINE_STREAM,
    SERVICES_STREAM,
    PLATFORM_STREAM,
    id="EUROHPC-2024-CEI-AI-02",
    instrument=Instrument.AI_FACTORY,
    opens=date(2024, 9, 10),
)
ANTENNA = call_with(
    StreamScheme(
        stream=Stream.SERVICES, cost_model=HORIZON, rate=HALF, eu_cap=Euro.of("5000000.00"), duration_months=36
    ),
    id="HORIZON-JU-EUROHPC-2025-AIFA-01",
    instrument=Instrument.ANTENNA,
)
GIGAFACTORY = call_with(CAPEX_STREAM, id="EUROHPC-2026-CEI-AIGF-01", instrument=Instrument.GIGAFACTORY)
INNOVATION = call_with(
    StreamScheme(
        stream=Stream.SERVICES,
        cost_model=HORIZON,
        rate=Fraction(7, 10),
        rates_by_kind={"public": Fraction(1), "non_profit": Fraction(1)},
    ),
    id="GENERIC-HE-IA",
    opens=date(2025, 12, 16),
)
DIGITAL_SIMPLE = call_with(StreamScheme(stream=Stream.SERVICES, cost_model=DIGITAL, rate=HALF), id="GENERIC-DEP-SIMPLE")
DIGITAL_SME = call_with(
    StreamScheme(stream=Stream.SERVICES, cost_model=DIGITAL, rate=HALF, rates_by_kind={"sme": Fraction(3, 4)}),
    id="GENERIC-DEP-SME",
)

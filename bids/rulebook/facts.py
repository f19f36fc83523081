"""A bid as facts: frozen, comparable, and field for field the bid file `tandem-bid/1`.

Everything that assesses, checks, prints or exports a bid reads these facts; nothing else crosses
the wall into the rulebook. Money is `Euro`; quantities, rates, shares and coordinates are exact
`Decimal`s written as they were typed. `None` and the empty string mean "not given yet".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import (
    ChapterState,
    CommitmentStatus,
    Language,
    Level,
    MachineStatus,
    PartnerKind,
    PartnerRole,
    PayerKind,
    Stream,
)

FORMAT = "tandem-bid/1"


@dataclass(frozen=True, slots=True)
class RatesFacts:
    """The rates requested for the machine stream; None asks for the call's maximum."""

    acquisition: Decimal | None = None
    operation: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    key: str
    name: str = ""
    short_name: str = ""
    country: str = ""
    region: str = ""
    kind: PartnerKind = PartnerKind.LARGE
    role: PartnerRole = PartnerRole.BENEFICIARY
    affiliated_to: str | None = None
    pic: str | None = None
    enterprise_number: str | None = None
    requested_eu: Euro | None = None


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    key: str
    title: str = ""
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class MachineFacts:
    key: str
    name: str = ""
    status: MachineStatus = MachineStatus.PLANNED
    accelerators: int | None = None
    accelerator_kw: Decimal | None = None
    availability: Decimal | None = None
    peak_pflops: Decimal | None = None
    operational_on: date | None = None


@dataclass(frozen=True, slots=True)
class SiteFacts:
    key: str
    name: str = ""
    host: str | None = None
    country: str = ""
    language_region: str = ""
    address: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    it_power_kw: Decimal | None = None
    grid_power_kw: Decimal | None = None
    pue: Decimal | None = None
    load: Decimal | None = None
    energy_price_per_kwh: Decimal | None = None
    cooling: str = ""
    floor_m2: Decimal | None = None
    network_gbps: Decimal | None = None
    security: str = ""
    racks: int | None = None
    rack_power_kw: Decimal | None = None
    renewable_share: Decimal | None = None
    phases: tuple[PhaseFacts, ...] = ()
    machines: tuple[MachineFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A line between two sites. In the file its ends are called `from` and `to`."""

    key: str
    start: str = field(default="", metadata={"name": "from"})
    end: str = field(default="", metadata={"name": "to"})
    gbps: Decimal | None = None
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    key: str
    title: str = ""
    first_month: int | None = None
    last_month: int | None = None
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class DeliverableFacts:
    key: str
    title: str = ""
    month: int | None = None
    lead: str | None = None
    type: str = ""
    dissemination: str = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    key: str
    title: str = ""
    month: int | None = None
    means_of_verification: str = ""


@dataclass(frozen=True, slots=True)
class WorkPackageFacts:
    """`effort` maps a partner's key to person-months."""

    key: str
    title: str = ""
    lead: str | None = None
    first_month: int | None = None
    last_month: int | None = None
    effort: dict[str, Decimal] = field(default_factory=dict)
    tasks: tuple[TaskFacts, ...] = ()
    deliverables: tuple[DeliverableFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonnelPricing:
    """F2 and F3: a person's cost of the period, by day-equivalents."""

    kind: str = field(default="personnel", init=False)
    annual_cost: Euro
    max_days: Decimal
    days: Decimal


@dataclass(frozen=True, slots=True)
class PersonMonthsPricing:
    """F4."""

    kind: str = field(default="person_months", init=False)
    months: Decimal
    monthly_rate: Decimal


@dataclass(frozen=True, slots=True)
class SmeOwnerPricing:
    """F5; the unit follows from the opening date of the call."""

    kind: str = field(default="sme_owner", init=False)
    days: Decimal
    country: str


@dataclass(frozen=True, slots=True)
class DepreciationPricing:
    """F6."""

    kind: str = field(default="depreciation", init=False)
    price: Euro
    life_months: int
    months_in_action: int
    share_of_use: Decimal


@dataclass(frozen=True, slots=True)
class FullCostPricing:
    kind: str = field(default="full_cost", init=False)
    price: Euro
    share_of_use: Decimal


@dataclass(frozen=True, slots=True)
class EnergyPricing:
    """F15, rounded once after the years."""

    kind: str = field(default="energy", init=False)
    kw: Decimal
    pue: Decimal
    load: Decimal
    price_per_kwh: Decimal
    years: Decimal


Pricing = (
    PersonnelPricing | PersonMonthsPricing | SmeOwnerPricing | DepreciationPricing | FullCostPricing | EnergyPricing
)


@dataclass(frozen=True, slots=True)
class CostFact:
    """One budget line. `stream` is None only while a draft is being typed; C01 finds it."""

    key: str
    stream: Stream | None = None
    partner: str | None = None
    site: str | None = None
    work_package: str | None = None
    category: str = ""
    year: int | None = None
    description: str = ""
    amount: Euro | None = None
    quantity: Decimal | None = None
    unit: str = ""
    unit_cost: Decimal | None = None
    pricing: Pricing | None = None
    funded_elsewhere: bool = False
    alternative_of: str | None = None


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """`document` is the key of the letter among the bid's documents."""

    key: str
    payer: str = ""
    kind: PayerKind = PayerKind.FEDERAL
    amount: Euro = Euro(0)
    status: CommitmentStatus = CommitmentStatus.ANNOUNCED
    signed_on: date | None = None
    valid_until: date | None = None
    years: tuple[int, ...] = ()
    budget_line: str = ""
    condition: str = ""
    legal_basis: str = ""
    signatory: str = ""
    document: str | None = None


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """A section of the call's template in one language; key and language are unique together."""

    key: str
    language: Language = Language.EN
    title: str = ""
    state: ChapterState = ChapterState.DRAFT
    html: str = ""
    source_digest: str | None = None


@dataclass(frozen=True, slots=True)
class RiskFacts:
    key: str
    description: str = ""
    likelihood: Level | None = None
    severity: Level | None = None
    mitigation: str = ""
    work_packages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    key: str
    name: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """`kind` is a requirement or another document kind of the call data."""

    key: str
    kind: str = "other"
    title: str = ""
    sha256: str = ""
    pages: int | None = None
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class BidFacts:
    """The whole bid: one frozen picture that every engine reads."""

    call: str
    title: str
    track: str = ""
    reference: str = ""
    acronym: str = ""
    language: Language = Language.EN
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    linked_factory: str | None = None
    alternative_to: str | None = None
    tco_verification: str = ""
    economic_use_share: Decimal | None = None
    commercial_access_share: Decimal | None = None
    stated_access_share: Decimal | None = None
    starts_on: date | None = None
    duration_months: int | None = None
    ownership_years: int | None = None
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

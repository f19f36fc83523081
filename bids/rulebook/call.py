"""A call as facts: streams, rates, caps, dates, criteria, chapters, and where each comes from.

Filled from the data files in `bids/calls/`; the rules read it and never hold a number of a call
themselves. `marks` says for every number whether it was SEEN, RECALLED, INFERRED or is a HOUSE
choice; what is not certain may warn but never block.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import Instrument, Language, Stream, Typeface


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from: our key, its mark, and the legal act that pages and PDF print.

    `disputed` says that sources differ; the number then warns, however certain each of them is.
    """

    key: str = ""
    mark: str = ""
    cite: str = ""
    note: str = ""
    disputed: bool = False

    @property
    def is_certain(self) -> bool:
        """SEEN, SEEN2, a house rule, or recalled with at least 0.9: only these may block."""
        if self.disputed:
            return False
        head, _, confidence = self.mark.partition(" ")
        if head == "RECALLED":
            return float(confidence.split(",")[0] or 0) >= 0.9  # a confidence, not money
        return head != "INFERRED"

    @property
    def is_house_rule(self) -> bool:
        return self.mark.startswith("HOUSE")


@dataclass(frozen=True, slots=True)
class SmeOwnerUnit:
    """The daily unit cost of an SME owner for calls opened in a period (F5), as published."""

    day: Euro
    month: Euro
    opens_from: date | None = None
    opens_before: date | None = None


@dataclass(frozen=True, slots=True)
class CostModel:
    """Which categories a stream has and how indirect costs are added."""

    id: str
    label: str
    categories: tuple[str, ...]
    groups: dict[str, str] = field(default_factory=dict)  # category -> "acquisition" | "operation"
    indirect_rate: Fraction = Fraction(0)
    indirect_excluded: tuple[str, ...] = ()
    indirect_source: Source = Source()
    sme_owner_units: tuple[SmeOwnerUnit, ...] = ()
    sme_owner_days_per_month: int = 18
    country_coefficients: dict[str, Decimal] = field(default_factory=dict)
    day_equivalents_per_year: int = 215
    cfs_threshold: Euro | None = None
    third_party_cap: Euro | None = None
    equipment_justification_ratio: Decimal | None = None
    subcontracting_share_max: Decimal | None = None  # of direct costs; above it we ask why
    ownership_years_min: int | None = None
    equipment_default: str = ""
    mutual_insurance_min: Decimal | None = None
    mutual_insurance_max: Decimal | None = None
    prefinancing_factor: Decimal | None = None
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class StreamScheme:
    """How the Union pays one stream. Rates are exact fractions, at most 1."""

    stream: Stream
    cost_model: CostModel
    optional: bool = False
    rate: Fraction | None = None  # grant streams
    rates_by_kind: dict[str, Fraction] = field(default_factory=dict)
    rate_source: Source = Source()
    eu_cap: Euro | None = None
    cap_source: Source = Source()
    duration_months: int | None = None
    rate_acquisition_max: Fraction | None = None  # machine
    rate_operation_max: Fraction | None = None
    access_share_max: Fraction | None = None
    rate_max: Fraction | None = None  # capex
    state_match_min_of_eu: Fraction | None = None
    rounding: Rounding = Rounding.HALF_UP
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Criterion:
    id: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)  # our translations
    weight: Decimal = Decimal(1)
    threshold: Decimal | None = None
    pass_fail: bool = False
    aspects: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.title or self.id


@dataclass(frozen=True, slots=True)
class CriteriaSet:
    """How a bid is scored: 0 to 5 in halves unless the call says otherwise."""

    id: str
    criteria: tuple[Criterion, ...]
    overall_threshold: Decimal | None = None
    ranking_weights: dict[str, Decimal] = field(default_factory=dict)
    scale_min: Decimal = Decimal(0)
    scale_max: Decimal = Decimal(5)
    scale_step: Decimal = Decimal("0.5")
    scale_labels: tuple[str, ...] = ()  # of the whole scores, from the lowest
    source: Source = Source()
    weights_source: Source = Source()  # of weights and thresholds


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the written bid; `number` is the chapter's key in the bid file."""

    number: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)  # our translations
    pages: int | None = None  # indicative
    optional: bool = False
    criterion: str = ""
    languages: tuple[Language, ...] = ()
    heading_only: bool = False

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class Annex:
    id: str
    title: str
    titles: dict[str, str] = field(default_factory=dict)  # our translations
    mandatory: bool = False

    def __str__(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True)
class Formatting:
    """How the official forms want the paper to look."""

    page: str = "A4"
    margin_mm_min: int = 15
    body_font: str = ""
    body_pt_min: int = 11
    table_pt_min: int = 11
    other_pt_min: int = 8
    fonts_embedded: bool = True
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Template:
    """What is written, in which order; `tables` are the mandatory ones, number and title."""

    id: str
    version: str
    sections: tuple[Section, ...]
    annexes: tuple[Annex, ...] = ()
    tables: tuple[tuple[str, str], ...] = ()
    figures: tuple[str, ...] = ()
    formatting: Formatting = Formatting()
    typeface: Typeface = Typeface.ARIMO  # of the chapters in a dossier
    source: Source = Source()

    def section(self, key: str) -> Section | None:
        """The section a chapter's key names: its number, or a criterion that one section alone answers."""
        numbered = next((section for section in self.sections if section.number == key), None)
        answering = [section for section in self.sections if section.criterion == key]
        return numbered or (answering[0] if len(answering) == 1 else None)

    def section_holding(self, key: str) -> Section | None:
        """The section a chapter belongs in: the one it names, or the one it is a part of (`1.1` of `1`)."""
        while key:
            section = self.section(key)
            if section is not None:
                return section
            key = key.rpartition(".")[0]
        return None


@dataclass(frozen=True, slots=True)
class PartA:
    """Limits of the fields of Part A, in characters with spaces."""

    title_chars: int = 200
    title_forbidden: tuple[str, ...] = ()
    keywords_chars: int = 200
    abstract_chars: int = 2000
    acronym_chars: int = 20
    pic_digits: int = 9


@dataclass(frozen=True, slots=True)
class Requirement:
    """A document (or field) the call asks for, and what its absence stops."""

    kind: str
    severity: str = "warn"  # block | warn
    gate: str | None = None  # submit | recommend | approve | file
    annex: str = ""
    field: str = ""
    check: str = "C11"
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Track:
    id: str
    title: str
    criteria_set: str


@dataclass(frozen=True, slots=True)
class CallFacts:
    """One version of a call's data. Times are aware; `desk_closes` itself is kept per bid."""

    id: str
    version: int
    title: str
    instrument: Instrument
    kind: str
    streams: tuple[StreamScheme, ...]
    criteria_sets: tuple[CriteriaSet, ...]
    template: Template
    part_a: PartA = PartA()
    opens: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    deadline: datetime | None = None
    cutoffs: tuple[datetime, ...] = ()
    competitive: bool = False
    required_opinions: tuple[str, ...] = ("legal", "finance")
    desk_closes_working_days: int = 25
    applicants: str = ""
    tracks: tuple[Track, ...] = ()
    page_limit: int | None = None
    page_limit_suggested: int | None = None
    indicative_budget: Euro | None = None
    expected_grants: int | None = None
    requirements: tuple[Requirement, ...] = ()
    document_kinds: tuple[str, ...] = ()
    participating_states: tuple[str, ...] = ()
    single_country: bool = False
    established_factories: tuple[str, ...] = ()  # ids an antenna may link to
    warn_only: dict[str, str] = field(default_factory=dict)  # house rule (its check) -> why it doesn't block here
    source: Source = Source()
    marks: dict[str, Source] = field(default_factory=dict)  # path of a number -> its source

    @property
    def rule_set(self) -> str:
        """The name of this version, `<call id>@<version>`."""
        return f"{self.id}@{self.version}"

    def scheme(self, stream: Stream | None) -> StreamScheme | None:
        """How this call pays a stream; None where it has no such stream."""
        for scheme in self.streams:
            if scheme.stream is stream:
                return scheme
        return None

    def criteria_for(self, track: str) -> CriteriaSet:
        """The criteria a bid on this track is scored by."""
        wanted = next((t.criteria_set for t in self.tracks if t.id == track), self.criteria_sets[0].id)
        return next(criteria for criteria in self.criteria_sets if criteria.id == wanted)

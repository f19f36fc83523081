"""What the bid costs, line by line, and who pays what the Union does not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bids.rulebook.facts.pricing import Pricing
from bids.rulebook.facts.shapes import (
    DocumentKey,
    Key,
    Line,
    LineReference,
    Name,
    PartnerKey,
    Quantity,
    SiteKey,
    Text,
    UnitCost,
    WorkPackageKey,
    Year,
)
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus, PayerKind, Stream


@dataclass(frozen=True, slots=True)
class CostFact:
    """One budget line. `stream` is None only while a draft is being typed; C01 finds it."""

    key: Key
    stream: Stream | None = None
    partner: PartnerKey | None = None
    site: SiteKey | None = None
    work_package: WorkPackageKey | None = None
    category: Name = ""
    year: Year | None = None
    description: Text = ""
    amount: Euro | None = None
    quantity: Quantity | None = None
    unit: Line = ""
    unit_cost: UnitCost | None = None
    pricing: Pricing | None = None
    funded_elsewhere: bool = False
    alternative_of: LineReference | None = None


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """`document` is the key of the letter among the bid's documents."""

    key: Key
    payer: Line = ""
    kind: PayerKind = PayerKind.FEDERAL
    amount: Euro = Euro(0)
    status: CommitmentStatus = CommitmentStatus.ANNOUNCED
    signed_on: date | None = None
    valid_until: date | None = None
    years: tuple[Year, ...] = ()
    budget_line: Line = ""
    condition: Text = ""
    legal_basis: Text = ""
    signatory: Line = ""
    document: DocumentKey | None = None

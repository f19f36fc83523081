"""What assessing a bid yields: every view of its money, all adding up to the same cent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.funding.access import Access
from bids.rulebook.funding.trace import Step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import Stream


@dataclass(frozen=True, slots=True)
class View:
    """A sum over lines with their indirect costs, and the Union's part of it."""

    total: Euro = Euro()
    eu: Euro = Euro()


@dataclass(frozen=True, slots=True)
class LineShare:
    """One line: what it costs, whether it counts, what the Union pays, and why not if not.

    A stated indirect cost (category E) keeps its `amount` for comparison, and a `total` of nothing.
    A line that can't be priced counts nothing and says so in `problem`.
    """

    key: str
    stream: Stream | None
    amount: Euro
    indirect: Euro
    total: Euro
    eligible: bool
    eu: Euro
    reason: Sentence | None = None  # why the line is not eligible
    problem: Sentence | None = None  # why the line has no price


@dataclass(frozen=True, slots=True)
class EntityShare:
    """One partner in one grant stream: F7 to F9, then what it requests, then the stream's cap."""

    stream: Stream
    partner: str
    direct: Euro
    indirect_base: Euro
    indirect: Euro
    eligible: Euro
    rate: Fraction
    computed: Euro
    before_cap: Euro
    eu: Euro


@dataclass(frozen=True, slots=True)
class PartnerShare:
    """Grant streams in the first six fields (national = eligible - eu); other streams apart.

    `total` holds every line of the partner with its indirect costs, eligible or not; `computed` is
    what its rates give in the grant streams before any request or cap. The last three are told
    only where the partner says who else pays its costs, or what it expects to earn.
    """

    direct: Euro = Euro()
    indirect: Euro = Euro()
    eligible: Euro = Euro()
    rate: Fraction | None = None
    eu: Euro = Euro()
    national: Euro = Euro()
    machine_total: Euro = Euro()
    machine_eu: Euro = Euro()
    computed: Euro = Euro()
    total: Euro = Euro()
    in_kind: Euro | None = None
    revenues: Euro | None = None
    surplus: Euro | None = None

    @property
    def eu_of_all_streams(self) -> Euro:
        """What the Union pays of everything this partner's lines cost."""
        return self.eu + self.machine_eu


@dataclass(frozen=True, slots=True)
class MachineShare:
    """F11; the rates are those applied, never above the call's maximum."""

    acquisition: Euro
    operation: Euro
    total: Euro
    eu_acquisition: Euro
    eu_operation: Euro
    eu: Euro
    rate_acquisition: Fraction = Fraction(0)
    rate_operation: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class GrantShare:
    direct: Euro
    indirect_base: Euro
    indirect: Euro
    total: Euro
    rate: Fraction | None
    eu_before_cap: Euro
    cap: Euro | None
    eu: Euro
    capped: bool


@dataclass(frozen=True, slots=True)
class CapexShare:
    total: Euro
    eu: Euro
    states_min: Euro
    rest: Euro


StreamShare = MachineShare | GrantShare | CapexShare


@dataclass(frozen=True, slots=True)
class Assessment:
    """The funding of one bid under one rule set; `"-"` gathers what names no site, year, ...

    eu_share: 6 decimals, half up; union_access_share: 6 decimals, cut; None where the divisor is 0
    (or, for the access share, where there is no machine stream).
    """

    call: str
    rule_set: str
    total: Euro
    eligible: Euro
    eu: Euro
    national: Euro
    other: Euro
    elsewhere: Euro
    eu_share: Decimal | None
    committed: Euro
    signed: Euro
    uncovered: Euro
    union_access_share: Decimal | None
    streams: dict[str, StreamShare]
    partners: dict[str, PartnerShare]
    sites: dict[str, View]
    categories: dict[str, View]
    years: dict[str, View]
    work_packages: dict[str, View]
    lines: dict[str, LineShare]
    trace: tuple[Step, ...]
    entities: tuple[EntityShare, ...] = ()
    access: Access | None = None

    @property
    def in_kind(self) -> Euro | None:
        """What partners contribute in kind; None where none says who else pays its costs."""
        return _sum_of_stated(share.in_kind for share in self.partners.values())

    @property
    def revenues(self) -> Euro | None:
        """What partners expect to earn; None where none says so."""
        return _sum_of_stated(share.revenues for share in self.partners.values())

    @property
    def surplus(self) -> Euro | None:
        """What partners would have more than they spend; None where none expects revenues."""
        return _sum_of_stated(share.surplus for share in self.partners.values())

    def problems(self) -> dict[str, Sentence]:
        """The lines that have no price, each with what is wrong, in the order of the budget."""
        return {key: line.problem for key, line in self.lines.items() if line.problem is not None}


def _sum_of_stated(amounts: Iterable[Euro | None]) -> Euro | None:
    stated = [amount for amount in amounts if amount is not None]
    return Euro.total(stated) if stated else None

"""What others announced: bids, grants and machines, each figure with its mark (`calls/reference-bids.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bids.rulebook.call import Source
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Instrument


@dataclass(frozen=True, slots=True)
class PublishedAmounts:
    """One announced figure: of a machine contract, a services grant or the whole programme.

    `eu_share` stands where a share was published and no amounts were; `accelerators` are those the
    total buys. `inferred` names what was deduced, not published.
    """

    kind: str  # contract | grant | programme | tender
    source: Source
    total: Euro | None = None
    eu: Euro | None = None
    national: Euro | None = None
    regional: Euro | None = None
    eu_share: Decimal | None = None
    accelerators: int | None = None
    rounded: bool = False
    inferred: tuple[str, ...] = ()
    machine: str = ""
    call: str = ""
    cordis: str = ""
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class PublishedBid:
    """A bid elsewhere, selected or not."""

    id: str
    name: str
    instrument: Instrument
    source: Source
    countries: tuple[str, ...] = ()
    outcome: str = ""
    wave: int | None = None
    announced: date | None = None
    decided: date | None = None
    host: str = ""
    sites: tuple[str, ...] = ()
    partners: int | None = None
    linked: tuple[str, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    amounts: tuple[PublishedAmounts, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedMachine:
    name: str
    country: str
    source: Source
    total: Euro | None = None
    eu: Euro | None = None
    national: Euro | None = None
    eu_rate: Decimal | None = None
    eu_cap: Euro | None = None


@dataclass(frozen=True, slots=True)
class Published:
    """Everything in `reference-bids.toml`."""

    bids: tuple[PublishedBid, ...]
    machines: tuple[PublishedMachine, ...]

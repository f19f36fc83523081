"""Who takes part, and the places and machines they bring."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bids.rulebook.facts.shapes import (
    ADDED_LATER,
    Count,
    Country,
    Factor,
    Key,
    Latitude,
    Line,
    Longitude,
    PartnerKey,
    Quantity,
    Region,
    Share,
    SiteKey,
    Text,
    UnitCost,
)
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import MachineStatus, PartnerKind, PartnerRole


@dataclass(frozen=True, slots=True)
class PartnerFacts:
    """Who takes part. The last three amounts are about its grants: what States and other programmes of the Union
    pay towards the same eligible costs, and what it expects to earn with the action.
    """

    key: Key
    name: Line = ""
    short_name: Line = ""
    country: Country = ""
    region: Region = ""
    kind: PartnerKind = PartnerKind.LARGE
    role: PartnerRole = PartnerRole.BENEFICIARY
    affiliated_to: PartnerKey | None = None
    pic: Line | None = None
    enterprise_number: Line | None = None
    requested_eu: Euro | None = None
    state_money: Euro | None = field(default=None, metadata=ADDED_LATER)
    other_union_money: Euro | None = field(default=None, metadata=ADDED_LATER)
    expected_revenues: Euro | None = field(default=None, metadata=ADDED_LATER)


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    key: Key
    title: Line = ""
    ready_on: date | None = None


@dataclass(frozen=True, slots=True)
class MachineFacts:
    key: Key
    name: Line = ""
    status: MachineStatus = MachineStatus.PLANNED
    accelerators: Count | None = None
    accelerator_kw: Quantity | None = None
    availability: Share | None = None
    peak_pflops: Quantity | None = None
    operational_on: date | None = None


@dataclass(frozen=True, slots=True)
class SiteFacts:
    key: Key
    name: Line = ""
    host: PartnerKey | None = None
    country: Country = ""
    language_region: Line = ""
    address: Text = ""
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    it_power_kw: Quantity | None = None
    grid_power_kw: Quantity | None = None
    pue: Factor | None = None
    load: Share | None = None
    energy_price_per_kwh: UnitCost | None = None
    cooling: Text = ""
    floor_m2: Quantity | None = None
    network_gbps: Quantity | None = None
    security: Text = ""
    racks: Count | None = None
    rack_power_kw: Quantity | None = None
    renewable_share: Share | None = None
    phases: tuple[PhaseFacts, ...] = ()
    machines: tuple[MachineFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """A line between two sites. In the file its ends are called `from` and `to`."""

    key: Key
    start: SiteKey = field(default="", metadata={"name": "from"})
    end: SiteKey = field(default="", metadata={"name": "to"})
    gbps: Quantity | None = None
    carrier: Line = ""

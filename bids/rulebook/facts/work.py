"""The work plan: packages, tasks, deliverables, milestones and effort."""

from __future__ import annotations

from dataclasses import dataclass, field

from bids.rulebook.facts.shapes import Key, Line, Months, PartnerKey, Quantity, Text


@dataclass(frozen=True, slots=True)
class TaskFacts:
    key: Key
    title: Line = ""
    first_month: Months | None = None
    last_month: Months | None = None
    lead: PartnerKey | None = None


@dataclass(frozen=True, slots=True)
class DeliverableFacts:
    key: Key
    title: Line = ""
    month: Months | None = None
    lead: PartnerKey | None = None
    type: Line = ""
    dissemination: Line = ""


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    key: Key
    title: Line = ""
    month: Months | None = None
    means_of_verification: Text = ""


@dataclass(frozen=True, slots=True)
class WorkPackageFacts:
    """`effort` maps a partner's key to person-months."""

    key: Key
    title: Line = ""
    lead: PartnerKey | None = None
    first_month: Months | None = None
    last_month: Months | None = None
    effort: dict[PartnerKey, Quantity] = field(default_factory=dict)
    tasks: tuple[TaskFacts, ...] = ()
    deliverables: tuple[DeliverableFacts, ...] = ()
    milestones: tuple[MilestoneFacts, ...] = ()

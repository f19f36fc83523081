"""The work plan: packages, tasks, deliverables, milestones, and who works how much on what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.dossier.sections.figures import work_over_time
from bids.dossier.sections.form import form_tables
from bids.dossier.source import Source
from bids.rulebook.facts import DeliverableFacts, MilestoneFacts, PartnerFacts, WorkPackageFacts


@dataclass(frozen=True, slots=True)
class Package:
    facts: WorkPackageFacts
    effort: Decimal


@dataclass(frozen=True, slots=True)
class Due:
    """A deliverable or milestone with the package it belongs to."""

    package: WorkPackageFacts
    what: DeliverableFacts | MilestoneFacts

    @property
    def type(self) -> str:
        """`data_management_plan` as words, so that it can be broken into lines."""
        return self.what.type.replace("_", " ") if isinstance(self.what, DeliverableFacts) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a partner gives to a package; None where it does not work on it."""

    months: Decimal | None
    is_lead: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A partner's line of the effort matrix."""

    partner: PartnerFacts
    cells: tuple[Cell, ...]

    @property
    def total(self) -> Decimal:
        return sum((cell.months for cell in self.cells if cell.months), Decimal(0))


def fill(source: Source) -> dict[str, Any]:
    packages = [Package(facts, sum(facts.effort.values(), Decimal(0))) for facts in source.facts.work_packages]
    return {
        "packages": packages,
        "effort": sum((package.effort for package in packages), Decimal(0)),
        "deliverables": _by_month([Due(p.facts, d) for p in packages for d in p.facts.deliverables]),
        "milestones": _by_month([Due(p.facts, m) for p in packages for m in p.facts.milestones]),
        "rows": [row for row in (_row(source, partner) for partner in source.facts.partners) if row.total],
        "plots": work_over_time(source),
        "numbered": form_tables(source),
    }


def _row(source: Source, partner: PartnerFacts) -> Row:
    packages = source.facts.work_packages
    return Row(partner, tuple(Cell(p.effort.get(partner.key), p.lead == partner.key) for p in packages))


def _by_month(dues: list[Due]) -> list[Due]:
    return sorted(dues, key=lambda due: (due.what.month is None, due.what.month or 0))

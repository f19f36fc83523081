"""What may go wrong, and how success is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bids.dossier.sections.form import form_tables
from bids.dossier.source import Source
from bids.rulebook.facts import RiskFacts
from bids.rulebook.vocabulary import Level

LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Cell:
    """The risks of one likelihood and one severity; the heavier of the two colours the cell."""

    likelihood: Level
    severity: Level
    risks: tuple[RiskFacts, ...]

    @property
    def weight(self) -> Level:
        """Low and low make low, two steps up make high."""
        return LEVELS[(LEVELS.index(self.likelihood) + LEVELS.index(self.severity) + 1) // 2]


@dataclass(frozen=True, slots=True)
class Row:
    likelihood: Level
    cells: tuple[Cell, ...]


def fill(source: Source) -> dict[str, Any]:
    rows = [_row(source.facts.risks, likelihood) for likelihood in reversed(LEVELS)]
    return {"grid": rows, "levels": LEVELS, "numbered": form_tables(source)}


def _row(risks: tuple[RiskFacts, ...], likelihood: Level) -> Row:
    return Row(likelihood, tuple(_cell(risks, likelihood, severity) for severity in LEVELS))


def _cell(risks: tuple[RiskFacts, ...], likelihood: Level, severity: Level) -> Cell:
    here = tuple(risk for risk in risks if (risk.likelihood, risk.severity) == (likelihood, severity))
    return Cell(likelihood, severity, here)

"""Who applies, for what, and what the consortium states about it; boxes for the signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bids.dossier.source import Source
from bids.rulebook.facts import CostFact
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerRole


@dataclass(frozen=True, slots=True)
class Sum:
    """Some lines of the budget, and what they cost with their indirect costs."""

    count: int
    total: Euro


def fill(source: Source) -> dict[str, Any]:
    facts = source.facts
    return {
        "coordinator": next((p for p in facts.partners if p.role is PartnerRole.COORDINATOR), None),
        "track": next((track.title for track in source.call.tracks if track.id == facts.track), facts.track),
        "elsewhere": _sum(source, [line for line in facts.budget if line.funded_elsewhere]),
        "alternatives": _sum(source, [line for line in facts.budget if line.alternative_of]),
        "signatories": [p for p in facts.partners if p.role is not PartnerRole.ASSOCIATED],
    }


def _sum(source: Source, lines: list[CostFact]) -> Sum:
    known = source.assessment.lines
    return Sum(len(lines), Euro.total(known[line.key].total for line in lines if line.key in known))

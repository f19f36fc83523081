"""What a check found: one sentence, what it stops, and the place to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bids.rulebook.text import Sentence

GATES = ("submit", "recommend", "approve", "file")  # the acts a finding can stop, in the order they come


@dataclass(frozen=True, slots=True)
class Finding:
    """`gate` names the act a blocking finding stops (submit, recommend, approve, file), else None.

    `where` is the section of the bid, or section and key: `commitments`, `budget/L003`,
    `chapters/1.1`, `sites/zellik`, `partners/imec`, `documents`, `bid`. `softened` is why a house rule
    that would block only warns: the ministry switched it for this call.
    """

    check: str
    severity: str  # block | warn | info
    gate: str | None
    sentence: Sentence
    where: str
    source: str
    is_house_rule: bool = False
    softened: str = ""


def blocks(findings: Iterable[Finding], gate: str) -> list[Finding]:
    """The findings that stop this act."""
    return [finding for finding in findings if finding.severity == "block" and finding.gate == gate]


def findings_by_gate(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """What stops each of the four acts, in the order they come."""
    found = list(findings)
    return {gate: blocks(found, gate) for gate in GATES}

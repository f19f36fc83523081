"""What a check found: one sentence, what it stops, and the place to mend it."""

from __future__ import annotations

from dataclasses import dataclass

from bids.rulebook.text import Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """`gate` names the act a blocking finding stops (submit, recommend, approve, file), else None.

    `where` is the section of the bid, or section and key: `commitments`, `budget/L003`,
    `chapters/1.1`, `sites/zellik`, `partners/imec`, `documents`, `bid`.
    """

    check: str
    severity: str  # block | warn | info
    gate: str | None
    sentence: Sentence
    where: str
    source: str
    is_house_rule: bool = False

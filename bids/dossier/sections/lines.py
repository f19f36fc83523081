"""The budget line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bids.dossier.source import Source
from bids.rulebook.facts import CostFact
from bids.rulebook.funding.assessment import LineShare
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence


@dataclass(frozen=True, slots=True)
class Line:
    facts: CostFact
    share: LineShare

    @property
    def remark(self) -> Sentence | None:
        """Why the line has no price, or why the Union does not pay for it."""
        return self.share.problem or self.share.reason


def fill(source: Source, piece: Sequence[CostFact], is_last: bool) -> dict[str, Any]:
    shares = source.assessment.lines
    sums = {
        "amount": Euro.total(share.total - share.indirect for share in shares.values()),
        "indirect": Euro.total(share.indirect for share in shares.values()),
    }
    return {"lines": [Line(fact, shares[fact.key]) for fact in piece], "is_last": is_last, "sums": sums}

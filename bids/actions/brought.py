"""A workbook that was brought, beside the bid as it is now."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from accounts import clock
from bids import snapshot
from bids.models import Bid, BudgetImport, BudgetLine
from bids.rulebook.facts import CostFact
from bids.rulebook.funding import price
from bids.rulebook.money import Euro
from bids.rulebook.permits import About, Decision, Standing, decide, line_act
from bids.rulebook.text import Sentence
from bids.workbook.choices import Choices
from bids.workbook.difference import LineChange, compare
from bids.workbook.proposal import May, Proposal
from bids.workbook.read import Reader, Row
from bids.workbook.stamp import Stamp, digest_of, from_cells, standing_of


class Brought:
    """A workbook that was brought, beside the bid as it is now, for one person."""

    def __init__(self, kept: BudgetImport, bid: Bid, who: Standing) -> None:
        self.kept, self.bid = kept, bid
        self.found: dict[str, Any] = json.loads(kept.text)
        self.stamp: Stamp | None = from_cells(self.found["stamp"])
        self.facts, self.call = snapshot.money_of(bid), snapshot.call_of(bid)
        self.choices = Choices(self.facts, self.call)
        self.rows: list[Row] = Reader(self.choices, self.stamp, self.found["language"]).rows(self.found)
        changes = compare(self.rows, self.facts.budget, self.stamp)
        taken = BudgetLine.objects.filter(bid=bid).values_list("key", flat=True)
        self.proposal = Proposal(self.facts, self.call, changes, kept.choices, frozenset(taken), asking(who, bid))

    @property
    def changes(self) -> Sequence[LineChange]:
        return self.proposal.changes

    @property
    def cost(self) -> Euro:
        """What the rows cost together as they stand in the workbook, so that it can be told from the sheet."""
        lines = self.proposal.lines
        rows = (replace(lines.get(row.key, CostFact(row.key)), **_values(row)) for row in self.rows)
        return Euro.total(price(line, self.facts, self.call).amount for line in rows)

    @property
    def is_stale(self) -> bool:
        """The lines have changed since the workbook was made."""
        return self.stamp is not None and self.stamp.digest != digest_of(self._standing())

    def _standing(self) -> dict[str, dict[str, str]]:
        within = self.stamp.partners if self.stamp else None
        return standing_of(line for line in self.facts.budget if within is None or line.partner in within)


def _values(row: Row) -> dict[str, Any]:
    return {name: cell.value for name, cell in row.cells.items() if name != "key" and cell.problem is None}


def asking(who: Standing, bid: Bid) -> May:
    """Why this person may not write a line of a partner; nothing where they may."""
    told: dict[tuple[str | None, str], Decision] = {}

    def may(partner: str | None, key: str) -> Sentence | None:
        section = f"budget/{key}" if key and who.open_sections else "budget"
        if (partner, section) not in told:
            about = About(now=clock.now(), partner=partner, section=section)
            told[partner, section] = decide(line_act(who, partner), who, bid.state, about)
        decision = told[partner, section]
        return None if decision else decision.reason

    return may

"""What happened to single lines: no price, a rounded or cut price, no Union money, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bids.rulebook.funding import grounds
from bids.rulebook.funding.eligibility import Standing
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro

_RULES = {Standing.ELSEWHERE: "elsewhere", Standing.APART: "not_eligible", Standing.COMPARED: "compared"}


def ledger_steps(entries: Iterable[Entry]) -> Iterator[Step]:
    """Only where an amount changed: a line that is simply added up needs no words."""
    told = [entry for entry in entries if entry.priced.problem or entry.priced.is_adjusted or entry.reason]
    for entry in sorted(told, key=lambda entry: entry.line.key):
        if entry.priced.problem is not None:
            stated = entry.line.amount or Euro()
            yield step("no_price", entry.line.key, entry.priced.problem, stated, Euro(), grounds.HOUSE)
        if entry.priced.is_adjusted:
            yield from entry.priced.steps
        if entry.reason is not None:
            yield step(_RULES[entry.standing], entry.line.key, entry.reason, entry.priced.amount, Euro(), grounds.HOUSE)

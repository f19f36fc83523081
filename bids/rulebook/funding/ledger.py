"""The lines of a bid while they are being assessed, in whole cents.

The one place of the engine that is filled in step by step: priced and judged first, then given
their indirect costs and their part of the Union's money. Everything outside sees `Assessment`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding.eligibility import Standing, standing_of
from bids.rulebook.funding.formulas.figured import Priced
from bids.rulebook.funding.pricing import price_under
from bids.rulebook.funding.trace import MISSING
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import Stream

Pot = tuple[Stream, str]  # a grant stream and a partner: the unit of F7 to F9


@dataclass(slots=True, eq=False)
class Entry:
    """One line on its way through the rules; money is cents."""

    line: CostFact
    priced: Priced
    standing: Standing
    reason: Sentence | None
    amount: int
    indirect: int = 0
    eu: int = 0

    @property
    def counts(self) -> bool:
        return self.standing is Standing.COUNTS

    @property
    def total(self) -> int:
        """What the line adds to the bid: nothing where it is only compared."""
        return 0 if self.standing is Standing.COMPARED else self.amount + self.indirect


def open_ledger(facts: BidFacts, call: CallFacts) -> list[Entry]:
    """Price and judge every line, in the order of the budget."""
    schemes = {scheme.stream: scheme for scheme in call.streams}
    partners = {partner.key: partner for partner in facts.partners}
    entries = []
    for line in facts.budget:
        scheme = schemes.get(line.stream) if line.stream is not None else None
        priced = price_under(line, scheme, facts.duration_months, call)
        standing, reason = standing_of(line, scheme, partners)
        entries.append(Entry(line, priced, standing, reason, priced.amount.cents))
    return entries


def pots(entries: Iterable[Entry]) -> dict[Pot, list[Entry]]:
    """The eligible lines of each partner in each grant stream, in the order of their keys."""
    gathered: defaultdict[Pot, list[Entry]] = defaultdict(list)
    for entry in entries:
        line = entry.line
        if entry.counts and line.stream is not None and line.stream.is_grant:
            gathered[line.stream, line.partner or MISSING].append(entry)
    return {pot: gathered[pot] for pot in sorted(gathered)}


def counting(entries: Iterable[Entry], stream: Stream) -> list[Entry]:
    """The eligible lines of one stream."""
    return [entry for entry in entries if entry.counts and entry.line.stream is stream]

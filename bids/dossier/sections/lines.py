"""The budget line by line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bids import wording
from bids.dossier.long.table import Cell, Column, LongTable, Sum
from bids.dossier.names import Names
from bids.dossier.source import Source
from bids.rulebook.facts import CostFact
from bids.rulebook.funding.assessment import LineShare
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop

CAPTION = Sentence(gettext_noop("The budget line by line"))
TOTAL = Sentence(gettext_noop("Total"))
# Widths in points; the description takes what is left.
COLUMNS = (
    (Sentence(gettext_noop("Line")), 33.0),
    (Sentence(gettext_noop("Description")), None),
    (Sentence(gettext_noop("Stream")), 45.0),
    (Sentence(gettext_noop("Category")), 68.0),
    (Sentence(gettext_noop("Partner")), 58.0),
    (Sentence(gettext_noop("Site")), 46.0),
    (Sentence(gettext_noop("WP")), 24.5),
    (Sentence(gettext_noop("Year")), 27.0),
)
AMOUNTS = (
    (Sentence(gettext_noop("Amount, €")), 68.0),
    (Sentence(gettext_noop("Indirect, €")), 63.0),
    (Sentence(gettext_noop("Total, €")), 68.0),
    (Sentence(gettext_noop("Union, €")), 68.0),
)


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
    return {"lines": [Line(fact, shares[fact.key]) for fact in piece], "is_last": is_last, "sums": _sums(source)}


def table(source: Source) -> LongTable:
    """All lines as one long table, in the active language."""
    names, shares, sums = Names(source.facts), source.assessment.lines, _sums(source)
    texts = [Column(wording.say(title), width, is_head=not number) for number, (title, width) in enumerate(COLUMNS)]
    amounts = [Column(wording.say(title), width, is_number=True) for title, width in AMOUNTS]
    total = (sums["amount"], sums["indirect"], source.assessment.total, source.assessment.eu)
    return LongTable(
        title="",
        caption=wording.say(CAPTION),
        columns=(*texts, *amounts),
        rows=tuple(_row(Line(fact, shares[fact.key]), names) for fact in source.facts.budget),
        sum=Sum(wording.say(TOTAL), len(texts), tuple(wording.amount(amount) for amount in total)),
    )


def _row(line: Line, names: Names) -> tuple[Cell, ...]:
    facts, share = line.facts, line.share
    remark = wording.say(line.remark) if line.remark else ""
    return (
        facts.key,
        (facts.description, remark) if remark else facts.description,
        wording.word(facts.stream),
        names.codes.get(facts.category),
        names.partners.get(facts.partner),
        facts.site or wording.UNKNOWN,
        facts.work_package or wording.UNKNOWN,
        str(facts.year or wording.UNKNOWN),
        *(
            wording.UNKNOWN if amount is None else wording.amount(amount)
            for amount in (share.amount, share.indirect, share.total, share.eu)
        ),
    )


def _sums(source: Source) -> dict[str, Euro]:
    shares = source.assessment.lines.values()
    return {
        "amount": Euro.total(share.total - share.indirect for share in shares),
        "indirect": Euro.total(share.indirect for share in shares),
    }

"""The workbook of a bid's money, as bytes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

from django.utils.translation import get_language

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.workbook import formulas
from bids.workbook.book import Book
from bids.workbook.columns import MOST_LINES
from bids.workbook.guard import cell_text
from bids.workbook.lines_sheet import write_lines
from bids.workbook.lists_sheet import write_lists
from bids.workbook.rules_sheet import Rules, write_partners
from bids.workbook.shares_sheet import Shares
from bids.workbook.stamp import Stamp, as_cells, digest_of, standing_of
from bids.workbook.totals_sheet import Totals

LARGEST_NUMBER = 10**9  # of quantities and unit costs, which have four decimals
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # the same budget gives the same bytes

_TOO_MANY = gettext_noop("The budget has %(lines)s lines; a workbook takes %(most)s. Export the bid file instead.")
_TOO_LARGE = gettext_noop(
    "The amounts are larger than a spreadsheet keeps to the cent (ten billion euro). Export the bid file instead."
)


class NotWritable(ValueError):
    """The budget doesn't fit into a workbook; `reason` says why, and what to do."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


def write(
    facts: BidFacts,
    call: CallFacts,
    money: Assessment,
    *,
    revision: int,
    today: date | None = None,
    partners: Collection[str] | None = None,
) -> bytes:
    """The workbook in the active language; `partners` says whose lines these are, None that they are all."""
    _refuse_what_does_not_fit(facts, money)
    book = Book(facts, call, money, (get_language() or "en")[:2], today)
    book.file.set_properties(
        {"title": cell_text(f"{facts.reference} {facts.title}"), "author": "Tandem", "created": EPOCH}
    )
    write_lists(book)
    write_lines(book)
    write_partners(book)
    rules = Rules(book)
    rules.write()
    shares = Shares(book, rules)
    shares.write()
    Totals(book, rules, shares).write()
    book.stamp.write_column(0, 0, as_cells(_stamp(book, revision, partners)))
    book.file.close()
    return book.bytes.getvalue()


def _stamp(book: Book, revision: int, partners: Collection[str] | None) -> Stamp:
    standing = standing_of(book.facts.budget)
    return Stamp(
        reference=book.facts.reference,
        revision=revision,
        digest=digest_of(standing),
        language=book.language,
        lines_sheet=book.lines.get_name(),
        partners=None if partners is None else tuple(sorted(partners)),
        labels={kind: {label: key for key, label in labels.items()} for kind, labels in book.choices.labels.items()},
        base=standing,
    )


def _refuse_what_does_not_fit(facts: BidFacts, money: Assessment) -> None:
    if len(facts.budget) > MOST_LINES:
        raise NotWritable(sentence(_TOO_MANY, lines=len(facts.budget), most=MOST_LINES))
    if max(_cents(facts, money)) >= formulas.MOST or max(_numbers(facts), default=0) >= LARGEST_NUMBER:
        raise NotWritable(sentence(_TOO_LARGE))


def _cents(facts: BidFacts, money: Assessment) -> Iterator[int]:
    yield money.total.cents
    yield from (line.amount.cents for line in facts.budget if line.amount is not None)
    yield from (share.amount.cents for share in money.lines.values())
    yield from (partner.requested_eu.cents for partner in facts.partners if partner.requested_eu is not None)


def _numbers(facts: BidFacts) -> Iterator[Decimal]:
    for line in facts.budget:
        yield from (number for number in (line.quantity, line.unit_cost) if number is not None)

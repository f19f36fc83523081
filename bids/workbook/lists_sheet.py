"""The hidden sheet that drop-downs choose from, and that tells formulas how a line counts."""

from __future__ import annotations

from enum import IntEnum

from bids import wording
from bids.rulebook.funding.machine import ACQUISITION
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import Category, PartnerRole, Stream
from bids.workbook.book import Book
from bids.workbook.choices import YES, known_categories

# Names that formulas use.
STREAMS, GRANTS = "tandem_streams", "tandem_grants"
PARTNERS, ASSOCIATED = "tandem_partners", "tandem_associated"
SITES, PACKAGES = "tandem_sites", "tandem_packages"
CATEGORIES, CLASSES = "tandem_categories", "tandem_classes"
FLAG, INDIRECT = "tandem_yes", "tandem_indirect"
OF_COLUMN = {
    "stream": STREAMS, "partner": PARTNERS, "site": SITES, "work_package": PACKAGES, "category": CATEGORIES,
    "funded_elsewhere": FLAG,
}  # fmt: skip


class Class(IntEnum):
    """How a line enters the sums; the first five depend on category and stream alone."""

    APART = 0
    COUNTS = 1
    IN_BASE = 2  # of indirect costs
    ACQUISITION = 3
    OPERATION = 4
    ELSEWHERE = 8
    COMPARED = 9


def write_lists(book: Book) -> None:
    """Each list in a column of its own, from the first row down."""
    labels = book.choices.labels
    associated = [int(each.role is PartnerRole.ASSOCIATED) for each in book.facts.partners]
    columns: list[tuple[str, list[str] | list[int]]] = [
        (STREAMS, list(labels["stream"].values())),
        (GRANTS, [int(stream.is_grant) for stream in book.choices.streams]),
        (PARTNERS, list(labels["partner"].values())),
        (ASSOCIATED, associated),
        (SITES, list(labels["site"].values())),
        (PACKAGES, list(labels["work_package"].values())),
        (CATEGORIES, list(labels["category"].values())),
        (FLAG, [wording.say(Sentence(YES))]),
        (INDIRECT, [labels["category"][Category.E.value]]),
    ]
    for number, (name, entries) in enumerate(columns):
        book.lists.write_column(0, number, entries)
        book.name(name, book.lists, (0, number), (max(len(entries) - 1, 0), number))
    _write_classes(book, len(columns))


def _write_classes(book: Book, column: int) -> None:
    """Category by stream: how a line of both counts."""
    streams, categories = book.choices.streams, book.choices.categories
    for number, stream in enumerate(streams):
        classes = [int(class_in(book, stream, code)) for code in categories]
        book.lists.write_column(0, column + number, classes)
    last = (max(len(categories) - 1, 0), column + max(len(streams) - 1, 0))
    book.name(CLASSES, book.lists, (0, column), last)


def class_in(book: Book, stream: Stream, code: str) -> Class:
    """How a line of this category counts in a stream, as far as these two decide."""
    scheme = book.call.scheme(stream)
    if scheme is None or code not in known_categories(scheme):
        return Class.APART
    if stream is Stream.MACHINE:
        return Class.ACQUISITION if scheme.cost_model.groups[code] == ACQUISITION else Class.OPERATION
    in_base = stream.is_grant and code not in scheme.cost_model.indirect_excluded
    return Class.IN_BASE if in_base else Class.COUNTS

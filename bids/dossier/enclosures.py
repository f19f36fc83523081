"""What lies inside a dossier besides its pages: the bid as data, the budget to compute with, the original letters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from bids import bidfile, wording
from bids.dossier.press import Press
from bids.dossier.source import Source
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind
from bids.workbook.write import NotWritable, write

FOLDER = "enclosed"
JSON = "application/json"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

NO_WORKBOOK = gettext_noop("The budget is not enclosed as a workbook: %(reason)s")


class Relation(StrEnum):
    """What an enclosed file is to the pages, in the words of PDF/A-3."""

    DATA = "Data"  # what the pages show
    SOURCE = "Source"  # what the pages were made from
    SUPPLEMENT = "Supplement"  # what the pages show in another form


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file in the file."""

    name: str
    content: bytes
    kind: str
    relation: Relation
    words: str

    @property
    def place(self) -> str:
        return f"{FOLDER}/{self.name}"

    def as_plan(self) -> dict[str, str]:
        told = {"name": self.name, "place": self.place, "kind": self.kind}
        return told | {"relation": self.relation, "words": self.words}


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The files of one dossier, and what could not be enclosed."""

    files: tuple[Enclosure, ...]
    warnings: tuple[Sentence, ...] = ()

    def laid_out(self, press: Press) -> list[dict[str, str]]:
        """Put the files where the press finds them; what the binding needs to know of each."""
        for file in self.files:
            press.put(file.place, file.content)
        return [file.as_plan() for file in self.files]


def enclosed(source: Source) -> Enclosed:
    """Every kind of dossier carries the data it was made from, the review dossier what was judged; a receipt nothing.

    The bid file is the very text whose digest stands on each page.
    """
    if source.kind is DossierKind.RECEIPT:
        return Enclosed(())
    text = source.text or bidfile.canonical(source.facts)
    bid = Enclosure("bid.json", text.encode(), JSON, Relation.DATA, gettext("The bid as a bid file"))
    try:
        budget = _workbook(source)
    except NotWritable as refused:
        return Enclosed((bid,), (sentence(NO_WORKBOOK, reason=refused.reason),))
    words = gettext("The budget as a workbook, with its formulas")
    return Enclosed((bid, Enclosure("budget.xlsx", budget, SPREADSHEET, Relation.SOURCE, words)))


def _workbook(source: Source) -> bytes:
    on = wording.in_brussels(source.made_at).date()
    return write(source.facts, source.call, source.assessment, revision=source.revision, today=on)

"""What lies inside a dossier besides its pages: the bid as data, the budget to compute with, the original letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext

from bids import bidfile, wording
from bids.dossier.addresses import place_of
from bids.dossier.press import Press
from bids.dossier.sections.letters import numbered
from bids.dossier.source import Letter, Source
from bids.rulebook.text import Sentence, counted, gettext_noop, ngettext_noop, sentence
from bids.rulebook.vocabulary import DossierKind
from bids.workbook.write import NotWritable, write

FOLDER = "enclosed"
JSON = "application/json"
PDF = "application/pdf"
SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARE_OF_ORIGINALS = 0.2  # of the dossier's size; the pages of the letters need more

NO_WORKBOOK = gettext_noop("The budget is not enclosed as a workbook: %(reason)s")
NO_ORIGINALS = ngettext_noop(
    "%(count)s original of the annexes is not enclosed, because the dossier should have at most %(most)s MB; its pages "
    "are shown, and its digest is listed.",
    "%(count)s originals of the annexes are not enclosed, because the dossier should have at most %(most)s MB; their "
    "pages are shown, and their digests are listed.",
)
TOO_LARGE = gettext_noop(
    "The dossier has %(size)s MB; it should have at most %(most)s MB. Replace scanned annexes by what they were "
    "printed from, or leave out what the call doesn't ask for."
)


class Relation(StrEnum):
    """What an enclosed file is to the pages, in the words of PDF/A-3."""

    DATA = "Data"  # what the pages show
    SOURCE = "Source"  # what the pages were made from
    SUPPLEMENT = "Supplement"  # what the pages show in another form


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file in the file, at its place in the press; without content it lies there already."""

    name: str
    place: str
    kind: str
    relation: Relation
    words: str
    content: bytes | None = None

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
            if file.content is not None:
                press.put(file.place, file.content)
        return [file.as_plan() for file in self.files]


def enclosed(source: Source) -> Enclosed:
    """Every kind of dossier carries the data it was made from, and the originals of what it annexes as far as they fit.

    The bid file is the very text whose digest stands on each page. A receipt of one page carries nothing.
    """
    if source.kind is DossierKind.RECEIPT:
        return Enclosed(())
    warnings: list[Sentence] = []
    text = source.text or bidfile.canonical(source.facts)
    files = [_made("bid.json", JSON, Relation.DATA, gettext("The bid as a bid file"), text.encode())]
    try:
        words = gettext("The budget as a workbook, with its formulas")
        files.append(_made("budget.xlsx", SPREADSHEET, Relation.SOURCE, words, _workbook(source)))
    except NotWritable as refused:
        warnings.append(sentence(NO_WORKBOOK, reason=refused.reason))
    originals = tuple(_originals(source))
    if left_out := len(source.letters) - len(originals):
        warnings.append(counted(NO_ORIGINALS, left_out, most=_megabytes(source.most_bytes)))
    return Enclosed((*files, *originals), tuple(warnings))


def too_large(source: Source, size: int) -> Iterator[Sentence]:
    """A remark on a file that is larger than it should be; it is made all the same."""
    if size > source.most_bytes:
        yield sentence(TOO_LARGE, size=_megabytes(size), most=_megabytes(source.most_bytes))


def _made(name: str, kind: str, relation: Relation, words: str, content: bytes) -> Enclosure:
    return Enclosure(name, f"{FOLDER}/{name}", kind, relation, words, content)


def _workbook(source: Source) -> bytes:
    on = wording.in_brussels(source.made_at).date()
    return write(source.facts, source.call, source.assessment, revision=source.revision, today=on)


def _originals(source: Source) -> Iterator[Enclosure]:
    """The smallest first, as far as there is room; in the order of the bid."""
    room = source.most_bytes * SHARE_OF_ORIGINALS
    chosen = set()
    for letter in sorted(source.letters, key=lambda letter: (letter.size, letter.key)):
        room -= letter.size
        if room >= 0:
            chosen.add(letter.key)
    return (_original(source, letter) for letter in source.letters if letter.key in chosen)


def _original(source: Source, letter: Letter) -> Enclosure:
    number = numbered(source).get(letter.key)
    name = f"annex-{number}-{letter.key}.pdf" if number else f"document-{letter.key}.pdf"
    words = gettext("The original of “%(document)s”") % {"document": letter.title}
    return Enclosure(name, place_of(letter.sha256), PDF, Relation.SUPPLEMENT, words)


def _megabytes(size: int) -> int:
    return -(-size // 1_000_000)

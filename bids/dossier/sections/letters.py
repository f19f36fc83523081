"""The annexed letters, page by page: each page a picture in a frame, with words for those who can't see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bids import wording
from bids.dossier.addresses import Address
from bids.dossier.source import Letter, Source
from bids.rulebook.text import Sentence, gettext_noop, sentence

PAGES_PER_SECTION = 25  # a longer letter is set in pieces, so that no piece meets a limit
ANNEX = "annex-"  # how the sections of letters are called
SHARE = 0.6  # of the dossier's size that all pictures together may take
STEPS = (400, 200, 120, 80, 60, 40)  # kilobytes of a page: steps, so that one letter more doesn't change every page

TITLE = gettext_noop("Annex %(number)s: %(title)s")
CONTINUED = gettext_noop("Annex %(number)s: %(title)s (continued)")


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a letter: where its picture is, and what is said of it."""

    address: Address
    words: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of pages of one annex, set together; pages count from 1."""

    number: int
    letter: Letter
    first: int
    last: int

    @property
    def name(self) -> str:
        return f"{place(self.number)}-{self.first}"

    @property
    def title(self) -> Sentence:
        template = TITLE if self.first == 1 else CONTINUED
        return sentence(template, number=self.number, title=self.letter.title)


def place(number: int) -> str:
    """The name by which other sections point at an annex."""
    return f"{ANNEX}{number}"


def numbered(source: Source) -> dict[str, int]:
    """The number of each annex that is shown, by the key of its document: they count as the bid lists them."""
    shown = [letter for letter in source.letters if letter.pages]
    return {letter.key: number for number, letter in enumerate(shown, start=1)}


def pieces(source: Source) -> list[Piece]:
    """Every page of every letter, in runs of bounded length."""
    numbers = numbered(source)
    return [
        Piece(numbers[letter.key], letter, first, min(first + PAGES_PER_SECTION - 1, letter.pages))
        for letter in source.letters
        if letter.pages
        for first in range(1, letter.pages + 1, PAGES_PER_SECTION)
    ]


def fill(source: Source, piece: Piece) -> dict[str, Any]:
    document = next(document for document in source.facts.documents if document.key == piece.letter.key)
    return {
        "document": document,
        "letter": piece.letter,
        "annex": place(piece.number),
        "is_first": piece.first == 1,
        "pages": [_shown(source, piece, number) for number in range(piece.first, piece.last + 1)],
    }


def allowance(source: Source) -> int:
    """How many kilobytes one page may take, so that all of them leave room for the rest."""
    pages = sum(letter.pages or 0 for letter in source.letters)
    each = source.most_bytes * SHARE / 1000 / max(pages, 1)
    return next((step for step in STEPS if step <= each), STEPS[-1])


def _shown(source: Source, piece: Piece, number: int) -> Shown:
    of = piece.letter.pages or 0
    words = gettext("%(annex)s, page %(page)s of %(pages)s") % {
        "annex": wording.say(sentence(TITLE, number=piece.number, title=piece.letter.title)),
        "page": number,
        "pages": of,
    }
    return Shown(Address(piece.letter.sha256, number, of, allowance(source)), words)

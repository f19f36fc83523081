"""What may be wrong with a dossier of whatever kind, language and bid: each flaw in words, none where all is well."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext, override

from bids.dossier.source import Built, Source
from bids.dossier.validation import breaches
from bids.rulebook.vocabulary import DossierKind
from tests.dossier.paper import Paper

VENDORED = {"Arimo", "Arimo-Bold", "Arimo-Italic", "Arimo-BoldItalic"}
SAME_LINE = 2  # points: letters with accents are higher than others
OUTSIDE = ("https://", "http://", "mailto:")


def flaws(built: Built, source: Source, folder: Path) -> list[str]:
    """Everything that is wrong with the file made of this source."""
    paper = Paper(built.pdf)
    return [
        *broken_rules(built, folder),
        *strange_fonts(paper, folder),
        *wrong_page_numbers(paper, source),
        *wrong_bookmarks(paper, source),
        *wrong_contents(paper, source),
        *lost_links(paper),
        *headings_out_of_order(paper),
    ]


def broken_rules(built: Built, folder: Path) -> Iterator[str]:
    path = folder / "dossier.pdf"
    path.write_bytes(built.pdf)
    for breach in breaches(path):
        yield f"breaks {breach.standard}, {breach.rule}, {breach.times} times: {breach.example}"


def strange_fonts(paper: Paper, folder: Path) -> list[str]:
    return [f"uses the font {font}" for font in sorted(paper.fonts(folder) - VENDORED)]


def wrong_page_numbers(paper: Paper, source: Source) -> Iterator[str]:
    with override(source.language):
        page_of = gettext("Page %(page)s of %(pages)s")
    for number, page in enumerate(paper.pages, start=1):
        words = page_of % {"page": number, "pages": len(paper.pages)}
        if f" {words} " not in f" {page} ":
            yield f"page {number} doesn't say “{words}”"


def wrong_bookmarks(paper: Paper, source: Source) -> Iterator[str]:
    """Those below the parts name headings, in their order, on their pages; a part begins with its first section."""
    headings = iter(paper.headings())
    marks = paper.bookmarks()
    for (depth, title, page), following in zip(marks, [*marks[1:], None], strict=True):
        if depth == 0 and following and following[0] == 1:
            if page != following[2]:
                yield f"the bookmark “{title}” leads to page {page}, the first section there stands on {following[2]}"
        elif not any((squeezed(heading.words), heading.page) == (squeezed(title), page) for heading in headings):
            yield f"the bookmark “{title}” leads to page {page}, where no such heading follows the one before"
            return


def wrong_contents(paper: Paper, source: Source) -> Iterator[str]:
    """What the contents list stands on the page they tell, and their links lead there."""
    if source.kind is DossierKind.RECEIPT:
        return
    entries = [entry for page in contents_pages(paper) for entry in paper.links(page)]
    if not entries:
        yield "the contents list nothing"
    for words, place in entries:
        title, _, page = words.rpartition(" ")
        if paper.places.get(place) != int(page):
            yield f"the contents tell page {page} for “{title}”, the link leads to {paper.places.get(place)}"
        elif squeezed(title) not in squeezed(paper.drawn[int(page) - 1]):
            yield f"the contents tell page {page} for “{title}”, which doesn't stand there"


def contents_pages(paper: Paper) -> range:
    """From behind the cover to where the first part begins."""
    begins = [page for depth, _, page in paper.bookmarks() if depth == 0]
    return range(begins[0], begins[1]) if len(begins) > 1 else range(0)  # a receipt has none


def lost_links(paper: Paper) -> Iterator[str]:
    """Inner links lead to a page on which their own words stand, outer ones to the web or to a person."""
    listing = contents_pages(paper)
    for number in range(1, len(paper.pages) + 1):
        for words, place in paper.links(number):
            if place not in paper.places:
                yield f"the link “{words}” on page {number} leads nowhere"
            elif number not in listing and squeezed(words) not in squeezed(paper.drawn[paper.page_of(place) - 1]):
                yield f"the link “{words}” on page {number} leads to page {paper.page_of(place)}, which doesn't say so"
    for address in sorted(paper.outer_links()):
        if not address.startswith(OUTSIDE):
            yield f"a link leads to {address}"


def headings_out_of_order(paper: Paper) -> Iterator[str]:
    """Who listens to the tags meets the headings as they stand: from page to page, on each from top to bottom."""
    for before, heading in itertools.pairwise(paper.headings()):
        if heading.page < before.page:
            yield f"“{heading.words}” on page {heading.page} is read after page {before.page}"
        elif heading.page == before.page and heading.top > before.top + SAME_LINE:
            yield f"“{heading.words}” on page {heading.page} is read after “{before.words}”, which stands below it"


def squeezed(words: str) -> str:
    """Without any space: lines end elsewhere in tags than on the page."""
    return "".join(words.split())

"""Part B for a word processor, to be pasted into a template: the chapters of the call, with live figures on top.

No macros, nothing that is fetched, no field but the number of the page; the same source gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

from django.utils.translation import gettext, override
from docx import Document
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from bids import wording
from bids.dossier.sections.chapters import Chapter, groups
from bids.dossier.source import Source
from bids.package import stationery
from bids.package.archive import Member, pack
from bids.package.prose import Look, Pen, Place, plain
from bids.package.stationery import TAGS
from bids.prose import clean, lower_headings, too_much, words_only
from bids.prose.tree import Node, grow
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.text import gettext_noop

NO_TEXT = gettext_noop("This chapter has no text yet.")
DEEPEST_HEADING = 9
NAMES = Mm(52)  # of the table on top


def part_b(source: Source) -> bytes:
    """The document in the source's language; a chapter without a text in it stands in the one it was written in."""
    with override(source.language.value):
        document = Document()
        stationery.prepare(document, plain(source.facts.title), source)
        pen, place = Pen(document), Place(document, stationery.ROOM)
        pen.paragraph(place, "Title").add_run(plain(source.facts.title))
        _head(pen, place, source)
        for group in groups(source):
            for chapter in group.chapters:
                _chapter(pen, place, chapter, source)
        file = io.BytesIO()
        document.save(file)
    return _without_time(file.getvalue())


def _head(pen: Pen, place: Place, source: Source) -> None:
    """Which bid and round this is, its digest, and the figures as they are computed now."""
    money = source.assessment
    named = filter(None, (source.facts.reference, source.facts.acronym, stationery.of_round(source)))
    rows = [
        (gettext("Bid"), " · ".join(named)),
        (gettext("Call"), f"{source.call.title} ({source.call.id})"),
        (gettext("State of"), wording.moment(source.made_at)),
        ("SHA-256", source.digest),
        (gettext("Total cost"), wording.euro(money.total)),
        (gettext("Requested from the Union"), _share(money)),
        (gettext("National share"), wording.euro(money.national)),
    ]
    cells = pen.table(place, (NAMES, place.width - NAMES), len(rows))
    for (left, right), (name, words) in zip(cells, rows, strict=True):
        Paragraph(left.p_lst[0], place.holder).add_run(name).bold = True
        Paragraph(right.p_lst[0], place.holder).add_run(plain(words))


def _share(money: Assessment) -> str:
    share = f" ({wording.percent(money.eu_share, 2)})" if money.eu_share is not None else ""
    return wording.euro(money.eu) + share


def _chapter(pen: Pen, place: Place, chapter: Chapter, source: Source) -> None:
    """A chapter under its number in the call's template."""
    heading = pen.paragraph(place, f"Heading {min(chapter.level, DEEPEST_HEADING)}")
    heading.add_run(plain(f"{chapter.number} {chapter.title}"))
    if chapter.written:
        _text(pen, replace(place, look=Look(language=_foreign(chapter.written, source))), chapter)
    elif chapter.section is None or not chapter.section.heading_only:
        pen.paragraph(place).add_run(gettext(NO_TEXT)).italic = True


def _text(pen: Pen, place: Place, chapter: Chapter) -> None:
    """The text as it was formatted; one that no page could show stands without its formatting, under the reason."""
    assert chapter.written is not None
    html = clean(chapter.written.html)
    if problem := too_much(html, f"{chapter.number} {chapter.title}"):
        pen.paragraph(place).add_run(plain(wording.say(problem))).italic = True
        pen.write(Node("p", (), [words_only(html)]), place)
    else:
        pen.write(grow(lower_headings(html, chapter.level)), place)


def _foreign(written: ChapterFacts, source: Source) -> str:
    """The tag of its language, where that is not the document's."""
    return TAGS.get(written.language, written.language) if written.language != source.language else ""


def _without_time(content: bytes) -> bytes:
    """The same parts in the same order, without the time each was packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        for _ in pack((Member(name, made.read(name)) for name in made.namelist()), file):
            pass
    return file.getvalue()

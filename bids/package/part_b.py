"""Part B for a word processor, to be pasted into a template: the chapters of the call, with live figures on top.

No macros, no fields, nothing that is fetched; the same source gives the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from datetime import UTC
from typing import Any

from django.utils.translation import gettext, override
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from bids import wording
from bids.dossier.sections.chapters import Chapter, Group, groups
from bids.dossier.source import Source
from bids.package.archive import Member, pack
from bids.package.prose import Pen, plain
from bids.prose import clean, lower_headings
from bids.prose.tree import grow
from bids.rulebook.funding import Assessment
from bids.rulebook.text import gettext_noop

FONT, SIZE, MARGIN = "Arial", Pt(11), Mm(20)
LONGEST = 255  # of what a file says of itself
NO_TEXT = gettext_noop("This chapter has no text yet.")
TAGS = {"en": "en-GB", "fr": "fr-BE", "nl": "nl-BE", "de": "de-BE"}


def part_b(source: Source) -> bytes:
    """The document in the source's language; a chapter without a text in it stands in the one it was written in."""
    with override(source.language.value):
        document = Document()
        _set_up(document, source)
        document.add_heading(plain(source.facts.title), level=0)
        _head(document, source)
        for group in groups(source):
            _group(document, group, source)
        file = io.BytesIO()
        document.save(file)
    return _without_time(file.getvalue())


def _set_up(document: Any, source: Source) -> None:
    """A4, a legible font, the language for the spelling, and no trace of who made it when."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, SIZE
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    for spelling in document.styles.element.iter(qn("w:lang")):
        spelling.set(qn("w:val"), TAGS[source.language.value])
    told = document.core_properties
    told.title = plain(source.facts.title)[:LONGEST]
    told.subject = f"{source.facts.reference} (SHA-256 {source.digest})"
    told.author = told.last_modified_by = "Tandem"
    told.comments = told.keywords = told.category = ""
    told.language = TAGS[source.language.value]
    told.created = told.modified = source.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.revision = 1


def _head(document: Any, source: Source) -> None:
    """Which bid and round this is, its digest, and the figures as they are computed now."""
    money = source.assessment
    of_round = gettext("Round %(round)s") % {"round": source.round} if source.round else gettext("Working copy")
    rows = [
        (gettext("Bid"), " · ".join(filter(None, (source.facts.reference, source.facts.acronym, of_round)))),
        (gettext("Call"), f"{source.call.title} ({source.call.id})"),
        (gettext("State of"), wording.moment(source.made_at)),
        ("SHA-256", source.digest),
        (gettext("Total cost"), wording.euro(money.total)),
        (gettext("Requested from the Union"), _share(money)),
        (gettext("National share"), wording.euro(money.national)),
    ]
    table = document.add_table(len(rows), 2)
    table.style = "Table Grid"
    for row, (name, words) in zip(table.rows, rows, strict=True):
        row.cells[0].width, row.cells[1].width = Mm(45), Mm(125)
        row.cells[0].paragraphs[0].add_run(name).bold = True
        row.cells[1].paragraphs[0].add_run(plain(words))


def _share(money: Assessment) -> str:
    share = f" ({wording.percent(money.eu_share, 2)})" if money.eu_share is not None else ""
    return wording.euro(money.eu) + share


def _group(document: Any, group: Group, source: Source) -> None:
    """A chapter with its sub-chapters, under the numbers of the call's template."""
    for chapter in group.chapters:
        document.add_heading(plain(f"{chapter.number} {chapter.title}"), level=min(chapter.level, 9))
        if chapter.written:
            _text(document, chapter, source)
        elif chapter.section is None or not chapter.section.heading_only:
            document.add_paragraph().add_run(gettext(NO_TEXT)).italic = True


def _text(document: Any, chapter: Chapter, source: Source) -> None:
    assert chapter.written is not None
    written_in = chapter.written.language
    language = TAGS.get(written_in, written_in) if written_in != source.language else ""
    html = lower_headings(clean(chapter.written.html), chapter.level)
    Pen(document, language).write(grow(html), document)


def _without_time(content: bytes) -> bytes:
    """The same parts in the same order, without the time each was packed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as made:
        for _ in pack((Member(name, made.read(name)) for name in made.namelist()), file):
            pass
    return file.getvalue()

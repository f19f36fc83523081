"""The paper Part B is written on: A4, the call's typeface, styles that any template knows, the page numbers below."""

from __future__ import annotations

import re
from datetime import UTC
from typing import Any

from django.utils.translation import gettext
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from bids.dossier.source import Source

MONOSPACE, SIZE, SMALL = "Courier New", Pt(11), Pt(8)
INK = RGBColor(0x0A, 0x2A, 0x4D)  # as on the pages of the dossier
LINK_INK = RGBColor(0x05, 0x4F, 0xB9)
MARGIN = Mm(20)
ROOM = Mm(210) - 2 * MARGIN
TITLE_SIZE = Pt(20)
HEADINGS = {1: (Pt(16), Pt(18), Pt(6)), 2: (Pt(13), Pt(12), Pt(4)), 3: (Pt(11), Pt(10), Pt(3))}  # size, before, after
TABLE, LINK = "Table Grid", "Hyperlink"
CELL_PADDING = {"top": "40", "left": "108", "bottom": "40", "right": "108"}  # twentieths of a point
NUMBERS = {"page": "PAGE", "pages": "NUMPAGES"}
LONGEST = 255  # of what a file says of itself
TAGS = {"en": "en-GB", "fr": "fr-BE", "nl": "nl-BE", "de": "de-BE"}
OF_SOMEBODY_ELSE = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
OLD_WAYS = ("w:proofState", "w:savePreviewPicture", "w:useFELayout")
NEWEST_WAYS = "15"  # of Word 2013 and later: tables stand level with the text


def prepare(document: Any, title: str, source: Source) -> None:
    """Make the library's empty document ours."""
    _page(document)
    font = source.call.template.typeface.label
    _fonts(document, font)
    _styles(document, font)
    _language(document, TAGS[source.language.value])
    _ways(document)
    _told(document, title, source)
    _footer(document, source)


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN


def _fonts(document: Any, font: str) -> None:
    """One font in every style, instead of those of a theme that looks different on each machine."""
    for fonts in document.styles.element.iter(qn("w:rFonts")):
        if fonts.get(qn("w:asciiTheme")):
            fonts.attrib.clear()
            for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(script), font)


def _styles(document: Any, font: str) -> None:
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = font, SIZE
    styles["Title"].font.size, styles["Title"].font.color.rgb = TITLE_SIZE, INK
    for level in range(1, 10):
        style, (size, before, after) = styles[f"Heading {level}"], HEADINGS[min(level, 3)]
        style.font.size, style.font.color.rgb = size, INK
        style.paragraph_format.space_before, style.paragraph_format.space_after = before, after
    styles["Caption"].font.size, styles["Caption"].font.color.rgb = SIZE, INK
    styles["Caption"].paragraph_format.keep_with_next = True
    link = styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline, link.font.color.rgb = True, LINK_INK
    padding = next(styles[TABLE].element.iter(qn("w:tblCellMar")))
    for side, width in CELL_PADDING.items():
        padding.find(qn(f"w:{side}")).set(qn("w:w"), width)


def _language(document: Any, tag: str) -> None:
    """For the spelling."""
    for spelling in document.styles.element.iter(qn("w:lang")):
        spelling.set(qn("w:val"), tag)
    for spelling in document.settings.element.iter(qn("w:themeFontLang")):
        spelling.set(qn("w:val"), tag)


def _ways(document: Any) -> None:
    """Set as the newest word processors do, with the spelling not looked at yet."""
    settings = document.settings.element
    for old in [each for name in OLD_WAYS for each in settings.iter(qn(name))]:
        old.getparent().remove(old)
    for way in settings.iter(qn("w:compatSetting")):
        if way.get(qn("w:name")) == "compatibilityMode":
            way.set(qn("w:val"), NEWEST_WAYS)


def _told(document: Any, title: str, source: Source) -> None:
    """What the file says of itself: nothing of who made it when, nor of the empty document of the library."""
    parts = document.part.package.rels
    for key in [key for key, part in parts.items() if part.reltype in OF_SOMEBODY_ELSE]:
        parts.pop(key)
    told = document.core_properties
    told.title = title[:LONGEST]
    told.subject = f"{source.facts.reference} (SHA-256 {source.digest})"
    told.author = told.last_modified_by = "Tandem"
    told.comments = told.keywords = told.category = ""
    told.language = TAGS[source.language.value]
    told.created = told.modified = source.made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    told.revision = 1


def _footer(document: Any, source: Source) -> None:
    """Which bid and state a printed page belongs to, and its number."""
    line = document.sections[0].footer.paragraphs[0]
    line.add_run(f"{source.facts.reference} · {of_round(source)} · ")
    for part in re.split(r"%\((pages?)\)s", gettext("Page %(page)s of %(pages)s")):
        if part in NUMBERS:
            line._p.append(_field(NUMBERS[part]))
        else:
            line.add_run(part)
    document.styles["Footer"].font.size = SMALL


def of_round(source: Source) -> str:
    """The round, or that it is none."""
    return gettext("Round %(round)s") % {"round": source.round} if source.round else gettext("Working copy")


def _field(instruction: str) -> Any:
    """A number that the word processor counts."""
    field, run, words = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), instruction)
    words.text = "1"
    run.append(words)
    field.append(run)
    return field

"""Part B, opened and saved by a word processor: every chapter stands under its title, in order, no word lost."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.utils.translation import gettext, override

from bids.dossier.sections.chapters import Chapter, groups
from bids.dossier.source import Source
from bids.package.part_b import NO_TEXT, part_b
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.vocabulary import Language
from tests.dossier import sample
from tests.office import WRITER, converted
from tests.package.test_part_b import EVERYTHING

pytestmark = WRITER.needed
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
INLINE = re.compile(r"</?(?:strong|b|em|i|u|s|sub|sup|code|a)\b[^>]*>")
UNSEEN = re.compile(r"<script>.*?</script>")
TAG = re.compile(r"<[^>]+>")


def with_everything() -> Source:
    chapter = ChapterFacts(key="1", language=Language.EN, title="", html=EVERYTHING)
    source = sample.small()
    return replace(source, facts=replace(source.facts, chapters=(chapter,)))


SOURCES = {
    "everything": with_everything(),
    **{
        f"{reference}-{language}": sample.demo(reference, language=language)
        for reference in ("BE-AIF-2025", "BE-AIFA-2025")
        for language in (Language.EN, Language.FR)
    },
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """All of them at once, as OpenDocument: the word processor takes seconds to start."""
    folder = tmp_path_factory.mktemp("office")
    for name, source in SOURCES.items():
        (folder / f"{name}.docx").write_bytes(part_b(source))
    return converted([folder / f"{name}.docx" for name in SOURCES], "odt", folder)


def chapters_in(odt: bytes) -> list[list[str]]:
    """The words of each chapter as the word processor has them, its heading first."""
    found: list[list[str]] = []
    for block in ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(odt)).read("content.xml")).iter():
        if block.tag == f"{TEXT}h" and block.get(f"{TEXT}outline-level") == "1":
            found.append([])
        if block.tag in (f"{TEXT}h", f"{TEXT}p") and found:
            found[-1] += said(block).split()
    return found


def said(block: ElementTree.Element) -> str:
    """The text of a paragraph; spaces, tabs and breaks are elements of their own."""
    is_space = block.tag in (f"{TEXT}s", f"{TEXT}tab", f"{TEXT}line-break")
    return (" " if is_space else block.text or "") + "".join(said(part) + (part.tail or "") for part in block)


def chapters_of(source: Source) -> list[list[str]]:
    """The words of each chapter as they were written, in the order of the template."""
    written: list[list[str]] = []
    with override(source.language.value):
        for chapter in (chapter for group in groups(source) for chapter in group.chapters):
            if chapter.level == 1:
                written.append([])
            written[-1] += f"{chapter.number} {chapter.title} {words_below(chapter)}".split()
    return written


def words_below(chapter: Chapter) -> str:
    """The text of a chapter without its tags, worked out by other means than those that wrote the file."""
    if chapter.written:
        return html.unescape(TAG.sub(" ", INLINE.sub("", UNSEEN.sub("", chapter.written.html))))
    return "" if chapter.section and chapter.section.heading_only else gettext(NO_TEXT)


@pytest.mark.parametrize("name", SOURCES)
def test_no_word_is_lost_and_all_stand_in_order(name: str, saved: dict[str, bytes]) -> None:
    found, written = chapters_in(saved[name]), chapters_of(SOURCES[name])
    assert [words[:4] for words in found] == [words[:4] for words in written]
    for chapter, expected in zip(found, written, strict=True):
        assert chapter == expected


@pytest.mark.parametrize("name", ["BE-AIF-2025-en", "BE-AIF-2025-fr"])
def test_what_it_is_asked_for_is_long(name: str, saved: dict[str, bytes]) -> None:
    assert sum(map(len, chapters_in(saved[name]))) > 8_000

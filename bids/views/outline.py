"""The written bid as an outline: every section of the call's template with its texts, and texts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags

from bids import wording
from bids.rulebook.call import CallFacts, Section
from bids.rulebook.facts import BidFacts, ChapterFacts
from bids.rulebook.vocabulary import ChapterState, Language


@dataclass(frozen=True)
class Text:
    """A chapter in one language, begun or not."""

    key: str
    language: Language
    written: ChapterFacts | None
    source: ChapterFacts | None

    @property
    def state(self) -> ChapterState:
        """As its authors marked it; without a word in it, it has not been started."""
        return self.written.state if self.written and self.written.html.strip() else ChapterState.EMPTY

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(unescape(strip_tags(self.written.html)).split()) if self.written else 0

    @property
    def is_stale(self) -> bool:
        """A translation of a text that has changed since."""
        return bool(self.written and self.source and self.written.is_older_than(self.source))


@dataclass(frozen=True)
class Place:
    """A section of the outline; one without a section of the template stands beside it."""

    key: str
    title: str
    section: Section | None
    texts: tuple[Text, ...]
    author: str = ""

    @property
    def is_heading(self) -> bool:
        """Only a title over other sections."""
        return bool(self.section and self.section.heading_only and not any(text.written for text in self.texts))


def outline(facts: BidFacts, call: CallFacts, authors: Mapping[str, str]) -> list[Place]:
    """Sections in the order of the template, then the texts it does not know; `authors` by key."""
    known = [_key_in(facts, section) for section in call.template.sections]
    places = [_place(facts, key, section, authors) for key, section in zip(known, call.template.sections, strict=True)]
    others = dict.fromkeys(chapter.key for chapter in facts.chapters if chapter.key not in known)
    return [*places, *(_place(facts, key, None, authors) for key in others)]


def place_of(facts: BidFacts, call: CallFacts, key: str) -> Place | None:
    """The place of a key: a section that may be written, or a text that is there."""
    return next((place for place in outline(facts, call, {}) if place.key == key and not place.is_heading), None)


def text_of(facts: BidFacts, key: str, language: Language) -> Text:
    """One text, with the one it translates."""
    return Text(key, language, _found(facts.chapters, key, language), _source(facts, key, language))


def _key_in(facts: BidFacts, section: Section) -> str:
    """A text may be named by its criterion instead of its number."""
    keys = {chapter.key for chapter in facts.chapters}
    return section.criterion if section.number not in keys and section.criterion in keys else section.number


def _place(facts: BidFacts, key: str, section: Section | None, authors: Mapping[str, str]) -> Place:
    wanted = (section.languages if section else ()) or (facts.language,)
    written = [chapter.language for chapter in facts.chapters if chapter.key == key]
    languages = [language for language in Language if language in {*wanted, *written}]
    languages.sort(key=lambda language: language != facts.language)
    texts = tuple(text_of(facts, key, language) for language in languages)
    title = wording.titled(section) if section else next(_titles(texts), key)
    return Place(key, title, section, texts, authors.get(key, ""))


def _titles(texts: Iterable[Text]) -> Iterator[str]:
    return (text.written.title for text in texts if text.written and text.written.title)


def _source(facts: BidFacts, key: str, language: Language) -> ChapterFacts | None:
    """What a translation translates: the text in the bid's language."""
    return None if language == facts.language else _found(facts.chapters, key, facts.language)


def _found(chapters: Iterable[ChapterFacts], key: str, language: Language) -> ChapterFacts | None:
    return next((chapter for chapter in chapters if (chapter.key, chapter.language) == (key, language)), None)

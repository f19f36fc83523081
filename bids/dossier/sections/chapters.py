"""The written bid: the chapters of the call's template, each under its number, no text left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from bids import wording
from bids.dossier.source import CannotBuild, Source
from bids.prose import clean, lower_headings, too_much
from bids.rulebook.call import Criterion, Section
from bids.rulebook.facts import ChapterFacts
from bids.rulebook.text import Sentence, gettext_noop, sentence

OTHER_LANGUAGE = gettext_noop(
    "Chapter %(number)s is printed in %(found)s: there is no text in %(wanted)s. Translate it, or leave it so."
)
FRONT_MATTER = "0"  # cover, data, declarations: the dossier's own pages


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the template with its text, in the dossier's language if there is one."""

    number: str
    title: str
    section: Section | None
    written: ChapterFacts | None

    @property
    def level(self) -> int:
        return self.number.count(".") + 1


@dataclass(frozen=True, slots=True)
class Group:
    """A chapter with its sub-chapters, which are printed one after the other."""

    number: str
    title: str
    chapters: tuple[Chapter, ...]

    @property
    def length(self) -> int:
        """Of its texts, in characters."""
        return sum(len(chapter.written.html) for chapter in self.chapters if chapter.written)

    def holds(self, key: str) -> bool:
        return self.text(key) is not None

    def text(self, key: str) -> ChapterFacts | None:
        """The text with this key, as it is printed."""
        return next((each.written for each in self.chapters if each.written and each.written.key == key), None)

    def only(self, key: str) -> Group:
        """The chapter with this key by itself; a group of one is that group."""
        if len(self.chapters) == 1:
            return self
        return next(_group([each]) for each in self.chapters if each.written and each.written.key == key)


@dataclass(frozen=True, slots=True)
class Shown:
    chapter: Chapter
    html: SafeString
    criterion: Criterion | None


@dataclass(frozen=True, slots=True)
class Answer:
    criterion: Criterion
    chapters: tuple[Section, ...]


def groups(source: Source) -> tuple[Group, ...]:
    """The template's chapters by their first number, then texts whose key the template doesn't know."""
    known = [_chapter(source, section) for section in source.call.template.sections]
    heads: dict[str, list[Chapter]] = {}
    for chapter in known:
        heads.setdefault(chapter.number.partition(".")[0], []).append(chapter)
    shown = [_group(chapters) for chapters in heads.values() if _is_shown(chapters)]
    return (*shown, *(_group([chapter]) for chapter in _others(source, known)))


def fill(source: Source, group: Group) -> dict[str, Any]:
    criteria = {criterion.id: criterion for criterion in source.call.criteria_for(source.facts.track).criteria}
    return {"group": group, "shown": [_show(chapter, criteria) for chapter in group.chapters]}


def criteria(source: Source) -> dict[str, Any]:
    """The criteria of the call, each with the chapters that answer it."""
    scheme = source.call.criteria_for(source.facts.track)
    sections = source.call.template.sections
    answers = [Answer(c, tuple(s for s in sections if s.criterion == c.id)) for c in scheme.criteria]
    return {"scheme": scheme, "answers": answers}


def _chapter(source: Source, section: Section) -> Chapter:
    keys = {section.number, section.criterion} - {""}  # a chapter may be named by its criterion too
    texts = [text for text in source.facts.chapters if text.key in keys]
    return Chapter(section.number, wording.titled(section), section, _best(source, texts))


def _others(source: Source, known: list[Chapter]) -> list[Chapter]:
    taken = {chapter.written.key for chapter in known if chapter.written}
    others = dict.fromkeys(text.key for text in source.facts.chapters if text.key not in taken)
    chosen = {key: _best(source, [t for t in source.facts.chapters if t.key == key]) for key in others}
    return [Chapter(key, text.title or key, None, text) for key, text in chosen.items() if text]


def _best(source: Source, texts: list[ChapterFacts]) -> ChapterFacts | None:
    """The text in the dossier's language, else in the bid's, else the first there is."""
    written = [text for text in texts if text.html.strip()]
    for language in (source.language, source.facts.language):
        for text in written:
            if text.language == language:
                return text
    return written[0] if written else None


def _is_shown(chapters: list[Chapter]) -> bool:
    """An empty chapter is shown as empty, unless it is optional or the dossier itself fills it."""
    if any(chapter.written for chapter in chapters):
        return True
    head = chapters[0]
    return head.number != FRONT_MATTER and not (head.section and head.section.optional)


def _group(chapters: list[Chapter]) -> Group:
    return Group(chapters[0].number, chapters[0].title, tuple(chapters))


def _show(chapter: Chapter, criteria: dict[str, Criterion]) -> Shown:
    html = clean(chapter.written.html) if chapter.written else ""
    problem = too_much(html, f"{chapter.number} {chapter.title}")
    if problem:
        raise CannotBuild(problem)
    criterion = criteria.get(chapter.section.criterion) if chapter.section else None
    return Shown(chapter, mark_safe(lower_headings(html, chapter.level)), criterion)  # noqa: S308 (cleaned above)


def untranslated(source: Source) -> tuple[Sentence, ...]:
    """Chapters that stand in another language than the dossier's, told as warnings."""
    chapters = [chapter for group in groups(source) for chapter in group.chapters]
    return tuple(
        sentence(OTHER_LANGUAGE, number=chapter.number, found=chapter.written.language, wanted=source.language)
        for chapter in chapters
        if chapter.written and chapter.written.language != source.language
    )

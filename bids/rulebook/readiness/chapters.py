"""Questions about the written text and its languages."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.facts import BidFacts, ChapterFacts
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Language


def notes_exist_in_every_language(case: Case) -> Iterator[Remark]:
    """C26: a section that the authorities read in several languages has each of them, none older than its source."""
    for section in case.call.template.sections:
        key = _written_as(case.facts, section.number, section.criterion)
        source = _text(case.facts, key, case.facts.language)
        for language in section.languages:
            text = _text(case.facts, key, language)
            if text is None:
                template = _MISSING
            elif source is not None and text.is_older_than(source):
                template = _STALE
            else:
                continue
            words = sentence(template, section=section, language=Sentence(language.label))
            yield Remark(words, f"chapters/{key}")


def _written_as(facts: BidFacts, number: str, criterion: str) -> str:
    """A text may be named by its criterion instead of its number."""
    keys = {chapter.key for chapter in facts.chapters}
    return criterion if number not in keys and criterion in keys else number


def _text(facts: BidFacts, key: str, language: Language) -> ChapterFacts | None:
    """The text of a section in one language, if there is a word in it."""
    found = (chapter for chapter in facts.chapters if (chapter.key, chapter.language) == (key, language))
    return next((chapter for chapter in found if chapter.html.strip()), None)


_MISSING = gettext_noop("“%(section)s” is not written in this language yet: %(language)s.")
_STALE = gettext_noop("“%(section)s” has changed since it was translated. Bring this version up to date: %(language)s.")

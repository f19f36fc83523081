"""What changed between two rounds in the chapters: the words that are new and those that are gone, marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from bids import wording
from bids.dossier.sections.changed import each_text
from bids.dossier.source import CannotBuild, Source
from bids.prose import too_much
from bids.prose.difference import Compared, compare
from bids.rulebook.changes import Changed
from bids.rulebook.vocabulary import Language


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage with its marks; or, where `left_out` counts, so many that stayed as they were."""

    style: str = ""
    html: SafeString = SafeString()
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """One chapter in one language."""

    number: str
    title: str
    language: Language
    is_new: bool
    is_gone: bool
    passages: tuple[Passage, ...]


def texts(source: Source) -> tuple[Text, ...]:
    """Every chapter whose words differ."""
    return tuple(text for text in (_text(source, each) for each in each_text(source)) if text.passages)


def fill(source: Source) -> dict[str, Any]:
    return {"texts": texts(source)}


def _text(source: Source, change: Changed) -> Text:
    before, after = (chapter.html if chapter else "" for chapter in (change.before, change.after))
    chapter = change.entry
    section = source.call.template.section(chapter.key)
    title = wording.titled(section) if section else chapter.title
    for html in (before, after):
        problem = too_much(html, f"{chapter.key} {title}")
        if problem:
            raise CannotBuild(problem)
    compared = compare(before, after) if before != after else []
    passages = tuple(_without_rest(compared)) if any(not each.is_same for each in compared) else ()
    return Text(chapter.key, title, chapter.language, change.is_new, change.is_gone, passages)


def _without_rest(compared: list[Compared]) -> Iterator[Passage]:
    """What differs, with the passage before it; of the rest only how much it is."""
    for is_same, run in groupby(enumerate(compared), key=lambda each: each[1].is_same):
        passages = [each for _, each in run]
        if not is_same:
            yield from (_shown(each) for each in passages)
            continue
        is_last = passages[-1] is compared[-1]
        kept = [] if is_last else passages[-1:]
        if len(passages) > len(kept):
            yield Passage(left_out=len(passages) - len(kept))
        yield from (_shown(each) for each in kept)


def _shown(compared: Compared) -> Passage:
    return Passage(compared.style, mark_safe(compared.html))  # noqa: S308 (escaped word by word, tags of our list)

"""Writing chapters: one text per section of the template and language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bids.actions.changing import changing
from bids.models import Bid, Chapter
from bids.rulebook.vocabulary import Language

if TYPE_CHECKING:
    from accounts.models import User

NOT_THERE_YET = 0  # the version somebody saw who opened a chapter that nobody had begun


def write_chapter(bid: Bid, key: str, language: Language, values: Mapping[str, Any], *, seen: int, by: User) -> Chapter:
    """Save a chapter as a person left it, or begin it.

    Raises `Stale` where somebody else saved it, or began it, meanwhile. A translation is begun by the partner
    that writes the chapter in its other languages.
    """
    with changing(bid, by=by) as change:
        written = Chapter.objects.filter(bid=bid, key=key)
        chapter = written.filter(language=language).select_related("bid").first()
        if chapter is not None:
            return change.save(chapter, values, expected=seen)
        sibling = written.exclude(assigned_to=None).first()
        inherited = {"assigned_to_id": sibling.assigned_to_id} if sibling else {}
        return change.add(Chapter(key=key, language=language, **inherited | dict(values)))

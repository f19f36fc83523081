"""How long the written part of a bid is: counted on the pages as they were set, not guessed from its words.

Only the page limit of a call limits, when the bid is submitted; what a form indicates for a chapter is
told to whoever made the dossier, and stops nobody.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from bids import wording
from bids.dossier.contents import THE_APPLICATION
from bids.dossier.source import Source
from bids.models import Bid, Dossier
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Sentence, gettext_noop, sentence

if TYPE_CHECKING:
    from bids.dossier.build import Sheets

HEIGHT = 841.89  # of a page, in points
ROOM = 700.0  # for text on it

TOO_LONG = gettext_noop(
    "The chapters take %(pages)s pages; the call allows %(limit)s. The bid can't be submitted so: shorten them."
)
LONG = gettext_noop("The chapters take %(pages)s pages; a similar call allows %(limit)s.")
INDICATED = gettext_noop(
    "Chapter %(number)s takes about %(pages)s pages; the form indicates %(indicated)s. This only informs."
)


def is_limited(call: CallFacts) -> bool:
    """The call, or one like it, says how long the written part may be."""
    return call.page_limit is not None or call.page_limit_suggested is not None


def written_pages(book: Sequence[Sheets]) -> int:
    """The pages of the chapters; the table of criteria before them is ours."""
    return sum(sheets.pages for sheets in _written(book))


def remarks(source: Source, book: Sequence[Sheets]) -> Iterator[Sentence]:
    """What is longer than the call allows or its form indicates. Only called where there are chapters."""
    limit, suggested, pages = source.call.page_limit, source.call.page_limit_suggested, written_pages(book)
    if limit is not None and pages > limit:
        yield sentence(TOO_LONG, pages=pages, limit=limit)
    elif limit is None and suggested is not None and pages > suggested:
        yield sentence(LONG, pages=pages, limit=suggested)
    lengths = dict(_lengths(book))
    for section in source.call.template.sections:
        length = lengths.get(section.number)
        if section.pages is not None and length is not None and length > section.pages:
            yield sentence(INDICATED, number=section.number, pages=math.ceil(length), indicated=section.pages)


def digest_of(facts: BidFacts) -> str:
    """What a count of pages is bound to: the chapters as they were counted."""
    texts = [[chapter.key, chapter.language.value, chapter.title, chapter.html] for chapter in facts.chapters]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def known(bid: Bid, facts: BidFacts, call: CallFacts) -> Mapping[str, int] | None:
    """How long these very chapters were when last set in pages; None where they never were, or need not be."""
    if not is_limited(call):
        return None
    counted = Dossier.objects.filter(bid=bid, language=facts.language, written_digest=digest_of(facts))
    pages = counted.exclude(written_pages=None).order_by("-finished_at").values_list("written_pages", flat=True).first()
    return None if pages is None else {"total": pages}


def _written(book: Sequence[Sheets]) -> list[Sheets]:
    part = wording.say(THE_APPLICATION)
    return [sheets for sheets in book if sheets.part == part and sheets.name != "criteria"]


def _lengths(book: Sequence[Sheets]) -> Iterator[tuple[str, float]]:
    """The number of each chapter, and from its heading to the next one, in pages."""
    for sheets in _written(book):
        starts = [(_number(heading["label"]), _place(heading)) for heading in sheets.headings if heading["level"] <= 2]
        ends = [*(place for _, place in starts[1:]), float(sheets.pages)]
        yield from ((number, end - start) for (number, start), end in zip(starts, ends, strict=True) if number)


def _number(label: str) -> str:
    """`1.2` of `1.2 Methodology`, `3` of `3. System`; nothing of a heading without a number."""
    head = label.partition(" ")[0].rstrip(".")
    return head if head.replace(".", "").isdigit() else ""


def _place(heading: Mapping[str, Any]) -> float:
    down = min(max(HEIGHT - heading["y"] - (HEIGHT - ROOM) / 2, 0) / ROOM, 1)
    return float(heading["page"]) + down

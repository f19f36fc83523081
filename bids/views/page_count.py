"""How many pages a chapter takes, as bids/chapter/_pages.html shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from bids.dossier.counting import digest_of
from bids.models import PageCount
from bids.rulebook.vocabulary import JobState, Language
from bids.views.outline import Place, text_of
from bids.views.shared import Workspace, bid_url


@dataclass(frozen=True)
class Pages:
    """The last figure there is, of how many the template expects, when it was counted, and whether it still holds."""

    expected: int | None
    status_url: str
    is_text: bool
    number: Decimal | None = None
    at: datetime | None = None
    is_outdated: bool = False
    is_being_counted: bool = False
    problem: str = ""

    @property
    def is_too_long(self) -> bool:
        return self.number is not None and self.expected is not None and self.number > self.expected


def pages_of(work: Workspace, place: Place, language: Language) -> Pages:
    """One question to the database."""
    written = text_of(work.facts, place.key, language).written
    html = written.html if written else ""
    expected = place.section.pages if place.section else None
    status_url = bid_url("chapter-pages", work.bid, key=place.key, language=language)
    count = PageCount.objects.filter(bid=work.bid, key=place.key, language=language).first()
    if count is None:
        return Pages(expected, status_url, bool(html))
    return Pages(
        expected,
        status_url,
        bool(html),
        count.pages,
        count.finished_at,
        is_outdated=count.pages is not None and count.digest != digest_of(html),
        is_being_counted=count.state in (JobState.QUEUED, JobState.RUNNING),
        problem=count.reason if count.state is JobState.FAILED else "",
    )

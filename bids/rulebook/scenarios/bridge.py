"""From one outcome to another: where the difference comes from, to the cent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bids.rulebook.funding import Assessment, View
from bids.rulebook.money import Euro
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import Word

Views = Mapping[str, View]


class By(Word):
    CATEGORY = "category", gettext_noop("Category")
    PARTNER = "partner", gettext_noop("Partner")
    SITE = "site", gettext_noop("Site")
    STREAM = "stream", gettext_noop("Stream")
    YEAR = "year", gettext_noop("Year")


def _partners(found: Assessment) -> Views:
    return {key: View(share.total, share.eu_of_all_streams) for key, share in found.partners.items()}


def _streams(found: Assessment) -> Views:
    """By the stream a line stands in; a stream that the call lacks has its lines too."""
    sums: dict[str, View] = {}
    for line in found.lines.values():
        key = line.stream.value if line.stream else "-"
        before = sums.get(key, View())
        sums[key] = View(before.total + line.total, before.eu + line.eu)
    return sums


BY: dict[By, Callable[[Assessment], Views]] = {
    By.CATEGORY: lambda found: found.categories,
    By.PARTNER: _partners,
    By.SITE: lambda found: found.sites,
    By.STREAM: _streams,
    By.YEAR: lambda found: found.years,
}


@dataclass(frozen=True, slots=True)
class Span:
    """What one part of the bid adds to the difference."""

    key: str
    total: Euro
    eu: Euro

    @property
    def rest(self) -> Euro:
        """What the Union does not pay of it."""
        return self.total - self.eu


def bridge(before: Assessment, after: Assessment, by: By) -> list[Span]:
    """The parts that differ, the largest difference of the total first; together they are the whole difference."""
    old, new = BY[by](before), BY[by](after)
    spans = []
    for key in dict.fromkeys([*old, *new]):
        was, will = old.get(key, View()), new.get(key, View())
        spans.append(Span(key, will.total - was.total, will.eu - was.eu))
    moved = [span for span in spans if span.total or span.eu]
    return sorted(moved, key=lambda span: (-abs(span.total.cents), -abs(span.eu.cents), span.key))

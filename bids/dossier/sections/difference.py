"""What changed between two rounds, in money: from the sums before to the sums now, and where each difference arose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from bids import wording
from bids.dossier.names import Labels, Names
from bids.dossier.source import Source
from bids.plots import Plot, waterfall
from bids.rulebook.changes import changes
from bids.rulebook.funding.assessment import Assessment
from bids.rulebook.money import Euro
from bids.rulebook.sections import BidSection
from bids.rulebook.text import Sentence, gettext_noop

MOST_STEPS = 4  # of a waterfall; the rest is one step more

FIGURES: tuple[tuple[str, Callable[[Assessment], Euro]], ...] = (
    (gettext_noop("Total cost"), lambda found: found.total),
    (gettext_noop("Eligible costs"), lambda found: found.eligible),
    (gettext_noop("Requested from the Union"), lambda found: found.eu),
    (gettext_noop("National share"), lambda found: found.national),
    (gettext_noop("Own means, equity and loans"), lambda found: found.other),
    (gettext_noop("Paid elsewhere"), lambda found: found.elsewhere),
    (gettext_noop("Signed by public payers"), lambda found: found.signed),
    (gettext_noop("Not covered by a signature"), lambda found: found.uncovered),
)


@dataclass(frozen=True, slots=True)
class Moved:
    """A sum before and now."""

    name: str
    before: Euro
    after: Euro

    @property
    def by(self) -> Euro:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Pair:
    """What one thing costs and what the Union pays for it, before and now."""

    total: Moved
    eu: Moved

    @property
    def has_moved(self) -> bool:
        return bool(self.total.by or self.eu.by)


@dataclass(frozen=True, slots=True)
class View:
    """The budget from one side: only what is not as it was."""

    caption: Sentence
    first: Sentence
    rows: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries of a section are new, gone or altered."""

    section: BidSection
    new: int
    gone: int
    altered: int


def fill(source: Source) -> dict[str, Any]:
    before = before_of(source)
    views = [view for view in _views(source, before) if view.rows]
    figures = [Moved(gettext(name), find(before.assessment), find(source.assessment)) for name, find in FIGURES]
    return {
        "before": before,
        "figures": [each for each in figures if each.before or each.after],
        "shares": (before.assessment.eu_share, source.assessment.eu_share),
        "has_other_rules": before.assessment.rule_set != source.assessment.rule_set,
        "counted": counted(source),
        "plots": _plots(source, before),
        "views": views,
    }


def before_of(source: Source) -> Source:
    """The round a difference is told from."""
    if source.before is None:
        raise ValueError("a difference needs a round before it")
    return source.before


def counted(source: Source) -> list[Counted]:
    """Every section with a change in it."""
    found = changes(before_of(source).facts, source.facts)
    sections = [section for section in BidSection if any(each.section is section for each in found)]
    return [
        Counted(
            section,
            new=sum(each.is_new for each in found if each.section is section),
            gone=sum(each.is_gone for each in found if each.section is section),
            altered=sum(not each.is_new and not each.is_gone for each in found if each.section is section),
        )
        for section in sections
    ]


def _views(source: Source, before: Source) -> list[View]:
    names = Names(source.facts, before.facts)
    old, new = before.assessment, source.assessment
    sides = (
        (old.streams, new.streams, names.streams, BY_STREAM, STREAM),
        (old.partners, new.partners, names.buyers, BY_PARTNER, PARTNER),
        (old.sites, new.sites, names.places, BY_SITE, SITE),
        (old.categories, new.categories, names.categories, BY_CATEGORY, CATEGORY),
        (old.years, new.years, names.years, BY_YEAR, YEAR),
        (old.work_packages, new.work_packages, names.packages, BY_PACKAGE, PACKAGE),
    )
    return [View(caption, first, _pairs(was, now, labels)) for was, now, labels, caption, first in sides]


def _pairs(old: Mapping[str, Any], new: Mapping[str, Any], labels: Labels) -> tuple[Pair, ...]:
    keys = dict.fromkeys([*new, *old])
    pairs = [_pair(labels.get(key), old.get(key), new.get(key)) for key in keys]
    return tuple(pair for pair in pairs if pair.has_moved)


def _pair(name: str, old: Any, new: Any) -> Pair:
    return Pair(Moved(name, _total(old), _total(new)), Moved(name, _eu(old), _eu(new)))


def _total(share: Any) -> Euro:
    return share.total if share else Euro(0)


def _eu(share: Any) -> Euro:
    """What the Union pays of it: for a partner, with its part of the machine."""
    return share.eu + getattr(share, "machine_eu", Euro(0)) if share else Euro(0)


def _plots(source: Source, before: Source) -> list[Plot]:
    """From the sum before to the sum now, by partner; nothing where a sum stayed and so did its parts."""
    names = Names(source.facts, before.facts)
    pairs = _pairs(before.assessment.partners, source.assessment.partners, names.buyers)
    drawn = [
        (gettext("Total cost by partner, in millions of euro"), [pair.total for pair in pairs], TOTAL),
        (gettext("Union’s part by partner, in millions of euro"), [pair.eu for pair in pairs], EU),
    ]
    ends = [(before.assessment.total, source.assessment.total), (before.assessment.eu, source.assessment.eu)]
    return [
        _waterfall(title, [each for each in moved if each.by], what, *sums)
        for (title, moved, what), sums in zip(drawn, ends, strict=True)
        if any(each.by for each in moved)
    ]


def _waterfall(title: str, moved: list[Moved], what: Sentence, before: Euro, after: Euro) -> Plot:
    largest = sorted(moved, key=lambda each: (-abs(each.by.cents), each.name))
    steps = [(each.name, each.by) for each in largest[:MOST_STEPS]]
    if largest[MOST_STEPS:]:
        steps.append((gettext("Others"), Euro.total(each.by for each in largest[MOST_STEPS:])))
    words = wording.say(what)
    start, end = gettext("%(what)s before") % {"what": words}, gettext("%(what)s now") % {"what": words}
    return waterfall(title, (start, before), steps, (end, after))


TOTAL, EU = Sentence(gettext_noop("Total")), Sentence(gettext_noop("Union"))
BY_STREAM, STREAM = Sentence(gettext_noop("What changed by stream")), Sentence(gettext_noop("Stream"))
BY_PARTNER, PARTNER = Sentence(gettext_noop("What changed by partner")), Sentence(gettext_noop("Partner"))
BY_SITE, SITE = Sentence(gettext_noop("What changed by site")), Sentence(gettext_noop("Site"))
BY_CATEGORY, CATEGORY = Sentence(gettext_noop("What changed by cost category")), Sentence(gettext_noop("Category"))
BY_YEAR, YEAR = Sentence(gettext_noop("What changed by year")), Sentence(gettext_noop("Year"))
BY_PACKAGE, PACKAGE = Sentence(gettext_noop("What changed by work package")), Sentence(gettext_noop("Work package"))

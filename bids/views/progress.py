"""How far each section of a bid is: the task list of every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from bids.models import Bid
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.readiness import Finding
from bids.rulebook.vocabulary import ChapterState


@dataclass(frozen=True)
class Section:
    """One line of the task list; `count` blocking findings make it "2 errors"."""

    name: str
    url: str
    title: str
    state: str
    count: int = 0
    group: str = ""


@dataclass(frozen=True)
class _Part:
    """A section of the workspace: which findings belong to it, and when it counts as begun or complete."""

    name: str
    title: Callable[[], str]
    places: tuple[str, ...]
    begun: Callable[[BidFacts], bool]
    complete: Callable[[BidFacts], bool] = lambda facts: True


_PARTS = (
    _Part(
        "basics",
        lambda: _("Basics"),
        ("bid",),
        lambda facts: bool(facts.title),
        lambda facts: bool(
            facts.title and facts.acronym and facts.abstract and facts.starts_on and facts.duration_months
        ),
    ),
    _Part("partners", lambda: _("Consortium"), ("partners",), lambda facts: bool(facts.partners)),
    _Part("sites", lambda: _("Sites"), ("sites", "links"), lambda facts: bool(facts.sites)),
    _Part("work-plan", lambda: _("Work plan"), ("work_packages",), lambda facts: bool(facts.work_packages)),
    _Part("budget", lambda: _("Budget"), ("budget",), lambda facts: bool(facts.budget)),
    _Part("financing", lambda: _("Financing"), ("commitments",), lambda facts: bool(facts.commitments)),
    _Part(
        "risks",
        lambda: _("Risks and indicators"),
        ("risks", "indicators"),
        lambda facts: bool(facts.risks or facts.indicators),
    ),
    _Part("documents", lambda: _("Documents"), ("documents",), lambda facts: bool(facts.documents)),
)


def sections_of(bid: Bid, facts: BidFacts, call: CallFacts, findings: tuple[Finding, ...]) -> list[Section]:
    """Every section with its state; sites only where the call has something to host."""
    parts = [part for part in _PARTS if part.name != "sites" or facts.sites or _hosts(call)]
    lines = [_line(part, bid, facts, findings) for part in parts]
    return [*lines[:-2], _chapters(bid, facts, call, findings), *lines[-2:]]


def stopping(findings: tuple[Finding, ...], places: tuple[str, ...], gate: str = "submit") -> int:
    """How many findings in these places stop an act."""
    return sum(finding.gate == gate and finding.where.partition("/")[0] in places for finding in findings)


def _line(part: _Part, bid: Bid, facts: BidFacts, findings: tuple[Finding, ...]) -> Section:
    count = stopping(findings, part.places)
    begun = part.begun(facts)
    state = "empty" if not begun else "complete" if not count and part.complete(facts) else "draft"
    return Section(part.name, page_url(part.name, bid), part.title(), state, count)


def _chapters(bid: Bid, facts: BidFacts, call: CallFacts, findings: tuple[Finding, ...]) -> Section:
    """Complete once every obligatory section of the template is marked complete."""
    wanted = {section.number for section in call.template.sections if not (section.optional or section.heading_only)}
    written = {chapter.key for chapter in facts.chapters if chapter.html}
    complete = {chapter.key for chapter in facts.chapters if chapter.state is ChapterState.COMPLETE}
    count = stopping(findings, ("chapters",))
    state = "complete" if wanted <= complete and not count else "draft" if written else "empty"
    return Section("chapters", page_url("chapters", bid), _("Chapters"), state, count)


def _hosts(call: CallFacts) -> bool:
    return any(not scheme.stream.is_grant for scheme in call.streams)


def page_url(page: str, bid: Bid, /, **more: str) -> str:
    """The address of a page of this bid."""
    try:
        return reverse(f"bids:{page}", kwargs={"reference": bid.reference} | more)
    except NoReverseMatch:  # a page that is still to come
        return ""

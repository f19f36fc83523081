"""What holds between the parts of a bid file: keys are unique, and every pointer points to something."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Any

from bids.bidfile.problems import Problems
from bids.bidfile.shape import bid
from bids.rulebook.facts import BidFacts, ChapterFacts, PartnerFacts
from bids.rulebook.text import Sentence, gettext_noop, quoted

SECTIONS = {
    "partners": gettext_noop("partners"),
    "sites": gettext_noop("sites"),
    "work_packages": gettext_noop("work packages"),
    "documents": gettext_noop("documents"),
}
_LISTS = (
    "partners", "sites", "links", "work_packages", "budget", "commitments", "chapters", "risks", "indicators",
    "documents",
)  # fmt: skip


def check_keys(facts: BidFacts, problems: Problems) -> None:
    """A key is unique in its list; a chapter's together with its language."""
    for path, entries in _lists(facts):
        seen: set[Hashable] = set()
        for position, entry in enumerate(entries):
            identity = (entry.key, entry.language) if isinstance(entry, ChapterFacts) else entry.key
            if entry.key and identity in seen:
                template = gettext_noop("The key %(key)s stands here a second time. Give each entry its own.")
                problems.add(f"{path}[{position}].key", template, key=quoted(entry.key))
            seen.add(identity)


def _lists(facts: BidFacts) -> Iterator[tuple[str, Iterable[Any]]]:
    for name in _LISTS:
        yield f"$.{name}", getattr(facts, name)
    for position, site in enumerate(facts.sites):
        yield f"$.sites[{position}].phases", site.phases
        yield f"$.sites[{position}].machines", site.machines
    for position, package in enumerate(facts.work_packages):
        yield f"$.work_packages[{position}].tasks", package.tasks
        yield f"$.work_packages[{position}].deliverables", package.deliverables
        yield f"$.work_packages[{position}].milestones", package.milestones


def check_pointers(facts: BidFacts, problems: Problems) -> None:
    """A pointer to nothing is refused by name."""
    keys = {section: dict.fromkeys(entry.key for entry in getattr(facts, section)) for section in SECTIONS}
    unread = {section for section in SECTIONS if problems.touch(f"$.{section}")}
    for path, section, key in bid().pointers(facts, "$"):
        if key in keys[section] or section in unread:
            continue
        template = gettext_noop("%(value)s is not among the %(section)s of this bid.")
        problems.unknown(path, template, key, keys[section], section=Sentence(SECTIONS[section]))


def check_affiliations(facts: BidFacts, problems: Problems) -> None:
    """Nobody is affiliated to itself, in however many steps."""
    partners = {partner.key: partner for partner in facts.partners}
    cleared: set[str] = set()
    for position, partner in enumerate(facts.partners):
        circle = _circle(partner, partners, cleared)
        if circle:
            template = gettext_noop("This affiliation goes round in a circle: %(circle)s.")
            shown = [*circle[:5], "…", circle[0]] if len(circle) > 5 else [*circle, circle[0]]
            problems.add(f"$.partners[{position}].affiliated_to", template, circle=" → ".join(shown))


def _circle(partner: PartnerFacts, partners: dict[str, PartnerFacts], cleared: set[str]) -> list[str]:
    """The keys of the circle this partner is the first of, or nothing."""
    chain: dict[str, None] = {}
    step: PartnerFacts | None = partner
    while step is not None and step.key not in cleared and step.key not in chain:
        chain[step.key] = None
        step = partners.get(step.affiliated_to or "")
    cleared.update(chain)
    keys = list(chain)
    return keys[keys.index(step.key) :] if step is not None and step.key in chain else []

"""The sections of a bid: what a change request opens, and what changed between two pictures.

A section is named like the place of a finding: `budget`, or one entry of it, `budget/L003`.
Who may write in a section may write in each of its entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from typing import Any

from bids.rulebook.facts import BidFacts
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import Word


class BidSection(Word):
    """The parts of a bid; all but the first are lists of the bid file, under the same name."""

    BID = "bid", gettext_noop("Basics")
    PARTNERS = "partners", gettext_noop("Consortium")
    SITES = "sites", gettext_noop("Sites")
    LINKS = "links", gettext_noop("Links between sites")
    WORK_PACKAGES = "work_packages", gettext_noop("Work plan")
    BUDGET = "budget", gettext_noop("Budget")
    COMMITMENTS = "commitments", gettext_noop("Financing")
    CHAPTERS = "chapters", gettext_noop("Chapters")
    RISKS = "risks", gettext_noop("Risks")
    INDICATORS = "indicators", gettext_noop("Indicators")
    DOCUMENTS = "documents", gettext_noop("Documents")


LISTS = tuple(section.value for section in BidSection if section is not BidSection.BID)


def is_within(section: str, opened: Collection[str]) -> bool:
    """Whether a section is opened, itself or as an entry of an opened one."""
    return section in opened or section.partition("/")[0] in opened


def changed_sections(before: BidFacts, after: BidFacts) -> frozenset[str]:
    """Every entry that was added, removed or altered; `bid` stands for the basics.

    A list whose entries are the same in another order counts as changed as a whole.
    """
    changed = {BidSection.BID.value} if _basics(before) != _basics(after) else set()
    for name in LISTS:
        changed |= _changed_entries(name, getattr(before, name), getattr(after, name))
    return frozenset(changed)


def _basics(facts: BidFacts) -> list[Any]:
    return [getattr(facts, field.name) for field in fields(facts) if field.name not in LISTS]


def _changed_entries(name: str, before: Iterable[Any], after: Iterable[Any]) -> set[str]:
    old, new = by_identity(before), by_identity(after)
    touched = {identity for identity in old.keys() | new.keys() if old.get(identity) != new.get(identity)}
    if not touched and list(old) != list(new):
        return {name}
    return {f"{name}/{key}" for key, _ in touched}


def by_identity(entries: Iterable[Any]) -> dict[tuple[str, str], Any]:
    """Entries by key; a chapter exists once per language."""
    return {(entry.key, getattr(entry, "language", "")): entry for entry in entries}

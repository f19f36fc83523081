"""What a reader checks at the end: hosting agreement, State aid, open points, annexes, the file itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import segno
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from bids import wording
from bids.dossier.sections import chapters, letters
from bids.dossier.source import Source
from bids.rulebook.call import Annex
from bids.rulebook.facts import DocumentFacts
from bids.rulebook.text import Sentence, gettext_noop
from bids.rulebook.vocabulary import DocumentKind, Instrument

HEX_PER_GROUP = 16
FINANCING = Sentence(gettext_noop("Financing and commitments"))


@dataclass(frozen=True, slots=True)
class Point:
    """One of the twelve points a hosting agreement must settle."""

    letter: str
    duty: str
    chapter: str  # of the template; empty where a section of the dossier itself speaks of it


@dataclass(frozen=True, slots=True)
class Settled:
    """A point, and the place that speaks of it if it is written."""

    point: Point
    where: str
    place: str
    is_written: bool


POINTS = (
    Point("a", gettext_noop("Acquisition procedure and acceptance tests"), "3"),
    Point("b", gettext_noop("Liability"), "2"),
    Point("c", gettext_noop("Quality of service (service level agreement)"), "7"),
    Point("d", gettext_noop("Plans for energy efficiency and environmental sustainability"), "15"),
    Point("e", gettext_noop("Conditions of access for the Union's share"), "9"),
    Point("f", gettext_noop("Accounting of access time"), "7"),
    Point("g", gettext_noop("Share of the total cost of ownership that the States cover"), ""),
    Point("h", gettext_noop("Transfer of ownership, residual value, decommissioning"), "4"),
    Point("i", gettext_noop("Access with security, data protection, trade secrets and confidentiality"), "16"),
    Point("j", gettext_noop("Certified audit of operating costs and access times"), "4"),
    Point("k", gettext_noop("Audit report and access data by 31 January of each year"), "4"),
    Point("l", gettext_noop("Special terms for industrial use and for AI-optimised machines"), "9"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """An annex of the call's template and the documents that fill it."""

    annex: Annex
    documents: tuple[DocumentFacts, ...]


def checks(source: Source) -> dict[str, Any]:
    """What must be settled elsewhere: with the hosting agreement where there is one, and for State aid."""
    has_hosting_agreement = source.call.instrument in (Instrument.AI_FACTORY, Instrument.GIGAFACTORY)
    return {
        "points": [_settled(source, point) for point in POINTS] if has_hosting_agreement else [],
        "notes": [document for document in source.facts.documents if document.kind == DocumentKind.STATE_AID_NOTE],
        "findings": source.findings,
    }


def _settled(source: Source, point: Point) -> Settled:
    """Where the dossier speaks of a point: a chapter by its number, or a section of ours."""
    if not point.chapter:
        return Settled(point, wording.say(FINANCING), "financing", bool(source.facts.commitments))
    group = next((group for group in chapters.groups(source) if group.number == point.chapter), None)
    if group is None:
        return Settled(point, point.chapter, "", False)
    where = f"{group.number}. {group.title}"
    return Settled(point, where, f"chapter-{group.number}", any(chapter.written for chapter in group.chapters))


def annexes(source: Source) -> dict[str, Any]:
    kinds = {requirement.kind: requirement.annex for requirement in source.call.requirements}
    asked = [
        Asked(annex, tuple(d for d in source.facts.documents if kinds.get(d.kind) == annex.id))
        for annex in source.call.template.annexes
    ]
    pages = sum(document.pages or 0 for document in source.facts.documents)
    places = {key: letters.place(number) for key, number in letters.numbered(source).items()}
    return {"asked": asked, "pages": pages, "places": places, "numbers": letters.numbered(source)}


def verification(source: Source) -> dict[str, Any]:
    return {"groups": digest_groups(source.digest), "code": check_code(source)}


def digest_groups(digest: str) -> list[str]:
    """A digest in pieces that an eye can compare."""
    return [digest[start : start + HEX_PER_GROUP] for start in range(0, len(digest), HEX_PER_GROUP)]


def check_code(source: Source) -> SafeString:
    """The address of the check page as a QR code; nothing without an address."""
    if not source.check_url:
        return mark_safe("")
    code = segno.make(source.check_url, error="m", micro=False)
    title = gettext("QR code of the check page")
    drawn = code.svg_inline(scale=3, border=2, dark="#0a2a4d", title=title)
    return mark_safe(drawn)  # noqa: S308 (drawn by segno from our address)

"""The pages of a bid's file: what each is called, in which group it stands, and what it asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bids.rulebook.permits import Act

if TYPE_CHECKING:
    from bids.admin.bid_file import BidFile


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the left column."""

    name: str
    title: str
    url: str
    group: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class _Page:
    name: str  # of the address, after `bid-`; empty for the first page
    title: object
    is_open: Callable[[BidFile], object] = lambda file: file.may_read


def _has_sites(file: BidFile) -> bool:
    return bool(file.may_read and file.facts.sites)


def _has_alternative(file: BidFile) -> bool:
    return bool(file.may_read and file.facts.alternative_to)


GROUPS = (
    (
        _("The bid"),
        (
            _Page("", _("Overview"), lambda file: True),
            _Page("budget", _("Money")),
            _Page("lines", _("Budget lines")),
            _Page("financing", _("Financing")),
            _Page("consortium", _("Consortium")),
            _Page("sites", _("Sites"), _has_sites),
            _Page("work", _("Work plan")),
            _Page("chapters", _("Chapters")),
            _Page("risks", _("Risks and indicators")),
            _Page("documents", _("Documents")),
            _Page("benchmarks", _("Benchmarks")),
            _Page("linked", _("Linked bid"), _has_alternative),
            _Page("checks", _("Checks")),
        ),
    ),
    (
        _("At the desk"),
        (
            _Page("interest", _("Conflict of interest"), lambda file: file.may(Act.DECLARE_INTEREST)),
            _Page("people", _("People on the bid"), lambda file: file.may(Act.READ_AUDIT)),
            _Page("review", _("Your review"), lambda file: file.may(Act.WRITE_REVIEW)),
            _Page("reviews", _("Reviews"), lambda file: file.may_read_reviews),
            _Page("opinions", _("Opinions"), lambda file: file.may_read_reviews),
            _Page("papers", _("Papers of the desk"), lambda file: file.may_read_reviews),
            _Page("dossiers", _("Dossiers"), lambda file: file.may(Act.DOWNLOAD_DOSSIER)),
            _Page("history", _("History"), lambda file: file.may(Act.READ_AUDIT)),
        ),
    ),
)


def places(file: BidFile) -> list[Place]:
    """What this person may open, in order."""
    return [
        Place(one.name, gettext(str(one.title)), _address(file, one), str(group), (one.name or "overview") == file.here)
        for group, pages in GROUPS
        for one in pages
        if one.is_open(file)
    ]


def _address(file: BidFile, one: _Page) -> str:
    return file.url(f"bid-{one.name}" if one.name else "bid")

"""Where a finding can be mended: from the place it names to the page that shows it."""

from __future__ import annotations

from typing import Any

from bids.rulebook.permits import Act
from bids.views.progress import page_url
from bids.views.shared import Workspace

# By section of the bid: the page that lists it; below, the page that edits one entry, and the act that is.
LISTED = {
    "bid": "basics",
    "partners": "partners",
    "sites": "sites",
    "links": "sites",
    "work_packages": "work-plan",
    "budget": "budget",
    "commitments": "financing",
    "chapters": "chapters",
    "risks": "risks",
    "indicators": "risks",
    "documents": "documents",
    "benchmarks": "benchmarks",
    "linked": "linked",
}
EDITED = {
    "partners": ("partner-edit", Act.EDIT_PARTNER),
    "sites": ("site-edit", Act.EDIT_PLAN),
    "work_packages": ("work-package-edit", Act.EDIT_PLAN),
    "budget": ("line-edit", Act.EDIT_PARTNER_BUDGET),
    "commitments": ("commitment-edit", Act.EDIT_COMMITMENTS),
    "risks": ("risk-edit", Act.EDIT_PLAN),
}


def where_url(work: Workspace, where: str) -> str:
    """The page to go to: the entry itself where this person may edit it, else the list it stands in."""
    section, _, key = where.partition("/")
    if key and section in EDITED:
        name, act = EDITED[section]
        about: dict[str, Any] = {"section": where, "partner": key if section == "partners" else None}
        if work.may(act, **about):
            return page_url(name, work.bid, key=key)
    if key and section == "chapters" and work.may(Act.EDIT_CHAPTER, section=where):
        return page_url("chapter-edit", work.bid, key=key, language=str(work.bid.language))
    return page_url(LISTED.get(section, "overview"), work.bid)

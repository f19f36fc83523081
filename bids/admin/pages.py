"""The site map of one bid's file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from bids.admin import (
    benchmarks,
    dossiers,
    downloads,
    history,
    interest,
    linked,
    money,
    opinions,
    overview,
    papers,
    publish,
    reading,
    reviews,
    staff,
    steps,
)

Page = tuple[str, Callable[..., Any], str]

PAGES: tuple[Page, ...] = (
    ("", overview.show, "bid"),
    ("money/", money.show, "bid-budget"),
    ("why/<path:figure>/", money.show_why, "bid-why"),
    ("lines/", reading.show_lines, "bid-lines"),
    ("financing/", reading.show_financing, "bid-financing"),
    ("consortium/", reading.show_consortium, "bid-consortium"),
    ("sites/", reading.show_sites, "bid-sites"),
    ("work-plan/", reading.show_work, "bid-work"),
    ("chapters/", reading.show_chapters, "bid-chapters"),
    ("chapters/<number>/", reading.show_chapter, "bid-chapter"),
    ("risks/", reading.show_risks, "bid-risks"),
    ("documents/", reading.show_documents, "bid-documents"),
    ("documents/<key>/", downloads.document, "bid-document"),
    ("benchmarks/", benchmarks.show, "bid-benchmarks"),
    ("linked/", linked.show, "bid-linked"),
    ("checks/", reading.show_checks, "bid-checks"),
    ("interest/", interest.declare_interest, "bid-interest"),
    ("people/", staff.show_people, "bid-people"),
    ("people/assign/<role>/", staff.assign, "bid-assign"),
    ("people/<int:number>/end/", staff.end, "bid-unassign"),
    ("reviews/", reviews.show, "bid-reviews"),
    ("reviews/mine/", reviews.write, "bid-review"),
    ("opinions/", opinions.show, "bid-opinions"),
    ("opinions/record/", opinions.record, "bid-opinion-record"),
    ("opinions/<int:number>/answer/", opinions.answer, "bid-opinion-answer"),
    ("opinions/<kind>/", opinions.write, "bid-opinion"),
    ("papers/", papers.papers, "bid-papers"),
    ("papers/<int:number>/", downloads.paper, "bid-paper"),
    ("dossiers/", dossiers.show, "bid-dossiers"),
    ("dossiers/<int:number>/", downloads.dossier, "bid-dossier-download"),
    ("dossiers/<int:number>/package/", downloads.package, "bid-dossier-package"),
    ("dossiers/<int:number>/status/", dossiers.status, "bid-dossier-status"),
    ("dossiers/<int:number>/retry/", dossiers.retry, "bid-dossier-retry"),
    ("history/", history.show, "bid-history"),
    ("publish/", publish.publish, "bid-publish"),
)


def of_a_bid() -> Iterator[Page]:
    """Every page of a bid's file: address, view, name."""
    yield from PAGES
    for name, view in steps.steps():
        yield (f"steps/{name}/", view, f"bid-step-{name}")

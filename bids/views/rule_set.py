"""Which version of its call a bid follows, and everything that a newer one would change."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import rule_sets
from bids.actions.changing import Stale
from bids.rulebook.funding import Moved
from bids.rulebook.money import Euro
from bids.rulebook.permits import Act
from bids.views.figure import title_of
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace


@dataclass(frozen=True)
class Row:
    """A figure that would change, as people read it."""

    title: str
    before: str
    after: str


@declare(Act.READ_WORKING_COPY)
@require_safe
def show_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    """The version in force for this bid; with a newer one, every number, figure and finding that differs."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    return _page(request, workspace(request, bid, "basics"))


@declare(Act.EDIT_PARTNER_BUDGET)
@require_POST
def move_rule_set(request: HttpRequest, reference: str) -> HttpResponse:
    """The bid follows the newer version from now on; only if it still is the bid, and the version, that was shown."""
    bid = get_bid(request, reference, to=Act.EDIT_PARTNER_BUDGET, section="budget")
    work = workspace(request, bid, "basics")
    newer = rule_sets.newer_version(bid)
    if newer is None or request.POST.get("version") != str(newer.number):
        return _page(request, work, status=409, is_stale=True)
    try:
        rule_sets.move_to(bid, newer, seen=_number(request.POST.get("revision", "")), by=person(request))
    except Stale:
        return _page(request, workspace(request, bid, "basics"), status=409, is_stale=True)
    messages.success(request, _("The bid now follows %(version)s.") % {"version": newer})
    return redirect(bid_url("rule-set", bid))


def _page(request: HttpRequest, work: Workspace, *, status: int = 200, **more: Any) -> HttpResponse:
    newer = rule_sets.newer_version(work.bid) if work.is_open else None
    found = rule_sets.prospect(work.bid, work.facts, newer) if newer else None
    return page(
        request, work, "bids/rule_set/page.html", status=status, newer=newer, prospect=found,
        groups=_groups(work, found) if found else [],
        may_move=work.may(Act.EDIT_PARTNER_BUDGET, section="budget"), **more,
    )  # fmt: skip


def _groups(work: Workspace, found: rule_sets.Prospect) -> list[tuple[str, list[Row]]]:
    """The figures by the part of the bid they belong to, in the order of the assessment."""
    titles = {
        "": _("The whole bid"), "streams": _("Streams"), "partners": _("Partners"), "sites": _("Sites"),
        "categories": _("Categories"), "years": _("Years"), "work_packages": _("Work packages"), "lines": _("Lines"),
    }  # fmt: skip
    parts = groupby(found.figures, key=lambda moved: moved.figure.rpartition("/")[0].partition("/")[0])
    return [(titles[part], [_row(work, moved) for moved in group]) for part, group in parts]


def _row(work: Workspace, moved: Moved) -> Row:
    return Row(title_of(work.facts, moved.figure), _shown(moved.before), _shown(moved.after))


def _shown(value: Euro | Decimal | Fraction | bool | None) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case Decimal() | Fraction():
            return wording.percent(value)
    return wording.show(value)


def _number(text: str) -> int:
    """A revision as the form sent it; -1, which no bid has, for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else -1

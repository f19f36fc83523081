"""The first page of the desk: what waits for me, how the bids stand, who is busy, which dates come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import clock
from bids import wording
from bids.admin.door import person, standing
from bids.admin.waiting import tasks_of
from bids.models import Assignment, Bid, NumbersChange
from bids.plots import Plot, bars
from bids.rulebook.vocabulary import BidState, ProposalState, Role


@dataclass(frozen=True, slots=True)
class Busy:
    """How much work somebody has on bids that are not closed."""

    name: str
    role: Role
    bids: int


@dataclass(frozen=True, slots=True)
class Dates:
    """A call with the next of its dates."""

    reference: str
    title: str
    bids: int
    closes: datetime | None
    cutoff: datetime | None


def show(request: HttpRequest) -> HttpResponse:
    """Everything of one person's day on one page."""
    user, roles = person(request), standing(request).roles
    reads_bids = bool(roles - {Role.SYSTEM_ADMIN})
    shown: dict[str, Any] = {"title": _("My desk"), "tasks": tasks_of(user) if reads_bids else [], "reads": reads_bids}
    if reads_bids:
        shown |= {"plot": _by_state(user), "dates": _dates(user)}
    if Role.APPROVER in roles:
        shown["numbers"] = _numbers_to_confirm(user)
    if Role.CASE_MANAGER in roles:
        shown["workload"] = _workload(user)
    return render(request, "admin/index.html", shown)


def _numbers_to_confirm(user: Any) -> list[NumbersChange]:
    """Other numbers of calls that a colleague proposed, the oldest first."""
    held = user.call_roles.filter(role=Role.APPROVER)
    theirs = Exists(held.filter(Q(call=None) | Q(call=OuterRef("call"))))
    waiting = NumbersChange.objects.filter(theirs, outcome=ProposalState.OPEN).exclude(proposed_by=user)
    return list(waiting.select_related("call", "proposed_by").order_by("pk"))


def _by_state(user: Any) -> Plot | None:
    """Bids by state, those states left out in which there are none."""
    rows = Bid.objects.visible_to(user).order_by().values_list("state").annotate(bids=Count("pk"))
    found = dict(rows)
    entries = [(wording.word(state), found[state]) for state in BidState if state in found]
    return bars(_("Bids by state"), entries) if entries else None


def _dates(user: Any) -> list[Dates]:
    """The calls of the bids this person sees, the next closing first."""
    now = clock.now()
    rows = (
        Bid.objects.visible_to(user)
        .order_by()
        .values_list("call_version__call__reference", "call_version__call__title")
        .annotate(
            bids=Count("pk"),
            closes=Min("desk_closes", filter=Q(desk_closes__gt=now)),
            cutoff=Min("cutoff", filter=Q(cutoff__gt=now)),
        )
    )
    found = [Dates(reference, title, bids, closes, cutoff) for reference, title, bids, closes, cutoff in rows]
    return sorted(found, key=lambda one: (one.closes is None, str(one.closes or one.cutoff or ""), one.reference))


def _workload(user: Any) -> list[Busy]:
    """Who is assigned to how many bids in the hands of the ministry, the busiest first."""
    states = (BidState.SUBMITTED, BidState.IN_REVIEW, BidState.CHANGES_REQUESTED)
    running = Assignment.objects.filter(ended_at=None, bid__state__in=states, bid__in=Bid.objects.visible_to(user))
    rows = (
        running.order_by().values_list("user__name", "user__email", "role").annotate(bids=Count("bid", distinct=True))
    )
    found = [Busy(name or email, Role(role), bids) for name, email, role, bids in rows]
    return sorted(found, key=lambda one: (-one.bids, one.name))

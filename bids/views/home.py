"""What waits for a person, and every bid the person may know of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.declare import declare
from accounts.models import User
from bids import telling, wording
from bids.happenings import TOLD_TO_BOTH
from bids.models import Bid, BidEvent, BidQuerySet, BidRole, ChangeRequest, Chapter, Confirmation, Partner
from bids.models.fields import can_be_stored
from bids.rulebook.vocabulary import BidState, ChapterState, Role, Side
from bids.rulebook.workflow.states import CLOSED, OPEN, WITH_THE_CONSORTIUM
from bids.views.history import REFUSALS
from bids.views.shared import person

FEW = 8
PER_PAGE = 50
DESK = "/desk/"


@dataclass(frozen=True, slots=True)
class Pile:
    """Things of one kind that wait in one bid."""

    bid: Bid
    things: list[Any]

    @property
    def only(self) -> Any:
        """The one thing that waits, where it is one."""
        return self.things[0] if len(self.things) == 1 else None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: requests to answer, figures to confirm, chapters to write."""

    requests: list[ChangeRequest]
    figures: list[Pile]
    chapters: list[Pile]

    def __bool__(self) -> bool:
        return bool(self.requests or self.figures or self.chapters)


@declare("signed_in")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """My bids, what waits for me, what happened last. The ministry starts at its desk."""
    user = person(request)
    mine = sorted(_own(user).with_call(), key=_urgency)
    if not mine and user.call_roles.exists():
        return redirect(DESK)
    running = [bid for bid in mine if bid.state not in CLOSED]
    context = {
        "bids": running, "closed": [bid for bid in mine if bid.state in CLOSED],
        "waiting": waiting_for(user, mine), "events": _latest(mine),
        "may_start": user.memberships.exists(),
    }  # fmt: skip
    return render(request, "bids/home/home.html", context)


def _urgency(bid: Bid) -> tuple[bool, bool, float, str]:
    """What the consortium has to work on first, by the date the desk closes."""
    closes = bid.desk_closes.timestamp() if bid.desk_closes else 0.0
    return bid.state not in WITH_THE_CONSORTIUM, bid.desk_closes is None, closes, bid.reference


def _own(user: User) -> BidQuerySet:
    return Bid.objects.kept().filter(Exists(BidRole.objects.filter(bid=OuterRef("pk"), user=user)))


def waiting_for(user: User, mine: list[Bid]) -> Waiting:
    """Three questions, however many bids there are."""
    open_requests = ChangeRequest.objects.filter(
        bid__in=mine, closed_at=None, bid__state=BidState.CHANGES_REQUESTED, bid__people__in=_as(user, Role.COORDINATOR)
    )
    confirmed = Confirmation.objects.filter(partner=OuterRef("pk"), cleared_at=None)
    is_theirs = Q(bid__people__in=_as(user, Role.COORDINATOR)) | Q(people__in=_as(user, Role.FINANCE_OFFICER))
    figures = Partner.objects.filter(is_theirs, ~Exists(confirmed), bid__in=mine, bid__state__in=WITH_THE_CONSORTIUM)
    written_by_them = Q(assigned_to__people__in=_as(user, Role.PARTNER_EDITOR, Role.COORDINATOR))
    chapters = Chapter.objects.filter(written_by_them, bid__in=mine, bid__state__in=OPEN)
    return Waiting(
        requests=list(open_requests.select_related("bid").order_by("due_at")),
        figures=_piles(figures.select_related("bid").order_by("bid__desk_closes", "bid", "position").distinct()),
        chapters=_piles(
            chapters.exclude(state=ChapterState.COMPLETE).select_related("bid").order_by("bid", "key").distinct()
        ),
    )


def _piles(rows: Iterable[Any]) -> list[Pile]:
    piles: dict[int, Pile] = {}
    for row in rows:
        piles.setdefault(row.bid_id, Pile(row.bid, [])).things.append(row)
    return list(piles.values())


def _as(user: User, *roles: Role) -> Any:
    return BidRole.objects.filter(user=user, role__in=roles)


def _latest(mine: list[Bid]) -> list[tuple[Bid, telling.Told]]:
    """What the consortium of any of these bids did last."""
    own = Q(side__in=(Side.CONSORTIUM, Side.SYSTEM)) | Q(name__in=TOLD_TO_BOTH)
    events = BidEvent.objects.filter(own, bid__in=mine).exclude(name__in=REFUSALS).select_related("actor")
    latest = list(events.order_by("-at", "-pk")[:FEW])
    by_id = {bid.pk: bid for bid in mine}
    return list(zip([by_id[event.bid_id or 0] for event in latest], telling.tell(latest), strict=True))


@declare("signed_in")
@require_safe
def list_bids(request: HttpRequest) -> HttpResponse:
    """Every bid this person may know of, found by words and state; for nobody an error, for some an empty list."""
    user = person(request)
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    marks = {"is_own": Exists(_role_on(user)), "is_submitted_to": Exists(_figures_for(user))}
    found = Bid.objects.visible_to(user).with_call().with_totals().annotate(**marks)
    if words:
        named = Q(reference__icontains=words) | Q(title__icontains=words) | Q(acronym__icontains=words)
        found = found.filter(named) if can_be_stored(words) else found.none()
    if state in list(BidState):
        found = found.filter(state=state)
    context = {
        "found": Paginator(found.order_by("reference"), PER_PAGE).get_page(request.GET.get("page")),
        "words": words, "state": state, "states": [(one.value, wording.word(one)) for one in BidState],
    }  # fmt: skip
    return render(request, "bids/home/list.html", context)


def _role_on(user: User) -> Any:
    return BidRole.objects.filter(bid=OuterRef("pk"), user=user)


def _figures_for(user: User) -> BidQuerySet:
    """Bids whose rounds this person may read: what the consortium is still writing, nobody else sees."""
    return Bid.objects.readable_by(user).exclude(state__in=WITH_THE_CONSORTIUM).filter(pk=OuterRef("pk"))

"""The list of bids, and the address of every page of a bid's file."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.admin import pages
from bids.admin.room import Room, RoomList
from bids.models import Bid, Call, Snapshot
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import BidState, ReviewState, Role
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM


class StateFilter(admin.SimpleListFilter):
    """By state, only the states that some bid of the list is in."""

    title = _("State")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        known = set(Bid.objects.visible_to(request.user).order_by().values_list("state", flat=True).distinct())
        return [(state.value, wording.word(state)) for state in BidState if state in known]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bid]) -> QuerySet[Bid]:
        return queryset.filter(state=self.value()) if self.value() else queryset


class CallFilter(admin.SimpleListFilter):
    """By call."""

    title = _("Call")
    parameter_name = "call"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        seen = Call.objects.filter(versions__bids__in=Bid.objects.visible_to(request.user).order_by())
        return list(seen.distinct().values_list("reference", "reference"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bid]) -> QuerySet[Bid]:
        return queryset.filter(call_version__call__reference=self.value()) if self.value() else queryset


class MineFilter(admin.SimpleListFilter):
    """The bids this person is assigned to."""

    title = _("Work")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("mine", _("Assigned to me"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Bid]) -> QuerySet[Bid]:
        mine = Q(assignments__user=request.user, assignments__ended_at=None)
        return queryset.filter(pk__in=Bid.objects.filter(mine).values("pk")) if self.value() else queryset


class BidList(RoomList):
    """The rows of one page, each knowing how much of it may be shown to this person."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        of_this_page = Bid.objects.readable_by(request.user).filter(pk__in=[row.pk for row in rows])
        readable = set(of_this_page.values_list("pk", flat=True))
        for row in rows:
            row.is_readable = row.pk in readable
            # While the consortium writes, the totals are those of its working copy.
            row.shows_figures = row.is_readable and row.state not in WITH_THE_CONSORTIUM
        self.result_list = rows


class BidAdmin(Room):
    """Bids are read and moved on pages of their own; nothing of a bid is a form field here."""

    acts: ClassVar = {"changelist": Act.LIST_BIDS}
    list_display = ("reference",)
    list_filter = (StateFilter, CallFilter, MineFilter)
    search_fields = ("reference", "title", "acronym")
    search_help_text = _("Reference, title or acronym")
    ordering = ("reference",)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BidList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Bid]:
        newest = Snapshot.objects.filter(bid=OuterRef("pk")).order_by("-round")
        newest_pk = Subquery(newest.values("pk")[:1])
        reviewers = Q(assignments__role=Role.REVIEWER, assignments__ended_at=None)
        sent = Q(reviews__state=ReviewState.SENT, reviews__voided_at=None, reviews__snapshot=newest_pk)
        return (
            Bid.objects.visible_to(request.user)
            .with_call()
            .annotate(
                received_at=Subquery(newest.values("received_at")[:1]),
                reviewers=Count("assignments", filter=reviewers, distinct=True),
                sent=Count("reviews", filter=sent, distinct=True),
            )
        )

    def get_urls(self) -> list[URLPattern | URLResolver]:  # type: ignore[override]
        of_a_bid = [path(address, self.wrapped(view), name=name) for address, view, name in pages.of_a_bid()]
        return [*super().get_urls(), path("<reference>/", include(of_a_bid))]

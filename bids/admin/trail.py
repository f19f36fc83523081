"""The trail over all bids for auditors, and of the system for its administrators."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from bids import telling
from bids.admin.door import standing
from bids.admin.room import Room, RoomList
from bids.models import BidEvent
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Role


class Trail(RoomList):
    """Events in words, with the bid each belongs to."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = list(self.result_list)
        self.told = list(zip(rows, telling.tell(rows, to_the_ministry=True), strict=True))
        self.result_list = rows


class EventAdmin(Room):
    """Nothing here can be changed, by anybody."""

    acts: ClassVar = {"changelist": Act.READ_AUDIT}
    list_display = ("at", "name")
    list_display_links = None
    search_fields = ("name", "bid__reference", "actor__name", "actor__email", "about")
    search_help_text = _("Event, bid or person")
    ordering = ("-at", "-pk")

    def may(self, request: HttpRequest, page: str) -> bool:
        return page in self.acts and bool(standing(request).roles & {Role.AUDITOR, Role.SYSTEM_ADMIN})

    def get_queryset(self, request: HttpRequest) -> QuerySet[BidEvent]:
        rows = BidEvent.objects.select_related("bid", "actor")
        return rows if Role.AUDITOR in standing(request).roles else rows.filter(bid=None)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Trail

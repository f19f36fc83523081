"""Our own AdminSite: the normal log-in, a door of its own, and an act for every address."""

from __future__ import annotations

from functools import partial, wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.views.decorators.http import require_safe

from accounts.declare import declare
from accounts.models import Membership, Organisation, User
from bids import access
from bids.admin import my_desk
from bids.admin.bids import BidAdmin
from bids.admin.calls import CallAdmin
from bids.admin.door import NotYours, keep_the_door, may_enter
from bids.admin.menu import menu
from bids.admin.people import CallRoleAdmin, MembershipAdmin, OrganisationAdmin, UserAdmin
from bids.admin.trail import EventAdmin
from bids.models import Bid, BidEvent, Call, CallRole


class Desk(admin.AdminSite):
    """The desk. It has no log-in form, no password page and no other page that is not listed here."""

    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        return may_enter(request)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Nothing behind this door is shown to people without a role; log-in, CSRF and caching are the house's."""

        @wraps(view)
        def behind_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            keep_the_door(request)
            request.desk_menu = partial(menu, request)  # type: ignore[attr-defined]
            try:
                return view(request, *args, **kwargs)
            except access.Refused as refused:  # the bid moved on while the act waited for it
                raise NotYours(refused.decision.reason, reverse("desk:index")) from None

        return behind_the_door

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """What the templates of lists and forms ask for; the frame asks for the rest itself."""
        return {"site_title": "Tandem", "has_permission": True}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        rooms = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(room.urls))
            for model, room in self._registry.items()
        ]
        return [path("", self.admin_view(index), name="index"), *rooms]


@declare("signed_in")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """My desk: what waits for me, and how everything stands."""
    return my_desk.show(request)


desk = Desk(name="desk")
desk.register(Bid, BidAdmin)
desk.register(Call, CallAdmin)
desk.register(BidEvent, EventAdmin)
desk.register(User, UserAdmin)
desk.register(Organisation, OrganisationAdmin)
desk.register(Membership, MembershipAdmin)
desk.register(CallRole, CallRoleAdmin)

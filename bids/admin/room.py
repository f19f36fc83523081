"""What every ModelAdmin of the desk has in common: rights from the permit table, an act for each address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, cast

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from accounts.declare import SIGNED_IN
from bids import access, wording
from bids.admin.door import standing
from bids.models.fields import can_be_stored
from bids.rulebook.permits import Act


class RoomList(ChangeList):
    """The rows that a search and the offered filters find.

    Django would take any condition on any column from the address: by asking often enough somebody
    could learn what the list does not show. Whatever is not offered as a filter is left aside.
    """

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        room = cast(Room, self.model_admin)
        offered = room.offered(self.list_filter)
        return {name: values for name, values in super().get_filters_params(params).items() if name in offered}

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows = super().get_queryset(request, exclude_parameters)
        typed = [value for values in request.GET.lists() for value in values[1]]
        return rows if all(can_be_stored(value) for value in typed) else rows.none()


class Room(admin.ModelAdmin):
    """A list of the desk, with the pages in it.

    Rights never come from `has_perm`: each is an act of the permit table, asked of `access.can`; an
    act that is not named is nobody's. Only the addresses that have an act exist.
    """

    acts: ClassVar[Mapping[str, Act | str]] = {}  # of changelist, add, change, delete, history
    actions = None
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        kept = []
        for pattern in super().get_urls():
            act = self.acts.get(str(pattern.name).rpartition("_")[2]) if pattern.name else None
            if act is not None:
                pattern.callback.act = str(act)  # type: ignore[attr-defined]
                kept.append(pattern)
        return kept

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Lists to choose from are lists to choose from: what they hold is kept in rooms of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(field, ModelChoiceField) and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
            field.empty_label = wording.UNKNOWN
        return field

    def may(self, request: HttpRequest, page: str) -> bool:
        """Whether the person may use this page in general."""
        act = self.acts.get(page)
        if isinstance(act, Act):
            return bool(access.can(request.user, act, None, who=standing(request), somewhere=True))
        return act == SIGNED_IN

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "changelist")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "changelist")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "change")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may(request, "delete")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RoomList

    def offered(self, filters: Any) -> set[str]:
        """The names in the address by which a list may be filtered."""
        own = {one.parameter_name for one in filters if hasattr(one, "parameter_name")}
        return own | {f"{one}__exact" for one in filters if isinstance(one, str)}

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is wrong stands in the form, where the frame of our pages reads it; Django's own list is left out."""
        shown = context | {"form": context["adminform"].form, "errors": None}
        return super().render_change_form(request, shown, *args, **kwargs)

    def wrapped(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """A page of our own behind the door of the desk."""
        return self.admin_site.admin_view(view)

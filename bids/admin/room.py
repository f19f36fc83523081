"""What every ModelAdmin of the desk has in common: rights from the permit table, an act for each address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.urls import URLPattern

from accounts.declare import SIGNED_IN
from bids import access, wording
from bids.admin.door import standing
from bids.rulebook.permits import Act


class Room(admin.ModelAdmin):
    """A list of the desk, with the pages in it.

    Rights never come from `has_perm`: each is an act of the permit table, asked of `access.can`; an
    act that is not named is nobody's. Only the addresses that have an act exist.
    """

    acts: ClassVar[Mapping[str, Act | str]] = {}  # of changelist, add, change, delete, history
    actions = None
    list_per_page = 50
    show_full_result_count = False

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

    def wrapped(self, view: Callable[..., Any]) -> Callable[..., Any]:
        """A page of our own behind the door of the desk."""
        return self.admin_site.admin_view(view)

"""People, organisations, memberships and roles: the rooms of system administrators, without any content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import invitations
from accounts.admin import MembershipLists, OrganisationLists, PeopleLists
from accounts.models import Membership, User
from bids import wording
from bids.actions.records import record
from bids.admin.door import person, standing
from bids.admin.room import Room
from bids.forms.seen import SeenForm
from bids.models import CallRole
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Role

LIST_AND_EDIT = dict.fromkeys(("changelist", "add", "change"), Act.MANAGE_ACCOUNTS)
LIST_AND_REMOVE = dict.fromkeys(("changelist", "add", "delete"), Act.MANAGE_ACCOUNTS)


class Administration(Room):
    """A room of the system administrators; every change is told in the trail of the system."""

    form = SeenForm

    def may(self, request: HttpRequest, page: str) -> bool:
        return Role.SYSTEM_ADMIN in standing(request).roles and super().may(request, page)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """The row as it stands; while something is done with it, locked to others."""
        row = super().get_object(request, object_id, from_field)
        if row is None or request.method != "POST":
            return row
        return type(row)._default_manager.select_for_update().filter(pk=row.pk).first()

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """409 where somebody else was first."""
        page = super().render_change_form(request, context, *args, **kwargs)
        page.status_code = 409 if context["adminform"].form.is_stale else page.status_code
        return page

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._tell(request, obj, "changed" if change else "added", form.changed_data)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._tell(request, obj, "removed", ())
        super().delete_model(request, obj)

    def _tell(self, request: HttpRequest, obj: Any, verb: str, names: Any) -> None:
        name = f"{obj._meta.model_name}_{verb}"
        record(None, name, by=person(request), about=f"{obj._meta.model_name}/{obj.pk}", after={"fields": list(names)})


class UserAdmin(Administration, PeopleLists):
    """New people get a letter with which they choose their password; nobody edits the own account here."""

    acts: ClassVar = LIST_AND_EDIT

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.pk != request.user.pk)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if not change:
            invitations.invite(obj.email, by=person(request), language=obj.language)


class OrganisationAdmin(Administration, OrganisationLists):
    acts: ClassVar = LIST_AND_EDIT


class MembershipAdmin(Administration, MembershipLists):
    acts: ClassVar = LIST_AND_REMOVE
    list_display = ("user", "organisation", "since", "removal")  # type: ignore[assignment]  # one column more
    list_display_links = None

    def response_add(self, request: HttpRequest, obj: Membership, post_url_continue: str | None = None) -> HttpResponse:
        """Back to the list: a membership has no page of its own."""
        messages.success(request, gettext("“%(name)s” is added.") % {"name": obj})
        return redirect("desk:accounts_membership_changelist")

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        messages.success(request, gettext("“%(name)s” is removed.") % {"name": obj_display})
        return redirect("desk:accounts_membership_changelist")

    @admin.display(description=_("Remove"))
    def removal(self, row: Membership) -> str:
        """The way to the question that is asked before."""
        url = reverse("desk:accounts_membership_delete", args=[row.pk])
        return format_html(
            '<a class="ds-link" href="{}">{}<span class="ds-sr-only">: {}</span></a>', url, gettext("Remove"), row
        )

    def has_delete_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.user_id != request.user.pk)


class CallRoleAdmin(Room):
    """Who holds which role of the ministry, in which call."""

    acts: ClassVar = {"changelist": Act.MANAGE_ACCOUNTS}
    list_display = ("user", "role_in_words", "call", "given_at")
    list_display_links = None
    list_select_related = ("user", "call")
    search_fields = ("user__name", "user__email", "role")
    ordering = ("user__name", "role")

    @admin.display(description=CallRole._meta.get_field("role").verbose_name, ordering="role")
    def role_in_words(self, row: CallRole) -> str:
        return wording.word(row.role)

"""People, organisations, memberships and roles: the rooms of system administrators, without any content."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from accounts import invitations
from accounts.admin import MembershipLists, OrganisationLists, PeopleLists
from accounts.models import Membership, User
from bids import wording
from bids.actions.records import record
from bids.admin.door import person, standing
from bids.admin.room import Room
from bids.models import CallRole
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import Role

LIST_AND_EDIT = dict.fromkeys(("changelist", "add", "change"), Act.MANAGE_ACCOUNTS)
LIST_AND_REMOVE = dict.fromkeys(("changelist", "add", "delete"), Act.MANAGE_ACCOUNTS)


class Administration(Room):
    """A room of the system administrators; every change is told in the trail of the system."""

    def may(self, request: HttpRequest, page: str) -> bool:
        return Role.SYSTEM_ADMIN in standing(request).roles and super().may(request, page)

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

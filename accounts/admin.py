"""How people, organisations and memberships are listed and edited by system administrators.

Only what is shown: who may do it is decided where these are registered, at the desk.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class PeopleLists(admin.ModelAdmin):
    """People are invited and switched off, never deleted: the trail speaks of them."""

    list_display = ("name", "email", "language", "is_staff", "is_active", "joined_at")
    list_display_links = ("email",)
    list_filter = ("is_staff", "is_active")
    search_fields = ("name", "email")
    search_help_text = _("Name or e-mail address")
    fields = ("email", "name", "language", "is_staff", "is_active")
    ordering = ("email",)


class OrganisationLists(admin.ModelAdmin):
    """The legal persons that people act for."""

    list_display = ("short_name", "name", "kind", "country", "enterprise_number")
    list_filter = ("kind",)
    search_fields = ("short_name", "name", "enterprise_number", "pic")
    search_help_text = _("Name, enterprise number or PIC")
    fields = (
        "name", "name_fr", "name_nl", "name_de", "short_name", "kind", "country", "enterprise_number", "pic",
    )  # fmt: skip


class MembershipLists(admin.ModelAdmin):
    """Who acts for which organisation."""

    list_display = ("user", "organisation", "since")
    list_select_related = ("user", "organisation")
    search_fields = ("user__name", "user__email", "organisation__name", "organisation__short_name")
    search_help_text = _("Person or organisation")
    fields = ("user", "organisation")
    ordering: ClassVar = ("organisation__short_name", "user__email")

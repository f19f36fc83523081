"""The bar of the desk: only what this person may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from bids.admin.door import standing
from bids.rulebook.vocabulary import Role

ADMINISTRATION = (
    ("accounts_user", lambda: _("People")),
    ("accounts_organisation", lambda: _("Organisations")),
    ("accounts_membership", lambda: _("Memberships")),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One link of the bar."""

    words: str
    url: str
    is_here: bool


def menu(request: HttpRequest) -> list[Entry]:
    """From left to right."""
    roles = standing(request).roles
    found = [_entry(request, _("My desk"), "desk:index")]
    if roles - {Role.SYSTEM_ADMIN}:
        found += [_entry(request, _("Bids"), "desk:bids_bid_changelist")]
    found += [_entry(request, _("Calls"), "desk:bids_call_changelist")]
    if Role.SYSTEM_ADMIN in roles:
        found += [_entry(request, words(), f"desk:{name}_changelist") for name, words in ADMINISTRATION]
    if roles & {Role.SYSTEM_ADMIN, Role.CASE_MANAGER}:
        found += [_entry(request, _("Roles"), "desk:bids_callrole_changelist")]
    if roles & {Role.AUDITOR, Role.SYSTEM_ADMIN}:
        found += [_entry(request, _("Trail"), "desk:bids_bidevent_changelist")]
    return found


def _entry(request: HttpRequest, words: str, name: str) -> Entry:
    url = reverse(name)
    is_here = request.path == url if name == "desk:index" else request.path.startswith(url)
    return Entry(words, url, is_here)

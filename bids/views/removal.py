"""Removing something that can't be undone by a button: one question that names the thing, then the act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from bids.actions import rows
from bids.actions.changing import InUse, Stale
from bids.views.shared import Workspace, page, person


def ask_or_remove(request: HttpRequest, work: Workspace, row: Any, *, back: str) -> HttpResponse:
    """Ask on GET; on POST remove the row of the version that was shown, or say what stands in the way."""
    if request.method == "POST":
        try:
            rows.drop(row, seen=version_of(request), by=person(request))
        except InUse as used:
            return _ask(request, work, row, back, _in_use(used))
        except Stale:
            again = _("Somebody changed this in the meantime. Look at it again, then decide.")
            return _ask(request, work, row, back, again, status=409)
        messages.success(request, _("“%(name)s” was removed.") % {"name": _name(row)})
        return redirect(back)
    return _ask(request, work, row, back)


def _ask(
    request: HttpRequest, work: Workspace, row: Any, back: str, problem: str = "", *, status: int = 200
) -> HttpResponse:
    row.refresh_from_db()
    question = _("Remove “%(name)s” from this bid?") % {"name": _name(row)}
    return page(
        request, work, "bids/remove.html", status=status, question=question, cancel_url=back,
        fields={"version": row.version}, errors=[{"text": problem}] if problem else [],
    )  # fmt: skip


def version_of(request: HttpRequest) -> int:
    """The version of the row that the page showed; 0, which no row has, where the form was tampered with."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _name(row: Any) -> str:
    return str(getattr(row, "name", "") or getattr(row, "title", "") or getattr(row, "payer", "") or row.key)


def _in_use(used: InUse) -> str:
    names = ", ".join(sorted({_name(user) for user in used.users if hasattr(user, "key")})[:8])
    return _("“%(name)s” is still used by %(users)s. Change these first.") % {
        "name": _name(used.row),
        "users": names or _("other entries"),
    }

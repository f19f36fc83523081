"""Where a visitor may be sent: only to pages of this house."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def safe_next(request: HttpRequest, default: str, *, candidate: str | None = None) -> str:
    """The `next` that the request asks for, if it stays on this site; else the default."""
    wanted = candidate or request.POST.get("next") or request.GET.get("next") or ""
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else default

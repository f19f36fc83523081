"""How often somebody may try: log-in per e-mail and network address, letters per e-mail."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import ngettext

SECONDS_BETWEEN_LETTERS = 60


def username(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str | None:
    """The address somebody tries to log in with, however it is written."""
    typed = (credentials or {}).get("username") or request.POST.get("username")
    return str(typed).strip().lower()[:254] if typed else None


def address(request: HttpRequest) -> str:
    """The network address of the visitor: what our own proxies say, and nothing that the visitor says."""
    proxies = settings.TRUSTED_PROXIES
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    if proxies and len(hops) >= proxies:
        return str(hops[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def locked_out(request: HttpRequest, original: HttpResponse, credentials: dict[str, Any] | None = None) -> HttpResponse:
    """429 with the time to wait; the same for addresses we know and addresses we don't."""
    wait = int(settings.AXES_COOLOFF_TIME.total_seconds())
    minutes = wait // 60
    sentence = ngettext(
        "Too many tries with a wrong password. Wait %(minutes)s minute, or ask for a new password.",
        "Too many tries with a wrong password. Wait %(minutes)s minutes, or ask for a new password.",
        minutes,
    ) % {"minutes": minutes}
    response = render(request, "accounts/locked_out.html", {"sentence": sentence}, status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def may_write_to(email: str) -> bool:
    """One letter a minute to one address, whether we know it or not."""
    name = hashlib.sha256(email.strip().lower().encode()).hexdigest()
    return cache.add(f"letter-{name}", 1, SECONDS_BETWEEN_LETTERS)

"""Answers when something went wrong: a page with a sentence, never a stack trace. The words are in the templates."""

from __future__ import annotations

import sys
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts import unsent

log = structlog.get_logger(__name__)

RETRY_AFTER_SECONDS = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the request was larger than we read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _bare_page(400)


def too_large(request: HttpRequest) -> HttpResponse:
    """413: nothing of the request was kept."""
    return _bare_page(413)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's secret doesn't fit: another tab logged in or out, or another site sent the form."""
    log.warning("form_refused", reason=reason)
    typed = unsent.unsent_of(request)
    if typed and getattr(request, "htmx", False):
        return HttpResponse(status=401)
    if typed:
        again = unsent.offer if request.user.is_authenticated else unsent.ask_who
        return again(request, typed, status=403)
    return render(request, "403_csrf.html", status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that the refusal carries, and what was typed: the bid may be locked while somebody writes."""
    context = {
        "reason": getattr(exception, "reason", None) or str(exception),
        "back_url": getattr(exception, "back_url", ""),
        "unsent": unsent.unsent_of(request),
    }
    return render(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it isn't yours to see; which of the two is not said."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when only the database is away or too busy, which passes."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return busy(request)
    return _bare_page(500)


def busy(request: HttpRequest) -> HttpResponse:
    """503 with the time after which trying again makes sense."""
    response = _bare_page(503, retry_after=RETRY_AFTER_SECONDS)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _bare_page(status: int, **context: Any) -> HttpResponse:
    """A page that asks neither the database nor who is there; plain words if even that fails."""
    try:
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)
    except Exception:
        log.exception("error_page_failed", status=status)
        return HttpResponse(f"Error {status}. Nothing was half-saved.", status=status, content_type="text/plain")

"""Answers when something went wrong: a page with a sentence, never a stack trace."""

from __future__ import annotations

import sys

import structlog
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

log = structlog.get_logger(__name__)

RETRY_AFTER_SECONDS = 5


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the request was larger than we read."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request)
    return _bare_page(400, _("The browser sent something that can't be read. Go back and try again."))


def too_large(request: HttpRequest) -> HttpResponse:
    """413: nothing of the request was kept."""
    return _bare_page(
        413, _("What you sent is too large or has too many fields. Nothing was saved. Send less at once.")
    )


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form's secret doesn't fit: another tab logged out, or another site sent the form."""
    log.warning("form_refused", reason=reason)
    sentence = _(
        "This form is no longer valid, because you logged in or out in another tab. "
        "Go back, copy what you typed, reload the page and send it again."
    )
    return render(request, "403.html", {"sentence": sentence}, status=403)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the reason that the refusal carries."""
    sentence = str(exception) or _("You may not do this.")
    return render(request, "403.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is no such page, or it isn't yours to see."""
    reason = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    sentence = reason if isinstance(reason, str) else ""
    return render(request, "404.html", {"sentence": sentence}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when only the database is away or too busy, which passes."""
    if isinstance(sys.exc_info()[1], OperationalError):
        return busy(request)
    return _bare_page(500, _("Something failed on our side. It has been noted. What was saved before is safe."))


def busy(request: HttpRequest) -> HttpResponse:
    """503 with the time after which trying again makes sense."""
    response = _bare_page(
        503, _("Tandem is busy or being serviced. Nothing was lost: go back and try again in a few seconds.")
    )
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _bare_page(status: int, sentence: str) -> HttpResponse:
    """A page that asks neither the database nor the visitor's rights; plain words if even that fails."""
    request_id = structlog.contextvars.get_contextvars().get("request_id", "")
    context = {"sentence": sentence, "request_id": request_id, "bare": True}
    try:
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)
    except Exception:
        log.exception("error_page_failed", status=status)
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")

"""What happens around every request, beside what Django and its neighbours already do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

from accounts import clock, unsent
from config import errors
from config.body import READ_AT, WAS_TOO_LARGE
from config.stack import in_one_piece

Handler = Callable[[HttpRequest], HttpResponse]


def keep_calls_together(get_response: Handler) -> Handler:
    """Outermost: everything that a request calls has its place in one piece of memory."""

    def answer(request: HttpRequest) -> HttpResponse:
        return in_one_piece(lambda: get_response(request))

    return answer


def private_answers(get_response: Handler) -> Handler:
    """No answer is kept by a proxy or shown to another site, unless its view said otherwise."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def refuse_oversized(get_response: Handler) -> Handler:
    """A request that brings too much gets a sentence before anything of it is read."""

    def answer(request: HttpRequest) -> HttpResponse:
        return errors.too_large(request) if is_oversized(request) else get_response(request)

    return answer


def note_when_received(get_response: Handler) -> Handler:
    """Keep the moment the whole request had been read (`received_at`): what is sent in time is in time.

    Behind ASGI the server's entry has written it down; behind WSGI a form is read here.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            read_at = getattr(request, "scope", {}).get(READ_AT)
            if read_at is None:
                _ = request.POST  # reads the body to its end
            request.received_at = read_at or clock.now()  # type: ignore[attr-defined]
        return get_response(request)

    return answer


def refuse_impossible_addresses(get_response: Handler) -> Handler:
    """Nothing can be named with NUL, which no database keeps and some refuse to compare with: there is no such page."""

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        return get_response(request)

    return answer


def stay_in_one_thread(get_response: Handler) -> Handler:
    """Innermost, and able to do nothing but run in order: so Django runs all middleware in the view's own thread.

    Otherwise every middleware that could wait asynchronously makes the request change threads twice: twice the time.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return answer


class LogInRequired(LoginRequiredMiddleware):
    """Log-in is asked for everywhere, and what was typed goes along; a piece of a page is only told."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponse:  # type: ignore[override]
        if getattr(request, "htmx", False):
            return HttpResponse(status=401)
        if typed := unsent.unsent_of(request):
            return unsent.ask_who(request, typed, status=401)
        return super().handle_no_permission(request, view_func)


def is_oversized(request: HttpRequest) -> bool:
    """The browser announces too much, or the server's entry (`config/body.py`) stopped reading."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if announced.isdigit() and int(announced) > settings.MAX_REQUEST_BYTES:
        return True
    return bool(request.META.get(WAS_TOO_LARGE) or getattr(request, "scope", {}).get(WAS_TOO_LARGE))

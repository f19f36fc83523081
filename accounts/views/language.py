"""Choosing the language of the pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import check_for_language
from django.views.decorators.http import require_safe

from accounts.declare import declare
from accounts.models import LANGUAGES
from accounts.redirects import safe_next


@declare("public")
@require_safe
def choose_language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language on this machine and go back to the page the visitor came from."""
    if code not in dict(LANGUAGES) or not check_for_language(code):
        raise Http404
    came_from = request.GET.get("next") or request.META.get("HTTP_REFERER")
    response = redirect(safe_next(request, "/", candidate=came_from))
    speak(response, code)
    return response


def speak(response: HttpResponse, code: str) -> None:
    """Write the language into the cookie that Django's LocaleMiddleware reads."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )

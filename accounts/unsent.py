"""What a person typed and could not save because the session had ended: it goes along to the log-in, and is sent after.

Nothing of it is stored: it travels in the page. Only a form of this house is taken up, never what another site sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.forms import LogInForm
from accounts.redirects import safe_next

FIELD = "unsent"
NEVER = ("csrfmiddlewaretoken", "password", "username")  # a part of these names is enough
NOT_TYPED = {"version", "digest", "revision", "next"}  # what forms carry unseen; alone they are only a click
WORTH_SHOWING = 20  # characters of a text, as against a number or a choice


@dataclass(frozen=True, slots=True)
class Unsent:
    """The fields of a form as they were sent, and where to."""

    target: str
    fields: tuple[tuple[str, str], ...]
    has_files: bool = False

    def __bool__(self) -> bool:
        return any(value and name not in NOT_TYPED for name, value in self.fields)

    @property
    def line(self) -> str:
        """All fields in one, for the log-in form to take along."""
        return json.dumps(self.fields, ensure_ascii=False)

    @property
    def texts(self) -> list[str]:
        """What a person would be sorry to lose, to be read and copied."""
        return [value for _name, value in self.fields if len(value) >= WORTH_SHOWING and len(value.split()) > 1]


NOTHING = Unsent("", ())


def unsent_of(request: HttpRequest) -> Unsent:
    """What this request brought; nothing where it was no form of ours."""
    if request.method != "POST" or not is_from_here(request):
        return NOTHING
    if FIELD in request.POST:
        return carried_by(request)
    return Unsent(request.get_full_path(), tuple(_typed(request.POST.lists())), bool(request.FILES))


def carried_by(request: HttpRequest) -> Unsent:
    """What a log-in form brings along."""
    try:
        fields = tuple((str(name), str(value)) for name, value in json.loads(request.POST.get(FIELD, "[]")))
    except (ValueError, TypeError, RecursionError):
        return NOTHING
    return Unsent(safe_next(request, "/"), fields)


def is_from_here(request: HttpRequest) -> bool:
    """Browsers say which site a form was sent from, and pages can't make them say another."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def ask_who(request: HttpRequest, unsent: Unsent, *, status: int) -> HttpResponse:
    """The log-in page, with what was typed."""
    context = {"form": LogInForm(request), "next": unsent.target, "unsent": unsent}
    return render(request, "accounts/log_in.html", context, status=status)


def offer(request: HttpRequest, unsent: Unsent, *, status: int = 200) -> HttpResponse:
    """The page from which somebody who is logged in sends it anew."""
    return render(request, "accounts/unsent.html", {"unsent": unsent}, status=status)


def _typed(lists: Iterable[tuple[str, list[str]]]) -> list[tuple[str, str]]:
    kept = ((name, values) for name, values in lists if not any(word in name for word in NEVER))
    return [(name, value) for name, values in kept for value in values]

"""Proving again that it is you, before an act that can't be taken back.

Today the password; a second factor, once people may enrol one, replaces the question asked by the step-up page
and calls `mark` like it does. Nobody else needs to know which it was.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from accounts import clock

KEY = "stepped_up_at"


def mark(request: HttpRequest) -> None:
    """This person has just proved who they are; the session gets a new key, as after a log-in."""
    request.session.cycle_key()
    request.session[KEY] = clock.now().isoformat()


def is_fresh(request: HttpRequest) -> bool:
    """Was the proof given within the last minutes (STEP_UP_MINUTES)?"""
    marked = request.session.get(KEY)
    if not marked:
        return False
    age = clock.now() - datetime.fromisoformat(marked)
    return timedelta(0) <= age <= timedelta(minutes=settings.STEP_UP_MINUTES)


def ask(request: HttpRequest, *, back_to: str) -> HttpResponseRedirect:
    """To the step-up page, and from there back to a page of ours."""
    return redirect(f"{reverse('accounts:step-up')}?{urlencode({'next': back_to})}")

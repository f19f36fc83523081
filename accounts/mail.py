"""The letters that accounts send, one function each."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Invitation, User

log = structlog.get_logger(__name__)

# Letters leave beside the request: the answer takes as long for an address we know as for one we don't.
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")
_on_their_way: set[Future[None]] = set()


def reset_letter(user: User, link: str) -> EmailMessage:
    """How to choose a new password."""
    with translation.override(user.language):
        return _letter(user.email, _("Choose a new password for Tandem"), "reset", {"user": user, "link": link})


def invitation_letter(invitation: Invitation, link: str) -> EmailMessage:
    """Who invites, for which organisation, and until when the link works."""
    with translation.override(invitation.user.language):
        subject = _("%(name)s invites you to Tandem") % {"name": invitation.invited_by.get_full_name()}
        return _letter(invitation.user.email, subject, "invitation", {"invitation": invitation, "link": link})


def _letter(to: str, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    """A letter in plain words; the subject is one line whatever names are in it."""
    body = render_to_string(f"accounts/letters/{template}.txt", context | {"site": settings.SITE_URL})
    return EmailMessage(" ".join(subject.split()), body, to=[to])


def post(letter: EmailMessage | None) -> None:
    """Send beside the request; a failure is logged, and the person can ask again. No letter takes as long."""
    future = _postman.submit(_send, letter)
    _on_their_way.add(future)
    future.add_done_callback(_on_their_way.discard)


def wait_until_sent() -> None:
    """Return when every letter that was posted has left or failed; for tests and commands."""
    for future in tuple(_on_their_way):
        future.result()


def _send(letter: EmailMessage | None) -> None:
    try:
        _ = letter and letter.send()
    except Exception:
        log.exception("letter_not_sent")

"""Inviting a person, and letting them in once."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts import clock, mail
from accounts.models import Invitation, Membership, Organisation, User


class Closed(Exception):
    """This invitation is unknown, was used, has expired or was replaced by a newer one."""


@transaction.atomic
def invite(email: str, *, by: User, organisation: Organisation | None = None, language: str = "en") -> Invitation:
    """A person who can be given roles from now on, and a letter with which they choose a password.

    Somebody who already has a password gets the new membership and keeps it; earlier letters stop working.
    """
    user = User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(
        email, language=language
    )
    if organisation is not None:
        Membership.objects.get_or_create(user=user, organisation=organisation)
    now = clock.now()
    user.invitations.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        user=user,
        invited_by=by,
        organisation=organisation,
        token_digest=_digest(token),
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    letter = mail.invitation_letter(invitation, _link(user, token))
    transaction.on_commit(lambda: mail.post(letter))
    return invitation


def open_invitation(token: str) -> Invitation:
    """The invitation behind a link that still works, or Closed."""
    found = Invitation.objects.select_related("user", "organisation", "invited_by").filter(
        token_digest=_digest(token), used_at=None, expires_at__gt=clock.now(), user__is_active=True
    )
    if (invitation := found.first()) is None or invitation.user.has_usable_password():
        raise Closed
    return invitation


@transaction.atomic
def accept(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    """The person chooses name, language and password; of two who try at once, one is let in."""
    now = clock.now()
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None, expires_at__gt=now).update(used_at=now):
        raise Closed
    user = invitation.user
    user.name, user.language = name, language
    user.set_password(password)
    user.save(update_fields=["name", "language", "password"])
    return user


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(user: User, token: str) -> str:
    """Where the letter leads: to choose a password, or to log in when there is one."""
    page = reverse("accounts:log-in") if user.has_usable_password() else reverse("accounts:accept", args=[token])
    return settings.SITE_URL + page

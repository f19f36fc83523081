"""Who is asking."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from accounts.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person; views that declare anything but "public" always have one."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied

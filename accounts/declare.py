"""Every view says what it asks of its visitor; a view that says nothing fails the build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required

View = TypeVar("View", bound=Callable[..., Any])

PUBLIC = "public"
SIGNED_IN = "signed_in"


def declare(act: str) -> Callable[[View], View]:
    """Write on the view what it needs: "public", "signed_in" or an act of the permit table.

    Log-in is asked for everywhere by `LoginRequiredMiddleware`; only "public" opens the door.
    """

    def mark(view: View) -> View:
        view.act = str(act)  # type: ignore[attr-defined]
        return login_not_required(view) if act == PUBLIC else view

    return mark

"""Who may come to the desk, and how its pages get hold of a bid: always through the access door."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.urls import reverse

from bids import access
from bids.models import Bid
from bids.rulebook.permits import Act, Standing
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Role

if TYPE_CHECKING:
    from accounts.models import User

MINISTRY = frozenset(role for role in Role if not role.is_consortium)


class NotYours(PermissionDenied):
    """Answers 403 with the reason in a sentence."""

    def __init__(self, reason: Sentence | None, back_url: str = "") -> None:
        self.reason = reason
        self.back_url = back_url
        super().__init__(str(reason or ""))


def person(request: HttpRequest) -> User:
    """Who is signed in; nobody else comes to the desk."""
    return cast("User", request.user)


def standing(request: HttpRequest) -> Standing:
    """What the person is in general, about no bid; read once for each page."""
    found: Standing | None = getattr(request, "standing_at_the_desk", None)
    if found is None:
        user = person(request)
        held = user.call_roles.values_list("role", flat=True) if user.is_active else ()
        found = Standing(user_id=user.pk, roles=frozenset(held), is_superuser=user.is_superuser)
        request.standing_at_the_desk = found  # type: ignore[attr-defined]
    return found


def may_enter(request: HttpRequest) -> bool:
    """People who work at the desk and hold a role there; being a superuser is none."""
    user = request.user
    return bool(user.is_active and user.is_staff and standing(request).roles & MINISTRY)


def keep_the_door(request: HttpRequest) -> None:
    """Let in who may come in; tell the others why not."""
    if not may_enter(request):
        words = gettext_noop("The desk is for people of the ministry who hold a role there.")
        raise NotYours(sentence(words))


def allow(request: HttpRequest, act: Act, **about: Any) -> None:
    """Go on where the person may do this in general; else 403 with the reason."""
    decision = access.can(request.user, act, None, who=standing(request), **about)
    if not decision:
        raise NotYours(decision.reason, reverse("desk:index"))


def get_bid(request: HttpRequest, reference: str, *, to: Act, **about: Any) -> Bid:
    """The bid, for a person who may do this now: 404 if it isn't theirs to see, 403 with the reason else."""
    try:
        return access.bid_for(person(request), reference, to=to, **about)
    except access.NotVisible:
        raise Http404 from None
    except access.Refused as refused:
        back = "" if to is Act.SEE_BID else reverse("desk:bid", args=[reference])
        raise NotYours(refused.decision.reason, back) from None

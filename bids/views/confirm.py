"""A partner's word on its card and figures: what is to be confirmed, what changed since the last time, the act."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.declare import declare
from bids import snapshot, telling
from bids.actions import consortium
from bids.models import BidEvent, Confirmation, Document, Partner
from bids.rulebook.permits import Act
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace

MOST_CHANGES = 100


@declare(Act.CONFIRM_PARTNER)
@require_http_methods(["GET", "POST"])
def confirm_partner(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Shows card and figures, and takes the confirmation of exactly what was shown."""
    bid = get_bid(request, reference, to=Act.CONFIRM_PARTNER, somewhere=True)
    work = workspace(request, bid, "partners")
    needed = None if key in work.who.own_partner_keys else work.mandates.get(key)
    work.insist(Act.CONFIRM_PARTNER, partner=key, is_mandated=needed is not None)
    if request.method == "POST":
        partner = get_object_or_404(Partner, bid=bid, key=key)
        seen = request.POST.get("digest", "")
        try:
            consortium.confirm_partner(partner, digest_seen=seen, mandate=needed, by=person(request))
        except consortium.FiguresMoved:
            return _page(request, work, key, needed, status=409, moved=True)
        messages.success(request, _("Card and figures of %(name)s are confirmed.") % {"name": partner})
        return redirect(bid_url("partners", bid))
    return _page(request, work, key, needed)


def _page(
    request: HttpRequest, work: Workspace, key: str, mandate: Document | None, *, status: int = 200, **more: Any
) -> HttpResponse:
    card = next((card for card in work.facts.partners if card.key == key), None)
    if card is None:
        raise Http404
    found, digest = work.assessment, snapshot.partner_digest(work.facts, key)
    last = Confirmation.objects.filter(partner__bid=work.bid, partner__key=key).select_related("by").first()
    return page(
        request, work, "bids/consortium/confirm.html", status=status, card=card, name=work.names[key],
        share=found.partners.get(key),
        lines=[(line, found.lines[line.key]) for line in work.facts.budget if line.partner == key],
        digest=digest, last=last, holds=last is not None and last.digest == digest and not last.cleared_at,
        changes=_since(work, key, last) if last and last.digest != digest else [], mandate=mandate, **more,
    )  # fmt: skip


def _since(work: Workspace, key: str, last: Confirmation) -> list[telling.Told]:
    """What was changed in this partner's card and lines since it was confirmed, lines it lost included."""
    own = [f"budget/{line.key}" for line in work.facts.budget if line.partner == key]
    lost = Q(about__startswith="budget/") & Q(before__partner__in=[key, work.names.get(key, key)])
    about = Q(about__in=[f"partners/{key}", *own]) | lost
    events = BidEvent.objects.filter(about, bid=work.bid, at__gt=last.at)
    told = events.exclude(name__in=("confirmation_cleared", "partner_confirmed")).select_related("actor")
    return telling.tell(told.order_by("-sequence")[:MOST_CHANGES])

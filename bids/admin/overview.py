"""The first page of a bid's file: where it stands, what it is about, and the steps that can be taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.declare import declare
from bids import snapshot
from bids.actions import desk
from bids.admin.bid_file import BidFile, open_file, page
from bids.admin.money import figures
from bids.dossier.sections.figures import by_partner, national_cover, who_pays
from bids.models import ChangeRequest, DateChange, Proposal
from bids.rulebook.permits import Act
from bids.rulebook.sections import BidSection, changed_sections
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import Offer
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM

DANGEROUS = {"reject", "withdraw", "declare_inadmissible"}


@dataclass(frozen=True, slots=True)
class Step:
    """A step as `components/moves.html` draws it."""

    label: str
    url: str
    open: bool
    reasons: tuple[Sentence, ...]
    danger: bool


@declare(Act.SEE_BID)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The bid at a glance; only title and parties until the person has declared no conflict of interest."""
    file = open_file(request, reference, "overview", to=Act.SEE_BID)
    if not file.may_read:
        parties = file.bid.partners.order_by("position", "pk")
        return page(request, file, "admin/bid/closed.html", parties=parties, **_before_reading(file))
    return page(request, file, "admin/bid/overview.html", **_glance(file), **_pending(file))


def _before_reading(file: BidFile) -> dict[str, Any]:
    """What somebody can do about a bid without reading it: move its dates, or keep it from being taken in."""
    if not any(file.may(act, somewhere=True) for act in (Act.MOVE_BID_DEADLINE, Act.DECLARE_INADMISSIBLE)):
        return {}
    return {"steps": [_step(file, offer) for offer in file.offers], **_pending(file)}


def _glance(file: BidFile) -> dict[str, Any]:
    source = file.source
    return {
        "figures": figures(file),
        "plots": [who_pays(source), by_partner(source)] + [national_cover(source)] * bool(file.assessment.national),
        "steps": [_step(file, offer) for offer in file.offers],
        **_rounds(file),
        "to_publish": bool(file.may(Act.PUBLISH_DECISION)) and desk.to_publish(file.bid),
        "coordinator": next((one for one in file.facts.partners if one.role == "coordinator"), None),
    }


def _rounds(file: BidFile) -> dict[str, Any]:
    """Every round's number, and the parts of the bid that differ from the round before."""
    number = file.frozen.round
    if file.bid.round < 2:
        return {"rounds": [number], "changed": []}
    rows = dict(file.bid.snapshots.filter(round__in=(number, number - 1)).values_list("round", "text"))
    read = {round_of: snapshot.read(text) for round_of, text in rows.items()}
    sections = changed_sections(read[number - 1], read[number]) if number - 1 in read else frozenset()
    touched = {section.partition("/")[0] for section in sections}
    return {
        "rounds": range(1, file.bid.round + 1),
        "changed": [section for section in BidSection if section.value in touched],
        "dossiers_url": file.url("bid-dossiers"),
    }


def _pending(file: BidFile) -> dict[str, Any]:
    """What awaits somebody else: changes from the consortium, a second person's word."""
    of_the_bid: dict[str, Any] = {"bid": file.bid}
    if file.bid.state in WITH_THE_CONSORTIUM:
        asked = ChangeRequest.objects.filter(closed_at=None, **of_the_bid).select_related("by")
        moved = DateChange.objects.filter(confirmed_at=None, **of_the_bid).select_related("proposed_by")
        return {"asked": asked.first(), "moved": moved.first()}
    if file.bid.state in (BidState.SUBMITTED, BidState.APPROVED):
        return {"proposal": Proposal.objects.filter(closed_at=None, **of_the_bid).select_related("by").first()}
    return {}


def _step(file: BidFile, offer: Offer) -> Step:
    move = offer.move
    url = reverse(f"desk:bid-step-{move.name}", args=[file.bid.reference])  # on the newest round, whichever is read
    return Step(_(move.label), url, offer.open, offer.reasons, move.name in DANGEROUS)

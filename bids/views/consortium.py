"""The partners of a bid: their cards, and who has confirmed what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import snapshot
from bids.actions import rows
from bids.forms.partner import PartnerForm
from bids.models import Confirmation, Partner
from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding import PartnerShare
from bids.rulebook.permits import Act, Decision
from bids.views import removal
from bids.views.card import card
from bids.views.gone import gone
from bids.views.shared import Workspace, bid_url, get_bid, page, person, workspace


@dataclass(frozen=True, slots=True)
class Member:
    """A partner as the list shows it: card, money, confirmation, and what this person may do about it."""

    card: PartnerFacts
    share: PartnerShare | None
    confirmation: Confirmation | None
    may_edit: Decision
    may_confirm: Decision


@declare(Act.READ_WORKING_COPY)
@require_safe
def list_partners(request: HttpRequest, reference: str) -> HttpResponse:
    """Who takes part, with what money, and whose figures are confirmed."""
    bid = get_bid(request, reference, to=Act.READ_WORKING_COPY)
    work = workspace(request, bid, "partners")
    return page(
        request, work, "bids/consortium/list.html",
        members=members_of(work), may_add=work.may(Act.EDIT_PARTNER, section="partners"),
    )  # fmt: skip


def members_of(work: Workspace) -> list[Member]:
    """Every partner with its confirmation as long as that holds."""
    found = Confirmation.objects.filter(partner__bid=work.bid, cleared_at=None).select_related("partner", "by")
    standing = {each.partner.key: each for each in found}
    mandated = work.mandates
    return [
        Member(
            card=card,
            share=work.assessment.partners.get(card.key),
            confirmation=_holding(standing.get(card.key), work, card.key),
            may_edit=work.may(Act.EDIT_PARTNER, section=f"partners/{card.key}", partner=card.key),
            may_confirm=work.may(Act.CONFIRM_PARTNER, partner=card.key, is_mandated=card.key in mandated),
        )
        for card in work.facts.partners
    ]


def _holding(confirmation: Confirmation | None, work: Workspace, key: str) -> Confirmation | None:
    if confirmation is None or confirmation.digest != snapshot.partner_digest(work.facts, key):
        return None
    return confirmation


@declare(Act.EDIT_PARTNER)
@require_http_methods(["GET", "POST"])
def add_partner(request: HttpRequest, reference: str) -> HttpResponse:
    """A new card."""
    bid = get_bid(request, reference, to=Act.EDIT_PARTNER, section="partners")
    form = PartnerForm(request.POST or None, bid=bid)

    def save() -> None:
        rows.add(bid, Partner, "P", form.changes, by=person(request))

    return _card(request, workspace(request, bid, "partners"), form, save, _("Add a partner"))


@declare(Act.EDIT_PARTNER)
@require_http_methods(["GET", "POST"])
def edit_partner(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """The card of a partner; saving it clears the confirmation of its figures."""
    bid = get_bid(request, reference, to=Act.EDIT_PARTNER, section=f"partners/{key}", partner=key)
    partner = Partner.objects.filter(bid=bid, key=key).first()
    work = workspace(request, bid, "partners")
    form = PartnerForm(request.POST or None, bid=bid, instance=partner)
    if partner is None:
        return gone(request, work, f"partners/{key}", [form], bid_url("partners", bid))

    def save() -> None:
        rows.revise(partner, form.changes, seen=form.seen, by=person(request))

    return _card(request, work, form, save, work.names[key])


@declare(Act.MANAGE_PEOPLE)
@require_http_methods(["GET", "POST"])
def delete_partner(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    """Asks once, then takes the partner out of the bid; only the coordinator does that."""
    bid = get_bid(request, reference, to=Act.MANAGE_PEOPLE)
    partner = get_object_or_404(Partner, bid=bid, key=key)
    work = workspace(request, bid, "partners")
    return removal.ask_or_remove(request, work, partner, back=bid_url("partners", bid))


def _card(request: HttpRequest, work: Workspace, form: PartnerForm, save: Any, title: str) -> HttpResponse:
    back = bid_url("partners", work.bid)
    return card(request, work, form, save, title=title, back=back, template="bids/consortium/edit.html")

"""Partners confirm that card and figures are right. Cards themselves are plain rows: see `rows`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from accounts import clock
from bids import snapshot
from bids.actions.records import record
from bids.models import Bid, Confirmation, Document, Partner

if TYPE_CHECKING:
    from accounts.models import User


class FiguresMoved(Exception):
    """What was to be confirmed is no longer what stands in the bid."""


@transaction.atomic
def confirm_partner(partner: Partner, *, digest_seen: str, mandate: Document | None, by: User) -> Confirmation:
    """A partner's word on the card and figures of this digest; given twice, the first one stands.

    Raises `FiguresMoved` where they changed since they were shown.
    """
    bid = Bid.objects.select_for_update(of=("self",)).with_call().get(pk=partner.bid_id)
    digest = snapshot.partner_digest(snapshot.money_of(bid), partner.key)
    if digest != digest_seen:
        raise FiguresMoved
    standing = Confirmation.objects.filter(partner=partner, cleared_at=None)
    if found := standing.filter(digest=digest).first():
        return found
    standing.update(cleared_at=clock.now())
    given = Confirmation.objects.create(partner=partner, by=by, digest=digest, mandate=mandate)
    told = {"digest": digest} | ({"mandate": mandate.sha256} if mandate else {})
    record(bid, "partner_confirmed", by=by, about=f"partners/{partner.key}", after=told)
    return given

"""What follows from a change of a bid's money: its totals anew, and whose word on its costs no longer holds."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids import snapshot
from bids.models import Bid, Confirmation
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, assess


def refresh_totals(bid: Bid, facts: BidFacts) -> Assessment:
    """Compute the totals that lists show; refused where a sum is larger than a column holds."""
    assessment = storable(assess(facts, snapshot.call_of(bid), on=clock.today()))
    bid.total, bid.eu = assessment.total, assessment.eu
    return assessment


def storable(assessment: Assessment) -> Assessment:
    """An assessment whose sums a column can hold; refused in words else."""
    if assessment.total.cents > BigIntegerField.MAX_BIGINT:
        raise ValidationError(_("The bid adds up to more than can be stored. Check the digits of its amounts."))
    return assessment


def clear_confirmations(bid: Bid, facts: BidFacts, payers: Collection[int | None] | None) -> Iterator[str]:
    """End the confirmations of partners whose card or costs are no longer the confirmed ones; gives their keys.

    Where only lines were changed, `payers` are the partners (by id) who bear one of them: nobody
    else's digest can have moved, and in a large bid each takes its time.
    """
    standing = Confirmation.objects.filter(partner__bid=bid, cleared_at=None)
    if payers is not None:
        standing = standing.filter(partner__in=[payer for payer in payers if payer is not None])
    for confirmation in standing.select_related("partner"):
        key = confirmation.partner.key
        if confirmation.digest != snapshot.partner_digest(facts, key):
            Confirmation.objects.filter(pk=confirmation.pk).update(cleared_at=clock.now())
            yield key

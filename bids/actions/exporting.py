"""The budget as a workbook for the person who asks: the consortium's working copy, the ministry's newest round."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from accounts import clock
from bids import access, snapshot
from bids.actions.surroundings import money_in_force, with_signatures
from bids.models import Bid
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.permits import Act, Standing
from bids.workbook.write import write

if TYPE_CHECKING:
    from accounts.models import User


def budget_workbook(bid: Bid, *, by: User) -> bytes:
    """The workbook, whose totals are those of what it holds; raises `write.NotWritable`.

    Where only the figures of the own organisation may be taken away, it holds these lines.
    """
    who = bid.obtained_by or access.standing(by, bid)
    permit = access.can(by, Act.EXPORT_BID, bid, who=who, somewhere=True)
    partners = who.own_partner_keys if permit.scope else None
    facts, call = _in_reach_of(who, bid)
    if partners is not None:
        facts = _of_partners(facts, partners)
    today = clock.today()
    money = assess(facts, call, on=today)
    return write(facts, call, money, revision=bid.revision, today=today, partners=partners)


def _in_reach_of(who: Standing, bid: Bid) -> tuple[BidFacts, CallFacts]:
    """The figures this person may read, and the rules they were written under."""
    if any(role.is_consortium for role in who.roles):
        return money_in_force(bid), snapshot.call_of(bid)
    newest = bid.snapshots.select_related("call_version").latest("round")
    return with_signatures(snapshot.read(newest.text), bid), snapshot.facts_of(newest.call_version)


def _of_partners(facts: BidFacts, partners: Collection[str]) -> BidFacts:
    """The lines and cards of these partners; sites and packages stay, so that lines may name them."""
    return replace(
        facts,
        partners=tuple(card for card in facts.partners if card.key in partners),
        budget=tuple(line for line in facts.budget if line.partner in partners),
        commitments=(),
    )

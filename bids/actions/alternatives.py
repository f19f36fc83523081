"""What a bid and its alternative have to do with each other: who may be told, and which lines are spoken for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from bids import access, snapshot
from bids.models import Bid, CallVersion, Snapshot
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import assess
from bids.rulebook.linked import Side, aim_in
from bids.rulebook.permits import Act
from bids.rulebook.workflow.states import TAKES_THE_MONEY

if TYPE_CHECKING:
    from accounts.models import User


def beside(facts: BidFacts, by: User | None) -> dict[str, Any]:
    """What readiness may know of the linked bid: what this person may read of it (None: the house itself)."""
    if not facts.alternative_to:
        return {}
    found = _readable(facts.alternative_to, by)
    return {"linked": found} if found else {"linked_is_closed": by is not None}


def _readable(reference: str, by: User | None) -> Side | None:
    """The linked bid with its costs: the working copy for its consortium, the newest round for the ministry."""
    if by is None:
        bid = Bid.objects.kept().with_call().filter(reference=reference).first()
    else:
        bid = access.other_bid(by, reference, to=Act.READ_WORKING_COPY)
    if bid is not None:
        return _side(snapshot.costs_of(bid), bid.call_version)
    bid = access.other_bid(by, reference, to=Act.READ_SNAPSHOT) if by else None
    newest = bid.snapshots.select_related("call_version").first() if bid else None
    return _side(snapshot.read(newest.text), newest.call_version) if newest else None


def _side(facts: BidFacts, rules: CallVersion) -> Side:
    """A bid as one of two that are put side by side, under the rules it follows: those of a round stay with it."""
    call = snapshot.facts_of(rules)
    return Side(facts, call, assess(facts, call))


def alternatives_taken(facts: BidFacts) -> tuple[str, ...]:
    """Lines whose alternative stands in a bid that is approved, filed or selected, in either direction."""
    mine = [line for line in facts.budget if line.alternative_of]
    others = {line.alternative_of.partition("#")[0] for line in mine if line.alternative_of}
    taking = set(
        Bid.objects.filter(reference__in=others, state__in=TAKES_THE_MONEY).values_list("reference", flat=True)
    )
    here = {line.key for line in mine if line.alternative_of and line.alternative_of.partition("#")[0] in taking}
    return tuple(sorted(here | _claimed_elsewhere(facts)))


def hold_still(bid: Bid) -> None:
    """Lock a bid with all its alternatives, always in the same order: of two that are approved at once one waits."""
    named = {(line.alternative_of or "").partition("#")[0] for line in _round_of(bid).budget}
    naming = Snapshot.objects.filter(text__contains=_naming(bid.reference)).values("bid")
    ways = Q(pk=bid.pk) | Q(pk__in=naming) | Q(reference__in=named - {""}) | Q(alternative_to=bid.reference)
    list(Bid.objects.locked().filter(ways).order_by("pk"))


def _round_of(bid: Bid) -> BidFacts:
    newest = bid.snapshots.first()
    return snapshot.read(newest.text) if newest else BidFacts(call="", title="")


def _claimed_elsewhere(facts: BidFacts) -> set[str]:
    """Lines of this bid that a line of an approved bid calls its alternative, in its newest round."""
    keys = {line.key for line in facts.budget}
    rounds = Snapshot.objects.filter(
        bid__state__in=TAKES_THE_MONEY, round=F("bid__round"), text__contains=_naming(facts.reference)
    )
    texts = rounds.exclude(bid__reference=facts.reference).values_list("text", flat=True)
    return keys & {aim_in(line, facts.reference) for text in texts for line in snapshot.read(text).budget}


def _naming(reference: str) -> str:
    """What stands in the text of a round whose lines name this bid."""
    return f'"alternative_of":"{reference}#'

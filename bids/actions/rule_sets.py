"""Moving a bid to another version of its call: everything that would change is known before anybody agrees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts import clock
from bids import callfile, snapshot
from bids.actions.changing import Stale, changing
from bids.models import Bid, CallVersion
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Moved, assess, moved
from bids.rulebook.readiness import Finding, Situation, findings

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would be otherwise in a bid under other rules: its figures, and what the checks find."""

    figures: tuple[Moved, ...]
    appearing: tuple[Finding, ...]
    vanishing: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Prospect(Outlook):
    """The same under another version of its call, with the numbers of the call that differ."""

    version: CallVersion
    of_the_call: tuple[callfile.Change, ...]


def newer_version(bid: Bid) -> CallVersion | None:
    """The version a bid started today would get, where it is another than this bid's."""
    newest = bid.call.version_in_force()
    return None if newest.pk == bid.call_version_id else newest


def prospect(bid: Bid, facts: BidFacts, version: CallVersion) -> Prospect:
    """Everything that a move to this version would change; nothing is written."""
    found = outlook(facts, snapshot.call_of(bid), snapshot.facts_of(version))
    differences = callfile.difference(bid.call_version.data, version.data)
    return Prospect(
        found.figures, found.appearing, found.vanishing, version,
        tuple(change for change in differences if change.path != "version"),
    )  # fmt: skip


def outlook(facts: BidFacts, now: CallFacts, then: CallFacts) -> Outlook:
    """What differs in a bid between two sets of rules."""
    today = clock.today()
    before, after = _found(facts, now), _found(facts, then)
    return Outlook(
        figures=moved(assess(facts, now, on=today), assess(facts, then, on=today)),
        appearing=tuple(finding for key, finding in after.items() if key not in before),
        vanishing=tuple(finding for key, finding in before.items() if key not in after),
    )


def move_to(bid: Bid, version: CallVersion, *, seen: int, by: User) -> Bid:
    """Put the bid under another version of its call, if it still is the bid that was shown (its revision).

    Raises `Stale` where something was changed meanwhile: other figures would move than those agreed to.
    """
    with changing(bid, by=by) as change:
        if change.bid.revision != seen:
            raise Stale({"call_version": version.number}, change.bid)
        before = change.bid.call_version
        if version.call_id != before.call_id:
            raise ValueError("a bid stays in its call")
        if version.pk == before.pk:
            return change.bid
        Bid.objects.filter(pk=change.bid.pk).update(call_version=version, version=change.bid.version + 1)
        change.bid = Bid.objects.with_call().get(pk=change.bid.pk)
        change.touch(Bid)
        change.tell("rule_set_changed", about="bid", before={"rule_set": str(before)}, after={"rule_set": str(version)})
        return change.bid


def _found(facts: BidFacts, call: CallFacts) -> dict[tuple[str, str, str, str], Finding]:
    """What the checks say of the bid by itself, without what only the desk knows."""
    asked = findings(facts, call, assess(facts, call, on=clock.today()), Situation(now=clock.now()))
    return {(finding.check, finding.severity, finding.where, str(finding.sentence)): finding for finding in asked}

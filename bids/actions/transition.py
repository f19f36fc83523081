"""The one door: whatever moves a bid (a page, the desk, a command, the clock) comes through `perform`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from accounts import clock
from accounts.faults import fault
from bids import access, snapshot
from bids.actions import alternatives
from bids.actions.effects import EFFECTS, Papers, Step
from bids.actions.surroundings import facts_in_force, surroundings
from bids.models import Bid, BidEvent, LateAttempt
from bids.rulebook.permits import Standing
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.workflow import MOVES, Move, Offer, Said, Situation, offers, refusals

if TYPE_CHECKING:
    from accounts.models import User

STEP_UP = sentence(gettext_noop("Confirm that it is you: type your password again, then repeat this step."))


class Closed(Exception):
    """The step can't be taken now; `reasons` are sentences for the person."""

    def __init__(self, reasons: tuple[Sentence, ...], *, needs_step_up: bool = False, receipt: str = "") -> None:
        self.reasons = reasons
        self.needs_step_up = needs_step_up
        self.receipt = receipt  # of a late attempt: what was received is on record
        super().__init__(" ".join(str(reason) for reason in reasons))


def perform(
    bid: Bid,
    name: str,
    *,
    by: User | None,
    said: Said | None = None,
    papers: Papers | None = None,
    stepped_up: bool = False,
    received_at: datetime | None = None,
) -> BidEvent:
    """Move a bid one step, or raise `Closed` with the reasons. Nothing else writes `Bid.state`.

    `by` is None for the clock. `received_at` is the moment the whole request had been read: waiting
    for the lock makes nobody late. A submit repeated by the same person for the same revision finds
    the first one done and gets its event.
    """
    move, said, received = MOVES[name], said or Said(), received_at or clock.now()
    if move.step_up and not stepped_up:
        raise Closed((STEP_UP,), needs_step_up=True)
    try:
        with transaction.atomic():
            if move.name == "approve":
                alternatives.hold_still(bid)
            locked = Bid.objects.with_call().locked().get(pk=bid.pk)
            event = _done_before(locked, move, by, said) or _take(locked, move, by, said, papers or Papers(), received)
            bid.refresh_from_db()
            return event
    except Closed as closed:
        raise _recorded(bid, move, by, closed, received) from None


def offers_for(bid: Bid, by: User, *, who: Standing | None = None) -> tuple[Offer, ...]:
    """The steps that start here and belong to this person, each open or closed with its reasons."""
    facts, call = facts_in_force(bid), snapshot.call_of(bid)
    return offers(bid.state, surroundings(bid, by, facts, call, who=who))


def _take(locked: Bid, move: Move, by: User | None, said: Said, papers: Papers, received: datetime) -> BidEvent:
    facts = facts_in_force(locked)
    situation = surroundings(locked, by, facts, snapshot.call_of(locked), said=said, received_at=received)
    reasons = refusals(move, locked.state, situation)
    if reasons:
        raise Closed(reasons)
    lands = move.lands(locked.state, situation)
    _keep_paper(locked, papers)
    step = Step(
        bid=locked, move=move, by=by, said=said, papers=papers, situation=situation, facts=facts, lands=lands,
        moment=received,
    )  # fmt: skip
    told = EFFECTS[move.name](step)
    moved = Bid.objects.filter(pk=locked.pk, state=locked.state).update(state=lands, **told.columns)
    if not moved:
        raise RuntimeError(f"{locked} moved although it was locked")
    event = BidEvent.objects.append(
        locked, told.event, by=by, roles=situation.actor.roles, note=said.note,
        before={"state": str(locked.state)}, after={"state": str(lands)} | told.after,
    )  # fmt: skip
    fault("submit.before_commit")
    return event


def _keep_paper(bid: Bid, papers: Papers) -> None:
    """A paper that comes with a step enters the file with it, and not at all where the step is refused."""
    if papers.document is not None and papers.document.pk is None:
        papers.document.bid = bid
        papers.document.save(force_insert=True)


def _done_before(locked: Bid, move: Move, by: User | None, said: Said) -> BidEvent | None:
    """The event of the same submission, where the same person has already sent it.

    Asked under the lock: who presses twice waits there, and then finds the first one done.
    """
    if move.name not in ("submit", "resubmit") or by is None or said.revision_seen is None:
        return None
    newest = locked.snapshots.filter(by=by, revision=said.revision_seen).first()
    if newest is None or newest.round != locked.round or locked.state in move.starts:
        return None
    names = ("submitted", "resubmitted")
    return BidEvent.objects.filter(bid=locked, name__in=names, after__receipt=newest.receipt).first()


def _recorded(bid: Bid, move: Move, by: User | None, closed: Closed, received: datetime) -> Closed:
    """A refused step leaves one line in the trail, and a late one the evidence of what was received."""
    with transaction.atomic():
        Bid.objects.locked().get(pk=bid.pk)  # of two late attempts at once each gets a number of its own
        receipt = _late(bid, move, by, received)
        words = " ".join(str(reason) for reason in closed.reasons)
        roles = access.roles(by, bid) if by else frozenset()
        BidEvent.objects.append(bid, "step_refused", by=by, roles=roles, about=move.name, note=words)
    return Closed(closed.reasons, receipt=receipt)


def _late(bid: Bid, move: Move, by: User | None, received: datetime) -> str:
    bid.refresh_from_db()
    if by is None or move.name != "submit" or bid.state not in move.starts or bid.desk_closes is None:
        return ""
    if received < bid.desk_closes:
        return ""
    digest = snapshot.digest(snapshot.canonical(snapshot.take(bid)))
    number = LateAttempt.objects.filter(bid=bid).count() + 1
    return LateAttempt.objects.create(
        bid=bid, by=by, received_at=received, closed_at=bid.desk_closes, sha256=digest,
        receipt=f"{bid.reference}/late/{number}/{digest[:8].upper()}",
    ).receipt  # fmt: skip


__all__ = ["Closed", "Papers", "Situation", "offers_for", "perform"]

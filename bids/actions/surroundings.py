"""What the guards read: a bid's surroundings, and who wants to move it; `ministry_side` adds what lies there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Value

from accounts import clock
from bids import access, callfile, snapshot
from bids.actions.alternatives import beside
from bids.actions.ministry_side import appeal, within_the_ministry
from bids.dossier import lengths
from bids.models import (
    Bid,
    ChangeRequest,
    Confirmation,
    SignatureRecord,
    Snapshot,
)  # fmt: skip
from bids.rulebook import funding, readiness
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.permits import Standing
from bids.rulebook.sections import changed_sections
from bids.rulebook.vocabulary import BidState, CommitmentStatus
from bids.rulebook.workflow import Said, Situation
from bids.rulebook.workflow.states import APPEALABLE, WITH_THE_CONSORTIUM

if TYPE_CHECKING:
    from accounts.models import User

Pairs = frozenset[tuple[str, str]]  # key and digest


def facts_in_force(bid: Bid) -> BidFacts:
    """The working copy while the consortium holds the bid; else the newest round with the signatures since."""
    if bid.state in WITH_THE_CONSORTIUM:
        return snapshot.take(bid)
    newest = bid.snapshots.first()
    return with_signatures(snapshot.read(newest.text), bid) if newest else snapshot.take(bid)


def money_in_force(bid: Bid) -> BidFacts:
    """The same of what amounts depend on, read from the tables alone: nobody writes them but the consortium."""
    money = snapshot.money_of(bid)
    return money if bid.state in WITH_THE_CONSORTIUM else with_signatures(money, bid)


def with_signatures(facts: BidFacts, bid: Bid) -> BidFacts:
    """The round as it stands, with the letters that were signed after it was submitted."""
    signed = {record.commitment_key: record for record in SignatureRecord.objects.filter(bid=bid).order_by("pk")}
    if not signed:
        return facts
    commitments = (
        replace(
            commitment,
            status=CommitmentStatus.SIGNED,
            signed_on=signed[commitment.key].signed_on,
            valid_until=signed[commitment.key].valid_until,
        )
        if commitment.key in signed
        else commitment
        for commitment in facts.commitments
    )
    return replace(facts, commitments=tuple(commitments))


def surroundings(
    bid: Bid,
    by: User | None,
    facts: BidFacts,
    call: CallFacts,
    *,
    said: Said | None = None,
    received_at: datetime | None = None,
    who: Standing | None = None,
    newest: Snapshot | None = None,
    looks_beside: bool = False,
) -> Situation:
    """The situation in which a person (None: the clock) stands before a bid.

    What lies ahead of a state is not asked for: a draft has no reviews to read. Who has read the
    newest round already passes it along. The linked bid is only read where somebody `looks_beside`:
    what both pay for warns and stops no step, and has a page of its own.
    """
    actor = (who or access.standing(by, bid)) if by else Standing()
    present, confirmed = _present_and_confirmed(bid)
    known: dict[str, Any] = {
        "received_at": received_at,
        "said": said or Said(),
        "actor": actor,
        "is_clock": by is None,
        "documents_present": frozenset(one.key for one in facts.documents if (one.key, one.sha256) in present),
    }
    known |= _at_any_time(bid, facts, call)
    known |= beside(facts, by) if looks_beside else {"linked_has_a_page": True}
    if bid.state in WITH_THE_CONSORTIUM:
        known |= _with_the_consortium(bid, facts, actor, confirmed, newest)
    if bid.state in APPEALABLE:
        known |= appeal(bid)
    if by is None or not any(role.is_consortium for role in actor.roles):
        known |= within_the_ministry(bid, by, facts, call, newest)
    situation = Situation(**known)
    assessment = funding.assess(facts, call, on=clock.today())
    return replace(situation, findings=readiness.findings(facts, call, assessment, situation))


def _at_any_time(bid: Bid, facts: BidFacts, call: CallFacts) -> dict[str, Any]:
    """What is known of every bid, whoever asks."""
    return {
        "now": clock.now(),
        "cutoff": bid.cutoff,
        "desk_closes": bid.desk_closes,
        "round": bid.round,
        "revision": bid.revision,
        "competitive": call.competitive,
        "required_opinions": call.required_opinions,
        "commitments": frozenset(commitment.key for commitment in facts.commitments),
        "published": callfile.published().bids,
        "page_counts": lengths.known(bid, facts, call),
    }


def _present_and_confirmed(bid: Bid) -> tuple[Pairs, Pairs]:
    """Documents whose bytes are stored, and what each standing confirmation is bound to, in one query."""
    stored = bid.documents.filter(removed_at=None).exclude(file=None).order_by()
    standing = Confirmation.objects.filter(partner__bid=bid, cleared_at=None).order_by()
    documents = stored.values_list("key", "sha256", Value(True))
    found = list(documents.union(standing.values_list("partner__key", "digest", Value(False)), all=True))
    present = frozenset((key, digest) for key, digest, is_document in found if is_document)
    return present, frozenset((key, digest) for key, digest, is_document in found if not is_document)


def _with_the_consortium(
    bid: Bid, facts: BidFacts, actor: Standing, confirmed: Pairs, newest: Snapshot | None
) -> dict[str, Any]:
    known: dict[str, Any] = {"unconfirmed": _unconfirmed(facts, confirmed)}
    if bid.state is BidState.CHANGES_REQUESTED:
        due, opened = actor.changes_due or bid.changes_due, actor.open_sections or frozenset(bid.opened_sections)
        if due is None and (request := ChangeRequest.objects.filter(bid=bid, closed_at=None).first()):
            due, opened = request.due_at, frozenset(request.sections)
        newest = newest or bid.snapshots.first()
        if due and newest:
            known["changes_due"] = due
            known["opened_sections"] = opened
            known["changed_sections"] = changed_sections(snapshot.read(newest.text), facts)
    return known


def unconfirmed(bid: Bid, facts: BidFacts) -> tuple[str, ...]:
    """The partners whose card and figures nobody has confirmed as they stand."""
    return _unconfirmed(facts, _present_and_confirmed(bid)[1])


def _unconfirmed(facts: BidFacts, confirmed: Pairs) -> tuple[str, ...]:
    return tuple(
        partner.short_name or partner.name or partner.key
        for partner in facts.partners
        if (partner.key, snapshot.partner_digest(facts, partner.key)) not in confirmed
    )

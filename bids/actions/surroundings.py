"""What the guards read: a bid's surroundings, the people around it, and who wants to move it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery, Value

from accounts import clock
from bids import access, callfile, snapshot
from bids.actions.alternatives import alternatives_taken, beside
from bids.models import (
    Appeal,
    Approval,
    Assignment,
    Bid,
    BidEvent,
    BidRole,
    ChangeRequest,
    Confirmation,
    DateChange,
    Dossier,
    InterestDeclaration,
    Opinion,
    Proposal,
    Recommendation,
    Review,
    SignatureRecord,
    Snapshot,
)  # fmt: skip
from bids.rulebook import funding, readiness
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.permits import Standing
from bids.rulebook.sections import changed_sections
from bids.rulebook.vocabulary import BidState, CommitmentStatus, DossierKind, JobState, OpinionKind, Role, Side
from bids.rulebook.workflow import Appeal as AppealFacts
from bids.rulebook.workflow import AppealVote, Assignee, Said, Situation, Vote
from bids.rulebook.workflow.states import APPEALABLE, OPEN

if TYPE_CHECKING:
    from accounts.models import User

APPEAL_DAYS = 30
WITH_THE_CONSORTIUM = OPEN | {BidState.LOCKED}
Pairs = frozenset[tuple[str, str]]  # key and digest


def facts_in_force(bid: Bid) -> BidFacts:
    """The working copy while the consortium holds the bid; else the newest round with the signatures since."""
    if bid.state in WITH_THE_CONSORTIUM:
        return snapshot.take(bid)
    newest = bid.snapshots.first()
    return with_signatures(snapshot.read(newest.text), bid) if newest else snapshot.take(bid)


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
        "now": clock.now(),
        "received_at": received_at,
        "said": said or Said(),
        "actor": actor,
        "is_clock": by is None,
        "cutoff": bid.cutoff,
        "desk_closes": bid.desk_closes,
        "round": bid.round,
        "revision": bid.revision,
        "competitive": call.competitive,
        "required_opinions": call.required_opinions,
        "commitments": frozenset(commitment.key for commitment in facts.commitments),
        "published": callfile.published().bids,
        "documents_present": frozenset(one.key for one in facts.documents if (one.key, one.sha256) in present),
    }
    known |= beside(facts, by) if looks_beside else {"linked_has_a_page": True}
    if bid.state in WITH_THE_CONSORTIUM:
        known |= _with_the_consortium(bid, facts, actor, confirmed, newest)
    if bid.state in APPEALABLE:
        known |= _appeal(bid)
    if by is None or not any(role.is_consortium for role in actor.roles):
        known |= _within_the_ministry(bid, by, facts, call, newest)
    situation = Situation(**known)
    assessment = funding.assess(facts, call, on=clock.today())
    return replace(situation, findings=readiness.findings(facts, call, assessment, situation))


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


def _within_the_ministry(
    bid: Bid, by: User | None, facts: BidFacts, call: CallFacts, newest: Snapshot | None
) -> dict[str, Any]:
    """What no step of the consortium asks: proposals that wait for a second person, reviews, opinions, votes."""
    known: dict[str, Any] = {"proposed_by": _proposed_by(bid)}
    return known | _since_the_first_round(bid, by, facts, call, newest) if bid.round else known


def _since_the_first_round(
    bid: Bid, by: User | None, facts: BidFacts, call: CallFacts, newest: Snapshot | None
) -> dict[str, Any]:
    newest = newest or Snapshot.objects.filter(bid=bid).first()
    recommendation = Recommendation.objects.filter(snapshot=newest).first()
    conflicted = people_of_the_partners(bid)
    return {
        "digest": newest.sha256 if newest else "",
        "took_part": _took_part(bid, by),
        "assignees": _assignees(bid, conflicted),
        "reviews": _reviews(bid, facts, call, conflicted),
        "opinions": _opinions(bid, newest),
        "approvals": tuple(
            Vote(row.user_id, row.verdict, row.attempt, row.snapshot_sha256) for row in Approval.objects.filter(bid=bid)
        ),
        "attempt": recommendation.attempt if recommendation else 1,
        "alternatives_taken": alternatives_taken(facts),
        "sealed_digests": _sealed(bid, newest),
    }


def _took_part(bid: Bid, by: User | None) -> frozenset[str]:
    """In which earlier steps a person had a part."""
    if by is None:
        return frozenset()
    parts = {
        "reviewed": Review.objects.filter(bid=bid, reviewer=by),
        "recommended": Recommendation.objects.filter(bid=bid, by=by),
        "proposed": DateChange.objects.filter(bid=bid, proposed_by=by),
        "decided": Approval.objects.filter(bid=bid, user=by),
    }
    first, *others = (rows.order_by().values_list(Value(part)) for part, rows in parts.items())
    return frozenset(part for (part,) in first.union(*others))


def _assignees(bid: Bid, conflicted: frozenset[int]) -> tuple[Assignee, ...]:
    """Who works on the bid, each with the conflict declared or computed."""
    held = InterestDeclaration.objects.filter(bid=bid, user=OuterRef("user"), replaced_at=None)
    rows = Assignment.objects.filter(bid=bid, ended_at=None).annotate(declared=Subquery(held.values("interest")[:1]))
    return tuple(
        Assignee(user, Role(role), "conflict" if user in conflicted else declared)
        for user, role, declared in rows.values_list("user_id", "role", "declared")
    )


def people_of_the_partners(bid: Bid) -> frozenset[int]:
    """People with a computed conflict: of a partner's organisation, in the bid, or once at work in it."""
    members = bid.partners.filter(organisation__memberships__user__isnull=False).order_by()
    workers = BidEvent.objects.filter(bid=bid, side=Side.CONSORTIUM, actor__isnull=False).order_by()
    found = members.values_list("organisation__memberships__user").union(
        BidRole.objects.filter(bid=bid).order_by().values_list("user"), workers.values_list("actor")
    )
    return frozenset(user for (user,) in found)


def _reviews(bid: Bid, facts: BidFacts, call: CallFacts, edited: frozenset[int]) -> tuple[readiness.ReviewGiven, ...]:
    criteria = {criterion.id for criterion in call.criteria_for(facts.track).criteria}
    rows = Review.objects.filter(bid=bid, voided_at=None).select_related("snapshot").prefetch_related("scores")
    return tuple(
        readiness.ReviewGiven(
            reviewer_id=review.reviewer_id,
            round=review.snapshot.round,
            is_sent=review.sent_at is not None,
            scores_every_criterion=criteria <= {s.criterion for s in review.scores.all() if s.halves is not None},
            reviewer_edited_the_bid=review.reviewer_id in edited,
        )
        for review in rows
    )


def _opinions(bid: Bid, newest: Snapshot | None) -> tuple[readiness.OpinionGiven, ...]:
    held = list(Opinion.objects.filter(bid=bid, replaced_at=None).select_related("decision"))
    if newest is None or not held:
        return ()
    submitted = snapshot.read(newest.text)
    return tuple(
        readiness.OpinionGiven(
            kind=opinion.kind,
            verdict=opinion.verdict,
            has_lapsed=opinion.scope_digest != scope_digest(submitted, opinion.kind),
            is_answered=hasattr(opinion, "decision"),
        )
        for opinion in held
    )


def newest_round(bid: Bid) -> BidFacts:
    """The newest round exactly as submitted: signatures recorded since change no opinion."""
    return snapshot.read(bid.snapshots.latest("round").text)


def scope_digest(facts: BidFacts, kind: str) -> str:
    """The digest of what the giver of an opinion reads; only a change of that makes the opinion lapse.

    Finance reads budget, rates, commitments and partners' cards; legal reads partners, commitments,
    documents, declarations and the State-aid note; the other kinds read the amounts.
    """
    read = BidFacts(call=facts.call, title="", partners=facts.partners, commitments=facts.commitments)
    if kind == OpinionKind.LEGAL:
        read = replace(read, documents=facts.documents, economic_use_share=facts.economic_use_share)
    else:
        read = replace(read, rates=facts.rates, budget=facts.budget)
    return snapshot.digest(snapshot.canonical(read))


def _sealed(bid: Bid, newest: Snapshot | None) -> frozenset[str]:
    """The digests of every finished dossier of the newest round, sealed and unsealed."""
    made = Dossier.objects.filter(snapshot=newest, state=JobState.DONE).exclude(kind=DossierKind.RECEIPT)
    return frozenset(digest for pair in made.values_list("file_sha256", "sealed_sha256") for digest in pair if digest)


def _proposed_by(bid: Bid) -> int | None:
    """Who proposed what awaits a second person: the one step that can be in this state."""
    move = _PROPOSED_IN.get(bid.state)
    if move is None:
        return _date_proposed_by(bid) if bid.state in WITH_THE_CONSORTIUM else None
    return Proposal.objects.filter(bid=bid, move=move, closed_at=None).values_list("by", flat=True).first()


_PROPOSED_IN = {BidState.SUBMITTED: "declare_inadmissible", BidState.APPROVED: "file"}


def _date_proposed_by(bid: Bid) -> int | None:
    pending = DateChange.objects.filter(bid=bid, confirmed_at=None).exclude(proposed_by=None).first()
    return pending.proposed_by_id if pending else None


def _appeal(bid: Bid) -> dict[str, Any]:
    known: dict[str, Any] = {}
    appeal = Appeal.objects.filter(bid=bid).prefetch_related("votes").first()
    if appeal is not None:
        votes = tuple(AppealVote(vote.user_id, vote.upholds, vote.attempt) for vote in appeal.votes.all())
        known["appeal"] = AppealFacts(votes, appeal.attempt, appeal.decided_at is not None)
    closed = BidEvent.objects.filter(bid=bid, name__in=("rejected", "declared_inadmissible")).order_by("-sequence")
    if event := closed.first():
        known["appeal_closes"] = event.at + timedelta(days=APPEAL_DAYS)
    return known

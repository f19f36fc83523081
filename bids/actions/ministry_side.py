"""What the guards of the ministry's steps read: reviews, opinions and votes, who proposed what, and an appeal."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, Subquery, Value

from bids import snapshot
from bids.actions.alternatives import alternatives_taken
from bids.models import (
    Appeal,
    Approval,
    Assignment,
    Bid,
    BidEvent,
    BidRole,
    DateChange,
    Dossier,
    InterestDeclaration,
    Opinion,
    Proposal,
    Recommendation,
    Review,
    Snapshot,
)  # fmt: skip
from bids.rulebook import readiness
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import BidState, DossierKind, JobState, OpinionKind, Role, Side
from bids.rulebook.workflow import Appeal as AppealFacts
from bids.rulebook.workflow import AppealVote, Assignee, Vote
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM

if TYPE_CHECKING:
    from accounts.models import User

APPEAL_DAYS = 30


def within_the_ministry(
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


def appeal(bid: Bid) -> dict[str, Any]:
    """The appeal against a closed bid, and until when there may be one."""
    known: dict[str, Any] = {}
    made = Appeal.objects.filter(bid=bid).prefetch_related("votes").first()
    if made is not None:
        votes = tuple(AppealVote(vote.user_id, vote.upholds, vote.attempt) for vote in made.votes.all())
        known["appeal"] = AppealFacts(votes, made.attempt, made.decided_at is not None)
    closed = BidEvent.objects.filter(bid=bid, name__in=("rejected", "declared_inadmissible")).order_by("-sequence")
    if event := closed.first():
        known["appeal_closes"] = event.at + timedelta(days=APPEAL_DAYS)
    return known

"""What deciding leaves behind: votes, the final dossier, the filing, the Union's answer."""

from __future__ import annotations

from accounts.faults import fault
from bids import mail
from bids.actions import dossiers, working_copy
from bids.actions.effects.desk import close_proposal
from bids.actions.effects.step import Effect, Step, Told, given
from bids.models import Appeal, AppealVote, Approval, ChangeRequest, Filing, Proposal, UnionDecision
from bids.rulebook.vocabulary import ApprovalVerdict, BidState, DossierKind


def approve(step: Step) -> Told:
    return _vote(step, ApprovalVerdict.APPROVE)


def reject(step: Step) -> Told:
    return _vote(step, ApprovalVerdict.REJECT)


def _vote(step: Step, verdict: ApprovalVerdict) -> Told:
    """A vote bound to the digest of the round; the second one decides, or sends the bid back to review."""
    order = len(step.situation.votes_now()) + 1
    Approval.objects.create(
        bid=step.bid,
        snapshot=step.round,
        snapshot_sha256=step.situation.digest,
        attempt=step.situation.attempt,
        order=order,
        user=step.actor,
        verdict=verdict,
        reason=step.said.note,
    )
    fault("approve.after_first")
    about = {"order": order, "verdict": str(verdict), "sha256": step.situation.digest}
    key = f"{step.round.pk}/{step.situation.attempt}"
    if step.lands is step.bid.state:
        return Told(event=f"{verdict}_vote_given", after=about)
    if step.lands is BidState.IN_REVIEW:
        mail.to_the_desk("split_vote", step.bid, key=f"split/{key}")
        return Told(event="vote_split", after=about)
    if step.lands is BidState.APPROVED:
        language = step.bid.language
        dossiers.request_dossier(step.bid, DossierKind.DECISION, language, by=step.actor, snapshot=step.round)
    event = "approved" if step.lands is BidState.APPROVED else "rejected"
    mail.to_the_desk(event, step.bid, key=f"{event}/{key}")
    return Told(event=event, after=about)


def file(step: Step) -> Told:
    """The Union has the bid; a receipt dated too late waits for a second person."""
    if step.situation.proposed_by is None:
        _record_filing(step)
    if step.lands is step.bid.state:
        Proposal.objects.create(bid=step.bid, move="file", reason=step.said.incident, by=step.actor, at=step.moment)
        return Told(event="late_filing_recorded", after={"incident": step.said.incident})
    if step.situation.proposed_by is not None:
        close_proposal(step)
        Filing.objects.filter(snapshot=step.round).update(confirmed_by=step.actor)
    mail.to_the_coordinator("filed", step.bid, key=f"filed/{step.round.pk}")
    return Told(event="filed", after={"portal_reference": step.round.filing.portal_reference})


def _record_filing(step: Step) -> None:
    is_sealed = step.said.filed_digest in step.situation.sealed_digests
    Filing.objects.create(
        bid=step.bid,
        snapshot=step.round,
        portal_reference=step.papers.portal_reference,
        received_at=given(step.said.receipt_at),
        receipt=step.paper,
        dossier_sha256=step.said.filed_digest if is_sealed else "",
        difference=step.said.difference,
        incident=step.said.incident,
        by=step.actor,
        at=step.moment,
    )


def record_decision(step: Step) -> Told:
    UnionDecision.objects.create(
        bid=step.bid,
        outcome=step.lands,
        scores=dict(step.papers.scores),
        letter=step.paper,
        decided_on=step.papers.decided_on or step.moment.date(),
        remark=step.said.note,
        by=step.actor,
        at=step.moment,
    )
    return Told(event="decision_recorded", after={"outcome": str(step.lands)})


def withdraw(step: Step) -> Told:
    """Final: both sides are told. What was being changed meanwhile is kept as a picture, and the round stands."""
    kept = None
    if step.bid.state is BidState.CHANGES_REQUESTED:
        kept = working_copy.return_to(step.round, by=step.by)
        ChangeRequest.objects.filter(bid=step.bid, closed_at=None).update(closed_at=step.moment)
    mail.to_the_desk("withdrawn", step.bid, key=f"withdrawn/{step.bid.pk}")
    mail.to_the_coordinator("withdrawn", step.bid, key=f"withdrawn/{step.bid.pk}/co")
    return Told(event="withdrawn", after={"unsent_copy": kept.sha256} if kept else {})


def decide_appeal(step: Step) -> Told:
    """Two votes of people who were not involved; a split vote is followed by another attempt."""
    appeal = Appeal.objects.get(bid=step.bid)
    earlier = step.situation.appeal_votes_now()
    upholds = bool(step.said.upholds)
    AppealVote.objects.create(
        appeal=appeal, attempt=appeal.attempt, user=step.actor, upholds=upholds, reason=step.said.note, at=step.moment
    )
    if not earlier:
        return Told(event="appeal_vote_given", after={"upholds": upholds})
    if earlier[0].upholds != upholds:
        Appeal.objects.filter(pk=appeal.pk).update(attempt=appeal.attempt + 1)
        return Told(event="appeal_vote_split")
    Appeal.objects.filter(pk=appeal.pk).update(decided_at=step.moment)
    event = "appeal_upheld" if upholds else "appeal_dismissed"
    mail.to_the_coordinator(event, step.bid, key=f"{event}/{step.bid.pk}")
    return Told(event=event)


EFFECTS: dict[str, Effect] = {
    "approve": approve,
    "reject": reject,
    "file": file,
    "record_decision": record_decision,
    "withdraw": withdraw,
    "decide_appeal": decide_appeal,
}

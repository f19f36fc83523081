"""What the case manager's steps leave behind."""

from __future__ import annotations

from bids import mail
from bids.actions import working_copy
from bids.actions.effects.step import Effect, Step, Told, given
from bids.models import Assignment, ChangeRequest, DateChange, Proposal, Recommendation, SignatureRecord
from bids.rulebook.vocabulary import DateChangeKind


def take_in(step: Step) -> Told:
    """The people assigned are told that they can begin."""
    for assignment in Assignment.objects.filter(bid=step.bid, ended_at=None).select_related("user"):
        mail.write("assigned", assignment.user, step.bid, key=f"assigned/{assignment.pk}", role=str(assignment.role))
    return Told(event="taken_in", after={"round": step.bid.round})


def request_changes(step: Step) -> Told:
    """Only the named sections open, in a working copy based on the round."""
    working_copy.return_to(step.round, by=step.by)
    request = ChangeRequest.objects.create(
        bid=step.bid,
        snapshot=step.round,
        sections=sorted(step.said.sections),
        reason=step.said.note,
        due_at=given(step.said.due),
        by=step.actor,
        at=step.moment,
    )
    due = request.due_at.isoformat()
    mail.to_the_coordinator("changes_requested", step.bid, key=f"changes/{request.pk}", due=due)
    return Told(event="changes_requested", after={"sections": request.sections, "due": due})


def recommend(step: Step) -> Told:
    """Each recommendation of a round is a new attempt at deciding it."""
    attempt = Recommendation.objects.filter(snapshot=step.round).count() + 1
    Recommendation.objects.create(
        bid=step.bid, snapshot=step.round, attempt=attempt, reason=step.said.note, by=step.actor, at=step.moment
    )
    mail.to_the_approvers("recommended", step.bid, key=f"recommended/{step.round.pk}/{attempt}")
    return Told(event="recommended", after={"round": step.bid.round, "attempt": attempt})


def record_signature(step: Step) -> Told:
    """Beside the snapshot, which stays as it is."""
    key = step.said.commitment
    SignatureRecord.objects.create(
        bid=step.bid,
        commitment_key=key,
        signed_on=step.papers.signed_on,
        valid_until=step.papers.valid_until,
        document=step.paper,
        by=step.actor,
        at=step.moment,
    )
    return Told(event="signature_recorded", after={"commitment": key, "sha256": step.paper.file_id})


def declare_inadmissible(step: Step) -> Told:
    """One person proposes, another confirms."""
    if step.lands is step.bid.state:
        ground = str(step.said.ground or "")
        Proposal.objects.create(
            bid=step.bid, move=step.move.name, ground=ground, reason=step.said.note, by=step.actor, at=step.moment
        )
        return Told(event="inadmissibility_proposed", after={"ground": ground})
    proposal = close_proposal(step)
    mail.to_the_coordinator("declared_inadmissible", step.bid, key=f"inadmissible/{step.bid.pk}/{step.bid.round}")
    return Told(event="declared_inadmissible", after={"ground": proposal.ground})


def move_deadline(step: Step) -> Told:
    """The desk stays open longer for one bid, once a second person confirmed it."""
    pending = DateChange.objects.filter(bid=step.bid, confirmed_at=None).first()
    if pending is None:
        DateChange.objects.create(
            bid=step.bid,
            kind=DateChangeKind.EXTENSION,
            old_cutoff=step.bid.cutoff,
            old_desk_closes=step.bid.desk_closes,
            cutoff=step.bid.cutoff,
            desk_closes=step.said.new_closing,
            reason=step.said.note,
            incident=step.said.incident,
            proposed_by=step.actor,
            proposed_at=step.moment,
        )
        return Told(event="deadline_move_proposed", after={"desk_closes": _moment(step.said.new_closing)})
    DateChange.objects.filter(pk=pending.pk).update(confirmed_by=step.actor, confirmed_at=step.moment)
    mail.to_the_coordinator("deadline_moved", step.bid, key=f"deadline/{pending.pk}")
    return Told(
        event="deadline_moved",
        after={"desk_closes": _moment(pending.desk_closes)},
        columns={"desk_closes": pending.desk_closes},
    )


def close_proposal(step: Step) -> Proposal:
    """The open proposal of this step, now confirmed."""
    proposal = Proposal.objects.get(bid=step.bid, move=step.move.name, closed_at=None)
    proposal.confirmed_by, proposal.closed_at = step.actor, step.moment
    proposal.save(update_fields=["confirmed_by", "closed_at"])
    return proposal


def _moment(moment: object) -> str:
    return moment.isoformat() if hasattr(moment, "isoformat") else ""


EFFECTS: dict[str, Effect] = {
    "take_in": take_in,
    "request_changes": request_changes,
    "recommend": recommend,
    "record_signature": record_signature,
    "declare_inadmissible": declare_inadmissible,
    "move_deadline": move_deadline,
}

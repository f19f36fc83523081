"""What the consortium's steps leave behind: rounds, receipts, dossiers; and the clock's two returns."""

from __future__ import annotations

from accounts.faults import fault
from bids import mail, snapshot
from bids.actions import dossiers, working_copy
from bids.actions.effects.step import Effect, Step, Told, only
from bids.models import Appeal, ChangeRequest, Review, Score, Snapshot
from bids.rulebook import funding
from bids.rulebook.vocabulary import DossierKind, ReviewState


def submit(step: Step) -> Told:
    """The round is frozen, gets a receipt, and its dossier is asked for."""
    frozen = _freeze(step)
    mail.to_the_desk("submitted", step.bid, key=f"submitted/{frozen.receipt}", receipt=frozen.receipt)
    mail.to_the_coordinator("receipt", step.bid, key=f"receipt/{frozen.receipt}", receipt=frozen.receipt)
    return Told(event="submitted", after=_receipt(frozen), columns={"round": frozen.round})


def resubmit(step: Step) -> Told:
    """A new round answers the change request; the reviews of the former become drafts to confirm or change."""
    former = step.round
    frozen = _freeze(step)
    ChangeRequest.objects.filter(bid=step.bid, closed_at=None).update(
        answer=step.said.note, answered_by=step.by, answered_at=step.moment, closed_at=step.moment
    )
    _carry_reviews_over(former, frozen)
    mail.to_the_desk("resubmitted", step.bid, key=f"resubmitted/{frozen.receipt}", receipt=frozen.receipt)
    mail.to_the_coordinator("receipt", step.bid, key=f"receipt/{frozen.receipt}", receipt=frozen.receipt)
    return Told(event="resubmitted", after=_receipt(frozen), columns={"round": frozen.round})


def return_to_the_round(step: Step) -> Told:
    """What was not sent in time is kept as a picture; the bid stands as it was submitted."""
    kept = working_copy.return_to(step.round, by=step.by)
    ChangeRequest.objects.filter(bid=step.bid, closed_at=None).update(closed_at=step.moment)
    event = {"reopen_expired": "returned_to_submission", "changes_due_passed": "changes_overdue"}[step.move.name]
    mail.to_the_desk(event, step.bid, key=f"{event}/{step.bid.pk}/{step.bid.revision}")
    mail.to_the_coordinator(event, step.bid, key=f"{event}/{step.bid.pk}/{step.bid.revision}/co")
    return Told(event=event, after={"round": step.round.round, "unsent_copy": kept and kept.sha256})


def lodge_appeal(step: Step) -> Told:
    Appeal.objects.create(bid=step.bid, reason=step.said.note, by=step.actor, at=step.moment)
    mail.to_the_desk("appeal_lodged", step.bid, key=f"appeal/{step.bid.pk}")
    return Told(event="appeal_lodged")


def _freeze(step: Step) -> Snapshot:
    text = snapshot.canonical(step.facts)
    digest = snapshot.digest(text)
    number = step.bid.round + 1
    frozen = Snapshot.objects.create(
        bid=step.bid,
        round=number,
        text=text,
        sha256=digest,
        revision=step.bid.revision,
        call_version=step.bid.call_version,
        rule_set=snapshot.call_of(step.bid).rule_set,
        engine_version=funding.ENGINE_VERSION,
        received_at=step.moment,
        desk_closes=step.bid.desk_closes,
        receipt=f"{step.bid.reference}/{number}/{digest[:8].upper()}",
        by=step.actor,
    )
    fault("submit.after_snapshot")
    for kind in (DossierKind.RECEIPT, DossierKind.SUBMISSION):  # the receipt is there before anybody looks for it
        dossiers.request_dossier(step.bid, kind, step.bid.language, by=step.actor, snapshot=frozen)
    if number > 1:  # whoever reads again reads first what changed
        dossiers.request_dossier(step.bid, DossierKind.DIFFERENCE, step.bid.language, by=step.actor, snapshot=frozen)
    return frozen


def _receipt(frozen: Snapshot) -> dict[str, object]:
    return {
        "round": frozen.round,
        "sha256": frozen.sha256,
        "receipt": frozen.receipt,
        "received_at": frozen.received_at.isoformat(),
    }


def _carry_reviews_over(former: Snapshot, frozen: Snapshot) -> None:
    """Same reviewers, same words: nothing they wrote is lost, and nothing counts until they send it again."""
    for review in Review.objects.filter(snapshot=former, voided_at=None).prefetch_related("scores"):
        copy = Review.objects.create(
            bid=review.bid,
            snapshot=frozen,
            reviewer=review.reviewer,
            state=ReviewState.DRAFT,
            comment=review.comment,
            copied_from=review,
        )
        Score.objects.bulk_create(
            Score(review=copy, criterion=score.criterion, halves=score.halves, comment=score.comment)
            for score in review.scores.all()
        )


EFFECTS: dict[str, Effect] = {
    "lock": only("locked"),
    "unlock": only("unlocked"),
    "submit": submit,
    "reopen": only("reopened"),
    "resubmit": resubmit,
    "reopen_expired": return_to_the_round,
    "changes_due_passed": return_to_the_round,
    "lodge_appeal": lodge_appeal,
}

"""What each step of the ministry means, said before it is taken, and what is said once it is."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

CONSEQUENCES: dict[str, Callable[[], list[str]]] = {
    "take_in": lambda: [
        _("The reviewers, the legal reviewer and the Inspector get access to the round."),
        _("The consortium can no longer reopen the bid."),
    ],
    "request_changes": lambda: [
        _("Only the sections you name open for the consortium, until the due date."),
        _("Reviews stay and become drafts when the new round is in; opinions lapse where what they read has changed."),
    ],
    "recommend": lambda: [_("The approvers are asked to decide. Reviews and opinions can no longer be changed.")],
    "approve": lambda: [
        _("Your approval is bound to the digest of this round."),
        _("The second approval decides, by another person. One approval and one rejection lead back to review."),
    ],
    "reject": lambda: [
        _("Your rejection is bound to the digest of this round."),
        _("The second of two rejections by different people closes the bid; the consortium may appeal."),
    ],
    "withdraw": lambda: [
        _("The bid takes no further part. This is final."),
        _("Both sides are told, with your reason."),
    ],
    "declare_inadmissible": lambda: [
        _("A case manager proposes, an approver confirms."),
        _("The consortium is told, and may appeal within 30 days."),
    ],
    "move_deadline": lambda: [
        _("A case manager proposes, an approver confirms. Both dates stay on record."),
    ],
    "record_signature": lambda: [
        _("The round stays as it is; the signature counts for the cover of the national share."),
        _("No opinion lapses."),
    ],
    "file": lambda: [
        _("The bid stands as filed with the Union."),
        _("A receipt dated after the cut-off needs a described incident, and an approver who confirms."),
    ],
    "record_decision": lambda: [_("The bid is closed with the outcome. The consortium reads it once you publish it.")],
    "decide_appeal": lambda: [
        _("Two approvers who took no part in the decision judge it."),
        _("Upheld twice, the bid goes back to review; dismissed twice, the decision stands."),
    ],
}

DONE: dict[str, Callable[[], str]] = {
    "taken_in": lambda: _("The bid is taken in. Everybody assigned can begin."),
    "changes_requested": lambda: _("The changes are requested; the coordinator is told."),
    "recommended": lambda: _("The bid is recommended. Two approvers decide now."),
    "approve_vote_given": lambda: _("Your approval is recorded. A second approver decides."),
    "reject_vote_given": lambda: _("Your rejection is recorded. A second approver decides."),
    "vote_split": lambda: _("The two votes differ: the bid is back in review, with both reasons."),
    "approved": lambda: _("The bid is approved by two people. Its dossier is being made."),
    "rejected": lambda: _("The bid is rejected by two people."),
    "inadmissibility_proposed": lambda: _("Your proposal is recorded. An approver has to confirm it."),
    "declared_inadmissible": lambda: _("The bid is declared inadmissible."),
    "deadline_move_proposed": lambda: _("Your proposal is recorded. An approver has to confirm it."),
    "deadline_moved": lambda: _("The date is moved; the coordinator is told."),
    "signature_recorded": lambda: _("The signature is recorded."),
    "late_filing_recorded": lambda: _("The filing is recorded. As it was late, an approver has to confirm it."),
    "filed": lambda: _("The filing is recorded."),
    "decision_recorded": lambda: _("The decision of the Union is recorded."),
    "withdrawn": lambda: _("The bid is withdrawn."),
    "appeal_vote_given": lambda: _("Your vote is recorded. A second approver decides."),
    "appeal_vote_split": lambda: _("The two votes differ: both judge once more."),
    "appeal_upheld": lambda: _("The appeal is upheld: the bid is back in review."),
    "appeal_dismissed": lambda: _("The appeal is dismissed."),
}


def done(event: str) -> str:
    """What is said after an event of the door."""
    return DONE[event]() if event in DONE else _("Done.")

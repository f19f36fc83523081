"""Before the bid is decided, filed, or reopened by an appeal."""

from __future__ import annotations

from bids.rulebook.readiness import blocks
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.workflow.guards.asking import NOT_CHECKED, nothing_blocks, told
from bids.rulebook.workflow.situation import Situation
from bids.rulebook.workflow.states import UNION_OUTCOMES

_READ_IT = sentence(gettext_noop("A newer version was submitted since you opened this page. Read it, then decide."))
_YOU_VOTED = sentence(gettext_noop("You have voted already: the second vote is another person's."))


def is_another_approver(situation: Situation) -> Sentence | None:
    """The two votes on a recommendation come from two persons."""
    voted = any(vote.user_id == situation.actor.user_id for vote in situation.votes_now())
    return _YOU_VOTED if voted or situation.actor.user_id is None else None


def is_the_newest_round(situation: Situation) -> Sentence | None:
    """A vote is bound to the digest of the newest round, the one that was read."""
    return None if situation.digest and situation.said.digest_seen == situation.digest else _READ_IT


def is_no_older_round(situation: Situation) -> Sentence | None:
    """Whoever names the round that was read acts on that one, never unseen on a newer one."""
    if situation.said.digest_seen in ("", situation.digest) or not situation.digest:
        return None
    return _READ_IT


def commitments_are_signed(situation: Situation) -> Sentence | None:
    """Signed commitments cover the whole national share (C07)."""
    if situation.findings is None:
        return NOT_CHECKED
    return told([finding for finding in blocks(situation.findings, "approve") if finding.check == "C07"])


def nothing_blocks_approval(situation: Situation) -> Sentence | None:
    """No other finding whose gate is `approve`."""
    return nothing_blocks(situation, "approve", besides={"C07"})


def no_alternative_takes_the_money(situation: Situation) -> Sentence | None:
    """No line is funded twice: its alternative stands in no bid that is approved, filed or selected."""
    if situation.alternatives_taken is None:
        return NOT_CHECKED
    if not situation.alternatives_taken:
        return None
    return sentence(
        gettext_noop("The alternatives of these lines stand in a bid that was approved: %(lines)s."),
        lines=", ".join(situation.alternatives_taken),
    )


def receipt_is_in_time_or_an_incident_recorded(situation: Situation) -> Sentence | None:
    """The Union's receipt is dated before the cut-off; else an incident explains it, and two persons act."""
    if situation.said.receipt_at is None:
        return sentence(gettext_noop("Say when the Union received the bid, as its receipt shows."))
    if not situation.is_late_filing or situation.said.incident.strip():
        return None
    return sentence(
        gettext_noop("The receipt is later than the cut-off, %(cutoff)s. Describe the incident; an approver confirms."),
        cutoff=situation.cutoff,
    )


def nothing_blocks_filing(situation: Situation) -> Sentence | None:
    """No other finding whose gate is `file`; the date of the receipt has its own guard."""
    return nothing_blocks(situation, "file", besides={"C13"})


def filed_is_what_was_sealed(situation: Situation) -> Sentence | None:
    """What was filed equals the sealed dossier, or somebody writes why not."""
    if situation.said.filed_digest in situation.sealed_digests or situation.said.difference.strip():
        return None
    return sentence(gettext_noop("What was filed is not the sealed dossier. Write why it differs."))


def outcome_is_of_the_union(situation: Situation) -> Sentence | None:
    """Selected, on the reserve list, not selected or ineligible."""
    if situation.said.outcome in UNION_OUTCOMES:
        return None
    return sentence(gettext_noop("Say what the Union decided."))


def ground_is_on_the_list(situation: Situation) -> Sentence | None:
    """Inadmissible is a bid only for a listed ground; a clerical error is mended by a change request."""
    if situation.said.ground is not None:
        return None
    return sentence(
        gettext_noop("Choose the ground from the list. A clerical error is none: take the bid in and request a change.")
    )


def new_closing_is_possible(situation: Situation) -> Sentence | None:
    """A moved deadline lies ahead and before the Union's cut-off."""
    closing = situation.said.new_closing
    if closing is None:
        return sentence(gettext_noop("Say until when the desk stays open."))
    if situation.moment is None:
        return NOT_CHECKED
    if closing <= situation.moment:
        return sentence(gettext_noop("The new date has to lie ahead."))
    if situation.cutoff is not None and closing >= situation.cutoff:
        return sentence(
            gettext_noop("The new date has to lie before the cut-off, %(cutoff)s."), cutoff=situation.cutoff
        )
    return None


def appeal_is_pending(situation: Situation) -> Sentence | None:
    """There is an appeal to decide."""
    if situation.appeal is not None and not situation.appeal.is_decided:
        return None
    return sentence(gettext_noop("There is no appeal to decide."))


def is_another_judge(situation: Situation) -> Sentence | None:
    """The two votes on an appeal come from two persons."""
    voted = any(vote.user_id == situation.actor.user_id for vote in situation.appeal_votes_now())
    return _YOU_VOTED if voted or situation.actor.user_id is None else None


def verdict_is_given(situation: Situation) -> Sentence | None:
    """Uphold or dismiss."""
    return None if situation.said.upholds is not None else sentence(gettext_noop("Uphold or dismiss the appeal."))

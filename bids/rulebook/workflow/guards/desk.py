"""Before the case manager moves the bid."""

from __future__ import annotations

from bids.rulebook.calendar import add_working_days
from bids.rulebook.text import Sentence, counted, gettext_noop, ngettext_noop, sentence
from bids.rulebook.vocabulary import OpinionKind, Role
from bids.rulebook.workflow.guards.asking import NOT_CHECKED, nothing_blocks
from bids.rulebook.workflow.guards.consortium import desk_has_closed
from bids.rulebook.workflow.situation import Situation

REVIEWERS_NEEDED = 2
DAYS_BEFORE_CUTOFF = 2  # working days between the due date of changes and the cut-off

_UNSENT = ngettext_noop(
    "%(count)s of %(all)s reviews of the newest round has not been sent.",
    "%(count)s of %(all)s reviews of the newest round have not been sent.",
)
_GIVERS = {OpinionKind.LEGAL: Role.LEGAL_REVIEWER, OpinionKind.FINANCE: Role.FINANCE_INSPECTOR}


def desk_has_closed_if_competitive(situation: Situation) -> Sentence | None:
    """In a competitive call all bids are opened together."""
    if not situation.competitive or desk_has_closed(situation) is None:
        return None
    return sentence(gettext_noop("In a competitive call bids are taken in once the desk has closed."))


def two_reviewers_without_conflict(situation: Situation) -> Sentence | None:
    """At least two assigned reviewers have declared that they have no conflict of interest."""
    ready = len({who.user_id for who in situation.assignees if who.role is Role.REVIEWER and who.coi == "none"})
    if ready >= REVIEWERS_NEEDED:
        return None
    return sentence(
        gettext_noop("Two reviewers without a conflict of interest are needed; so far %(ready)s declared that."),
        ready=ready,
    )


def legal_reviewer_is_assigned(situation: Situation) -> Sentence | None:
    """Where the call asks for a legal opinion, somebody gives it."""
    return _giver_is_assigned(situation, OpinionKind.LEGAL, sentence(gettext_noop("Assign a legal reviewer first.")))


def inspector_is_assigned(situation: Situation) -> Sentence | None:
    """Where the call asks for a financial opinion, somebody gives it."""
    return _giver_is_assigned(
        situation, OpinionKind.FINANCE, sentence(gettext_noop("Assign an Inspector of Finance first."))
    )


def sections_are_named(situation: Situation) -> Sentence | None:
    """Only named sections open."""
    return None if situation.said.sections else sentence(gettext_noop("Name the sections that open for changes."))


def due_date_leaves_time(situation: Situation) -> Sentence | None:
    """The due date lies ahead, and at least two working days before the cut-off."""
    due = situation.said.due
    if due is None:
        return sentence(gettext_noop("Say until when the changes are due."))
    if situation.moment is None:
        return NOT_CHECKED
    if due <= situation.moment:
        return sentence(gettext_noop("The due date has to lie ahead."))
    if situation.cutoff is None or due <= (latest := add_working_days(situation.cutoff, -DAYS_BEFORE_CUTOFF)):
        return None
    return sentence(
        gettext_noop("Changes are due at least two working days before the cut-off: by %(latest)s."), latest=latest
    )


def all_reviews_sent(situation: Situation) -> Sentence | None:
    """Every assigned reviewer has sent the review of the newest round."""
    if situation.reviews is None:
        return NOT_CHECKED
    sent = {given.reviewer_id for given in situation.reviews if given.is_sent and given.round == situation.round}
    expected = {who.user_id for who in situation.assignees if who.role is Role.REVIEWER and who.coi != "conflict"}
    if not expected:
        return sentence(gettext_noop("No reviewer is assigned to this bid."))
    if expected <= sent:
        return None
    return counted(_UNSENT, len(expected - sent), all=len(expected))


def opinions_given_and_fresh(situation: Situation) -> Sentence | None:
    """Every opinion the call requires is given and has not lapsed; "not competent" counts."""
    if situation.opinions is None:
        return NOT_CHECKED
    fresh = {given.kind for given in situation.opinions if not given.has_lapsed}
    missing = next((kind for kind in situation.required_opinions if kind not in fresh), None)
    if missing is None:
        return None
    lapsed = any(given.kind == missing for given in situation.opinions)
    return sentence(_LAPSED if lapsed else _MISSING, opinion=_named(missing))


def unfavourable_opinions_are_answered(situation: Situation) -> Sentence | None:
    """A reserved or unfavourable opinion is answered by a recorded decision with its document."""
    open_one = next(
        (
            given
            for given in situation.opinions or ()
            if given.verdict.needs_decision and not given.has_lapsed and not given.is_answered
        ),
        None,
    )
    if open_one is None:
        return None
    return sentence(
        gettext_noop("%(opinion)s: %(verdict)s. Record the decision that answers it, with its document."),
        opinion=_named(open_one.kind),
        verdict=Sentence(open_one.verdict.label),
    )


def nothing_blocks_recommendation(situation: Situation) -> Sentence | None:
    """No finding whose gate is `recommend`."""
    return nothing_blocks(situation, "recommend")


def commitment_is_in_the_file(situation: Situation) -> Sentence | None:
    """A signature belongs to a commitment of the submitted version."""
    if situation.said.commitment in situation.commitments:
        return None
    return sentence(gettext_noop("Choose a commitment of the submitted version."))


def document_is_uploaded(situation: Situation) -> Sentence | None:
    """The receipt, the Union's letter or the signed letter is there to be read."""
    return None if situation.said.has_document else sentence(gettext_noop("Upload the document first."))


def _giver_is_assigned(situation: Situation, kind: OpinionKind, missing: Sentence) -> Sentence | None:
    if kind not in situation.required_opinions:
        return None
    givers = [who for who in situation.assignees if who.role is _GIVERS[kind] and who.coi != "conflict"]
    return None if givers else missing


def _named(kind: str) -> Sentence:
    """The opinion in words; a kind of a call's own by the name the call gives it."""
    return Sentence(next((known.label for known in OpinionKind if known == kind), kind))


_MISSING = gettext_noop("%(opinion)s has not been given.")
_LAPSED = gettext_noop("%(opinion)s has lapsed, because what it read has changed.")

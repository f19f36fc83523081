"""Before the consortium moves the bid."""

from __future__ import annotations

from bids.rulebook.sections import is_within
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.workflow.guards.asking import NOT_CHECKED, nothing_blocks
from bids.rulebook.workflow.situation import Situation


def every_partner_confirmed(situation: Situation) -> Sentence | None:
    """Each partner has confirmed its card and its figures as they stand now."""
    if situation.unconfirmed is None:
        return NOT_CHECKED
    if not situation.unconfirmed:
        return None
    return sentence(
        gettext_noop("These partners have not confirmed their card and figures: %(partners)s."),
        partners=", ".join(situation.unconfirmed),
    )


def nothing_blocks_submission(situation: Situation) -> Sentence | None:
    """No finding whose gate is `submit`."""
    return nothing_blocks(situation, "submit")


def desk_is_open(situation: Situation) -> Sentence | None:
    """Received before the desk closes: what counts is when the whole request had been read."""
    if situation.desk_closes is None:
        return None
    if situation.moment is None:
        return NOT_CHECKED
    if situation.moment < situation.desk_closes:
        return None
    return sentence(
        gettext_noop("Received at %(received)s; the desk closed at %(closed)s."),
        received=situation.moment,
        closed=situation.desk_closes,
    )


def desk_has_closed(situation: Situation) -> Sentence | None:
    """The intake date of the bid has passed; without a date it never does."""
    if situation.desk_closes is not None and desk_is_open(situation) not in (None, NOT_CHECKED):
        return None
    return sentence(gettext_noop("The desk has not closed yet."))


def was_submitted_before(situation: Situation) -> Sentence | None:
    """A reopened bid has a round that stays valid."""
    return None if situation.round >= 1 else sentence(gettext_noop("This bid has not been submitted yet."))


def is_the_version_seen(situation: Situation) -> Sentence | None:
    """The person acts on the working copy as it stands, not on one that changed meanwhile."""
    if situation.revision is not None and situation.said.revision_seen == situation.revision:
        return None
    return sentence(gettext_noop("The bid has changed since you opened this page. Look at it again, then repeat."))


def due_date_is_ahead(situation: Situation) -> Sentence | None:
    """Changes come before their due date."""
    if situation.changes_due is None or situation.moment is None:
        return NOT_CHECKED
    if situation.moment < situation.changes_due:
        return None
    return sentence(
        gettext_noop("Received at %(received)s; the changes were due by %(due)s."),
        received=situation.moment,
        due=situation.changes_due,
    )


def due_date_has_passed(situation: Situation) -> Sentence | None:
    """The changes are overdue."""
    if due_date_is_ahead(situation) not in (None, NOT_CHECKED):
        return None
    return sentence(gettext_noop("The due date of the changes lies ahead."))


def only_opened_sections_changed(situation: Situation) -> Sentence | None:
    """Nothing moved that the ministry did not open."""
    if situation.changed_sections is None:
        return NOT_CHECKED
    others = sorted(name for name in situation.changed_sections if not is_within(name, situation.opened_sections))
    if not others:
        return None
    return sentence(
        gettext_noop("These sections changed although they were not opened: %(sections)s."), sections=", ".join(others)
    )


def reason_is_given(situation: Situation) -> Sentence | None:
    """Somebody will want to read why."""
    return None if situation.said.note.strip() else sentence(gettext_noop("Give the reason."))


def no_appeal_was_lodged(situation: Situation) -> Sentence | None:
    """One decision is appealed against once."""
    if situation.appeal is None:
        return None
    return sentence(gettext_noop("An appeal against this decision has been lodged already."))

"""The conditions of the permit table: each returns the reason of a refusal, or nothing.

A condition that needs to know something it was not told refuses. Asked "somewhere", before the
particulars are known, it lets pass what some part of the bid could satisfy.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bids.rulebook.permits.standing import About, Standing
from bids.rulebook.sections import is_within
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import BidState, Role

Guard = Callable[[Standing, BidState | None, About], Sentence | None]

BREAK_GLASS_LASTS = timedelta(hours=1)


def is_assigned(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Reviewers, legal reviewers and Inspectors work on the bids they are assigned to."""
    if who.assigned:
        return None
    return sentence(gettext_noop("You are not assigned to this bid. The case manager can assign you."))


def has_no_known_conflict(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """A conflict of interest, declared or computed, hides the bid."""
    if who.coi == "conflict" or who.own_partner_keys:
        return sentence(gettext_noop("You have a conflict of interest with this bid."))
    return None


def declared_no_conflict(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Without a declaration only title and parties are shown, enough to judge the conflict."""
    if who.coi is None:
        return sentence(gettext_noop("First declare whether you have a conflict of interest with this bid."))
    if who.coi != "none":
        return sentence(gettext_noop("You have a conflict of interest with this bid."))
    return has_no_known_conflict(who, state, about)


def changes_are_not_due(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """While changes are requested, nothing moves after the due date (note 1)."""
    if state is not BidState.CHANGES_REQUESTED:
        return None
    if who.changes_due is None or about.now is None:
        return sentence(gettext_noop("It is not known until when changes may be made."))
    if about.now >= who.changes_due:
        return sentence(gettext_noop("Changes were due by %(due)s."), due=who.changes_due)
    return None


def section_is_open(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """While changes are requested, only the opened sections, until the due date (note 1)."""
    if state is not BidState.CHANGES_REQUESTED:
        return None
    late = changes_are_not_due(who, state, about)
    if late is not None:
        return late
    opened = bool(who.open_sections) if about.somewhere else is_within(about.section or "", who.open_sections)
    return None if opened else sentence(gettext_noop("The ministry has not opened this section for changes."))


def section_is_theirs(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Only sections assigned to the person's organisation, and what is its own (note 2)."""
    if about.somewhere:
        theirs = bool(who.own_sections or who.own_partner_keys)
    else:
        theirs = is_within(about.section or "", who.own_sections) or about.partner in who.own_partner_keys
    return None if theirs else sentence(gettext_noop("This section is not assigned to your organisation."))


def is_own_organisation(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Only what belongs to a partner whose organisation the person is a member of."""
    own = bool(who.own_partner_keys) if about.somewhere else about.partner in who.own_partner_keys
    return None if own else sentence(gettext_noop("This belongs to another organisation than yours."))


def is_own_organisation_or_mandated(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """The coordinator may also confirm for a partner whose mandate is uploaded."""
    if about.is_mandated or about.somewhere:
        return None
    refused = is_own_organisation(who, state, about)
    return refused and sentence(
        gettext_noop("Upload this partner's mandate first, or let its finance officer confirm the figures.")
    )


def is_own_document(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """A file uploaded by the person, or belonging to the person's organisation."""
    is_author = about.author_id is not None and about.author_id == who.user_id
    if about.somewhere or is_author or about.partner in who.own_partner_keys:
        return None
    return sentence(gettext_noop("This file was uploaded by somebody else. The coordinator can remove it."))


def is_lead_finance(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Only the finance officer of the coordinating organisation."""
    if who.is_lead_finance:
        return None
    return sentence(gettext_noop("Only the coordinator and the finance officer of the lead may change this."))


def replaces_a_lost_coordinator(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """The ministry only ever names a new coordinator, when the old one is lost (note 4)."""
    if about.somewhere or (about.role_given is Role.COORDINATOR and about.coordinator_is_lost):
        return None
    return sentence(gettext_noop("The ministry can only name a new coordinator when the present one is lost."))


def own_review_is_sent(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """A reviewer reads the others only after having sent the own review."""
    if about.own_review_sent:
        return None
    return sentence(gettext_noop("You can read the reviews of others once you have sent yours."))


def opinion_is_financial(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """The Inspector of Finance gives the financial opinion."""
    if about.somewhere or about.opinion == "finance":
        return None
    return sentence(gettext_noop("The Inspector of Finance gives the financial opinion only."))


def opinion_is_legal(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """The legal reviewer gives the legal opinion."""
    if about.somewhere or about.opinion == "legal":
        return None
    return sentence(gettext_noop("The legal reviewer gives the legal opinion only."))


def took_no_part_before(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Four eyes: who reviewed, recommended or proposed a new deadline does not decide (note 7)."""
    if about.somewhere:
        return None
    if about.took_part is None:
        return sentence(gettext_noop("It is not known whether you took part in an earlier step."))
    if about.took_part & {"reviewed", "recommended", "proposed"}:
        return sentence(gettext_noop("You took part in an earlier step of this bid, so others have to decide."))
    return None


def decided_nothing_before(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """An appeal is decided by people who were not involved."""
    if about.took_part is not None and "decided" in about.took_part:
        return sentence(gettext_noop("You took the decision that is appealed against, so others have to decide."))
    return took_no_part_before(who, state, about)


def deadline_is_ahead_or_an_incident_recorded(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """After a deadline it moves only because of a recorded incident."""
    if about.somewhere or about.incident:
        return None
    if about.now is None or (about.desk_closes is not None and about.now >= about.desk_closes):
        return sentence(gettext_noop("The deadline has passed. Record the incident that makes an extension necessary."))
    return None


def filing_is_late(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """An approver confirms a filing only when its receipt is dated after the cut-off."""
    if about.somewhere or about.is_late:
        return None
    return sentence(gettext_noop("The case manager records a filing that was in time."))


def decision_was_taken(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """There is something to publish once the approvers have decided (row 25)."""
    if state not in (BidState.INADMISSIBLE, BidState.WITHDRAWN):
        return None
    return sentence(gettext_noop("The approvers took no decision on this bid that could be published."))


def decision_can_be_appealed(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Only a rejection or a declaration of inadmissibility can be appealed against (note 8)."""
    if state in (BidState.REJECTED, BidState.INADMISSIBLE):
        return None
    return sentence(gettext_noop("Only a rejection or a declaration of inadmissibility can be appealed against."))


def appeal_is_in_time(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """An appeal is lodged within the days counted from the notice (note 8)."""
    if about.somewhere:
        return None
    if about.appeal_closes is None or about.now is None:
        return sentence(gettext_noop("It is not known until when an appeal may be lodged."))
    if about.now >= about.appeal_closes:
        return sentence(gettext_noop("An appeal could be lodged until %(closes)s."), closes=about.appeal_closes)
    return None


def is_the_published_decision(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Embargo: the consortium reads the decision dossier once it is published (row 31)."""
    if not about.is_published:
        return sentence(gettext_noop("The decision has not been published yet."))
    if about.somewhere or about.dossier == "decision":
        return None
    return sentence(gettext_noop("The review dossier stays within the ministry."))


def entries_are_of_the_own_side(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """The coordinator reads what the consortium did, not what happens within the ministry."""
    if about.somewhere or about.entries in ("", "own_side"):
        return None
    return sentence(gettext_noop("You can read the entries of the consortium only."))


def entries_are_technical(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """A system administrator reads technical entries, without content."""
    if about.entries == "technical":
        return None
    return sentence(gettext_noop("System administrators read technical entries only."))


def is_not_about_oneself(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Nobody grants anything to himself or herself (note 9)."""
    if about.somewhere or (about.subject_id is not None and about.subject_id != who.user_id):
        return None
    return sentence(gettext_noop("Nobody changes the own account or role: ask a colleague."))


def an_auditor_cosigned_within_the_hour(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """An emergency reading needs an auditor's signature and ends after one hour."""
    if about.now is not None and about.cosigned_at is not None and about.cosigned_by not in (None, who.user_id):
        if timedelta(0) <= about.now - about.cosigned_at < BREAK_GLASS_LASTS:
            return None
        return sentence(gettext_noop("The hour of this emergency reading is over. Ask an auditor to co-sign again."))
    return sentence(gettext_noop("An auditor has to co-sign first; the reading then lasts one hour."))


def another_person_proposed(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Two persons: what one proposes another confirms."""
    if about.somewhere:
        return None
    if about.proposed_by is None:
        return sentence(gettext_noop("This has to be proposed by a colleague first."))
    if about.proposed_by == who.user_id:
        return sentence(gettext_noop("You proposed this yourself: another person has to confirm it."))
    return None


def is_member_of_an_organisation(who: Standing, state: BidState | None, about: About) -> Sentence | None:
    """Anybody who belongs to an organisation may start a bid."""
    if who.is_member:
        return None
    return sentence(gettext_noop("You are not a member of an organisation yet. Ask yours to invite you."))

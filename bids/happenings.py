"""Everything that can happen to a bid or beside it, each in a sentence: the words of the trail."""

from __future__ import annotations

from bids.rulebook.text import gettext_noop

# What the ministry does and the consortium is told by letter too; who did it stays within the ministry.
TOLD_TO_BOTH = (
    "taken_in", "changes_requested", "deadline_moved", "filed", "declared_inadmissible", "decision_published",
)  # fmt: skip

NOUNS = {
    "bid": gettext_noop("Basics"),
    "partner": gettext_noop("Partner"),
    "site": gettext_noop("Site"),
    "link": gettext_noop("Link between sites"),
    "work_package": gettext_noop("Work package"),
    "budget_line": gettext_noop("Budget line"),
    "commitment": gettext_noop("Commitment"),
    "chapter": gettext_noop("Chapter"),
    "risk": gettext_noop("Risk"),
    "indicator": gettext_noop("Indicator"),
    "document": gettext_noop("Document"),
    "scenario": gettext_noop("Scenario"),
    "organisation": gettext_noop("Organisation"),
    "membership": gettext_noop("Membership"),
}
VERBS = {
    "changed": gettext_noop("%(noun)s %(name)s: changed"),
    "details_changed": gettext_noop("%(noun)s %(name)s: lists inside changed"),
    "added": gettext_noop("%(noun)s %(name)s: added"),
    "removed": gettext_noop("%(noun)s %(name)s: removed"),
    "restored": gettext_noop("%(noun)s %(name)s: put back"),
}
HAPPENED = {
    "bid_started": gettext_noop("The bid was started."),
    "bid_copied": gettext_noop("The bid was made as a copy of %(of)s."),
    "bid_imported": gettext_noop("The bid was made from a bid file."),
    "bid_discarded": gettext_noop("The draft was discarded."),
    "dates_moved": gettext_noop("The dates of the bid were moved."),
    "rule_set_changed": gettext_noop("The bid was moved to another version of its call."),
    "confirmation_cleared": gettext_noop(
        "The confirmation of %(name)s no longer holds, because its card or costs changed."
    ),
    "partner_confirmed": gettext_noop("Card and figures of %(name)s were confirmed."),
    "person_added": gettext_noop("A person was given the role %(role)s."),
    "person_removed": gettext_noop("A person lost the role %(role)s."),
    "chapters_assigned": gettext_noop("Chapters were assigned to partners."),
    "budget_imported": gettext_noop(
        "The workbook “%(title)s” was imported into the budget. Lines added: %(added)s, changed: %(changed)s, "
        "removed: %(removed)s, put back: %(put_back)s."
    ),
    "budget_import_taken_back": gettext_noop("The import of the workbook “%(title)s” was taken back."),
    "locked": gettext_noop("The bid was locked for the final check."),
    "unlocked": gettext_noop("The bid was unlocked."),
    "submitted": gettext_noop("The bid was submitted as round %(round)s, receipt %(receipt)s."),
    "resubmitted": gettext_noop("The bid was resubmitted as round %(round)s, receipt %(receipt)s."),
    "reopened": gettext_noop("The bid was reopened; the submitted round stays valid."),
    "returned_to_submission": gettext_noop("The desk closed: the bid stands again as submitted in round %(round)s."),
    "changes_overdue": gettext_noop("The changes were not sent in time: the bid is reviewed as in round %(round)s."),
    "taken_in": gettext_noop("The ministry took the bid in for review."),
    "changes_requested": gettext_noop("The ministry requested changes in: %(sections)s."),
    "deadline_moved": gettext_noop("The ministry moved the date the desk closes for this bid."),
    "filed": gettext_noop("The bid was filed with the Union."),
    "declared_inadmissible": gettext_noop("The bid was declared inadmissible."),
    "withdrawn": gettext_noop("The bid was withdrawn."),
    "appeal_lodged": gettext_noop("An appeal was lodged."),
    "copied_to_linked_bid": gettext_noop("%(name)s was copied to the bid %(to)s."),
    "dossier_requested": gettext_noop("A dossier was asked for."),
    "dossier_retried": gettext_noop("A dossier that had failed was asked for again."),
    "dossier_cancelled": gettext_noop("The making of a dossier was stopped."),
    "scenario_adopted": gettext_noop("The scenario %(name)s was adopted: the bid is now what it said."),
    "adoption_taken_back": gettext_noop("The adoption of the scenario %(name)s was taken back."),
    "refused": gettext_noop("Refused: %(act)s."),
    "step_refused": gettext_noop("The step “%(step)s” was refused."),
}
# What stays within the ministry; `%(person)s` is the person an event is about.
AT_THE_DESK = {
    "call_loaded": gettext_noop("A version of a call was loaded."),
    "call_change_proposed": gettext_noop("Other numbers were proposed for a call."),
    "call_changed": gettext_noop("Other numbers of a call were confirmed: a new version holds them."),
    "call_change_refused": gettext_noop("Proposed numbers of a call were refused."),
    "call_change_taken_back": gettext_noop("Proposed numbers of a call were taken back."),
    "call_role_given": gettext_noop("%(person)s was given the role %(role)s."),
    "user_added": gettext_noop("%(person)s was invited."),
    "user_changed": gettext_noop("The account of %(person)s was changed."),
    "assigned": gettext_noop("%(person)s was assigned as: %(role)s."),
    "assignment_ended": gettext_noop("The assignment of %(person)s ended: %(role)s."),
    "interest_declared": gettext_noop("Declared: %(interest)s."),
    "review_saved": gettext_noop("A draft of a review was saved."),
    "review_sent": gettext_noop("A review of round %(round)s was sent."),
    "review_voided": gettext_noop("A review was voided, because of a conflict of interest."),
    "opinion_given": gettext_noop("An opinion was given. %(kind)s: %(verdict)s."),
    "opinion_voided": gettext_noop("An opinion no longer counts, because of a conflict of interest: %(kind)s."),
    "outside_opinion_recorded": gettext_noop("An opinion from outside was recorded. %(kind)s: %(verdict)s."),
    "opinion_answered": gettext_noop("A decision was recorded on an opinion: %(kind)s."),
    "paper_kept": gettext_noop("A paper entered the file: %(title)s."),
    "signature_recorded": gettext_noop("A signature was recorded for the commitment %(commitment)s."),
    "recommended": gettext_noop("Round %(round)s was recommended."),
    "approve_vote_given": gettext_noop("The first of two approvals was given."),
    "reject_vote_given": gettext_noop("The first of two rejections was given."),
    "vote_split": gettext_noop("The two votes differ: the bid went back to review."),
    "approved": gettext_noop("The bid was approved by two people."),
    "rejected": gettext_noop("The bid was rejected by two people."),
    "inadmissibility_proposed": gettext_noop("It was proposed to declare the bid inadmissible."),
    "deadline_move_proposed": gettext_noop("It was proposed to move the date the desk closes for this bid."),
    "late_filing_recorded": gettext_noop("A filing after the cut-off was recorded; a second person has to confirm it."),
    "decision_recorded": gettext_noop("The decision of the Union was recorded: %(outcome)s."),
    "decision_published": gettext_noop("The decision was published to the consortium."),
    "appeal_vote_given": gettext_noop("The first of two votes on the appeal was given."),
    "appeal_vote_split": gettext_noop("The two votes on the appeal differ: both judge once more."),
    "appeal_upheld": gettext_noop("The appeal was upheld."),
    "appeal_dismissed": gettext_noop("The appeal was dismissed."),
}

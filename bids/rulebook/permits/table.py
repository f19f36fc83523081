"""Who may do what, in which state: the whole permit table on one page.

Letters: D draft, K locked, S submitted, R in review, C changes requested, M recommended,
A approved, F filed, T closed; `S+` from S to T, `*` always, `*-T` until closed. A role without a
cell may never. Superusers have no cell.
"""

from __future__ import annotations

from bids.rulebook.permits import guards as on
from bids.rulebook.permits.acts import Act
from bids.rulebook.permits.cells import Cells, Row, at, confirm, each, propose, row
from bids.rulebook.permits.standing import Manner
from bids.rulebook.permits.states import States
from bids.rulebook.vocabulary import Role

CO, PE, FO, VW = Role.COORDINATOR, Role.PARTNER_EDITOR, Role.FINANCE_OFFICER, Role.VIEWER
RV, FI, LG, AP = Role.REVIEWER, Role.FINANCE_INSPECTOR, Role.LEGAL_REVIEWER, Role.APPROVER
CM, AU, SA = Role.CASE_MANAGER, Role.AUDITOR, Role.SYSTEM_ADMIN

CONSORTIUM = (CO, PE, FO, VW)
ADVISERS = (FI, LG)  # legal reviewers are like Inspectors, for the legal opinion
READERS = (RV, FI, LG, AP)

READ, WRITE = "read", "write-draft"  # scopes of tokens

_WHO_SEES: tuple[Cells, ...] = (each(CONSORTIUM, at("*")), each(READERS, at("S+")), {CM: (at("*"),), AU: (at("S+"),)})

_ROWS = (
    row(1, Act.SEE_BID, *_WHO_SEES, token=READ),
    row(2, Act.READ_WORKING_COPY, each(CONSORTIUM, at("*")), token=READ),
    row(3, Act.READ_SNAPSHOT, each((*CONSORTIUM, CM, AU), at("S+")), each(READERS, at("R+")), token=READ),
    row(
        4,
        Act.EDIT_CHAPTER,
        {CO: (at("DC", on.section_is_open),), PE: (at("DC", on.section_is_open, on.section_is_theirs),)},
        token=WRITE,
        section="chapters",
    ),
    row(
        5,
        Act.EDIT_OWN_BUDGET,
        each((CO, FO), at("DC", on.section_is_open, on.is_own_organisation)),
        token=WRITE,
        section="budget",
    ),
    row(
        6,
        Act.EDIT_PARTNER_BUDGET,
        {CO: (at("DC", on.section_is_open),), FO: (at("DC", on.is_lead_finance, on.section_is_open),)},
        token=WRITE,
        section="budget",
    ),
    row(
        7,
        Act.CONFIRM_PARTNER,
        {CO: (at("DKC", on.changes_are_not_due, on.is_own_organisation_or_mandated),)},
        {FO: (at("DKC", on.changes_are_not_due, on.is_own_organisation),)},
        token=WRITE,
    ),
    row(
        8,
        Act.UPLOAD_DOCUMENT,
        each((CO, FO), at("DC", on.section_is_open)),
        {PE: (at("DC", on.section_is_open, on.section_is_theirs),)},
        token=WRITE,
        section="documents",
    ),
    row(
        9,
        Act.REMOVE_DOCUMENT,
        {CO: (at("DC", on.section_is_open),)},
        each((PE, FO), at("DC", on.section_is_open, on.is_own_document)),
        token=WRITE,
        section="documents",
    ),
    row(
        10,
        Act.MANAGE_PEOPLE,
        {CO: (at("DC"),)},
        {CM: (propose("*", on.replaces_a_lost_coordinator), confirm("*", on.replaces_a_lost_coordinator))},
    ),
    row(11, Act.COMMENT, each(CONSORTIUM, at("*-T")), token=WRITE),
    row(12, Act.LOCK_BID, {CO: (at("DK"),)}),
    row(13, Act.SUBMIT_BID, {CO: (at("KCS"),)}, step_up=True),
    row(14, Act.WITHDRAW_BID, each((CO, AP), at("SRCMA")), step_up=True),
    row(15, Act.DRAFT_DOSSIER, each((CO, PE, FO), at("DKC")), token=WRITE),
    row(16, Act.DOWNLOAD_DOSSIER, each((*CONSORTIUM, CM, AU), at("S+")), each(READERS, at("R+")), token=READ),
    row(
        17,
        Act.EXPORT_BID,
        {CO: (at("*"),), FO: (at("*", on.is_own_organisation, scope="own_organisation"),)},
        each(ADVISERS, at("R+")),
        each((CM, AU), at("S+")),
        token=READ,
    ),
    row(18, Act.DECLARE_INTEREST, each(READERS, at("S+"))),
    row(19, Act.TAKE_IN_BID, {CM: (at("SR"),)}),
    row(20, Act.WRITE_REVIEW, {RV: (at("R"),)}),
    row(
        21,
        Act.READ_REVIEWS,
        {RV: (at("R+", on.own_review_is_sent),), AP: (at("M+"),)},
        each((*ADVISERS, CM, AU), at("R+")),
    ),
    row(22, Act.WRITE_OPINION, {FI: (at("R", on.opinion_is_financial),), LG: (at("R", on.opinion_is_legal),)}),
    row(23, Act.REQUEST_CHANGES, each((RV, FI, LG), propose("R")), {AP: (at("M"),), CM: (at("R"),)}),
    row(24, Act.RECOMMEND_BID, {CM: (at("R"),)}),
    row(25, Act.DECIDE_BID, {AP: (at("M", on.took_no_part_before),)}, step_up=True),
    row(26, Act.DECLARE_INADMISSIBLE, {AP: (confirm("S"),), CM: (propose("S"),)}),
    row(
        27,
        Act.MOVE_CALL_DEADLINE,
        {AP: (confirm("*", on.deadline_is_ahead_or_an_incident_recorded),)},
        {CM: (propose("*", on.deadline_is_ahead_or_an_incident_recorded),)},
        without_bid=True,
    ),
    row(
        28,
        Act.MOVE_BID_DEADLINE,
        {AP: (confirm("DKC", on.deadline_is_ahead_or_an_incident_recorded),)},
        {CM: (propose("DKC", on.deadline_is_ahead_or_an_incident_recorded),)},
    ),
    row(29, Act.FILE_BID, {AP: (confirm("A", on.filing_is_late),), CM: (at("A"),)}),
    row(30, Act.RECORD_DECISION, {CM: (at("F"),)}),
    row(31, Act.PUBLISH_DECISION, {CM: (at("AFT", on.decision_was_taken),)}),
    row(32, Act.LODGE_APPEAL, {CO: (at("T", on.decision_can_be_appealed, on.appeal_is_in_time),)}),
    row(
        33,
        Act.DECIDE_APPEAL,
        {AP: (at("T", on.decision_can_be_appealed, on.decided_nothing_before),)},
        step_up=True,
    ),
    row(34, Act.CHANGE_HISTORY),
    row(
        35,
        Act.READ_AUDIT,
        {CO: (at("*", on.entries_are_of_the_own_side, scope="own_side"),)},
        {AP: (at("M+"),), CM: (at("S+"),), AU: (at("*"),)},
        {SA: (at("*", on.entries_are_technical, scope="technical"),)},
        token=READ,
        without_bid=True,
    ),
    row(36, Act.VERIFY_SEAL, each(Role, at("*")), token=READ, without_bid=True),
    row(
        37,
        Act.MANAGE_ACCOUNTS,
        {CM: (propose("*", on.is_not_about_oneself),), SA: (confirm("*", on.is_not_about_oneself),)},
        without_bid=True,
    ),
    row(
        38,
        Act.BREAK_GLASS,
        {AU: (confirm("*"),), SA: (at("*", on.an_auditor_cosigned_within_the_hour, scope="one_hour"),)},
    ),
    row(39, Act.OWN_TOKEN, each((*CONSORTIUM, RV, FI, LG, CM, AU), at("*")), without_bid=True),
    row(40, Act.DISCARD_BID, {CO: (at("D"),)}),
    row(41, Act.START_BID, token=WRITE, without_bid=True, anyone=(at("*", on.is_member_of_an_organisation),)),
    row(
        42,
        Act.EDIT_PLAN,
        {CO: (at("DC", on.section_is_open),), PE: (at("DC", on.section_is_open, on.section_is_theirs),)},
        token=WRITE,
    ),
    row(
        43,
        Act.EDIT_PARTNER,
        {CO: (at("DC", on.section_is_open),)},
        each((PE, FO), at("DC", on.section_is_open, on.is_own_organisation)),
        token=WRITE,
        section="partners",
    ),
    row(
        44,
        Act.EDIT_COMMITMENTS,
        {CO: (at("DC", on.section_is_open),), FO: (at("DC", on.is_lead_finance, on.section_is_open),)},
        token=WRITE,
        section="commitments",
    ),
    row(44, Act.RECORD_SIGNATURE, {CM: (at("SRMA"),)}),
    row(45, Act.USE_SCENARIOS, each((CO, FO), at("*-T")), token=WRITE),
    row(46, Act.MINISTRY_COMMENT, each((*READERS, CM), at("R+")), {AU: (at("R+", manner=Manner.READ),)}, token=WRITE),
    row(
        47,
        Act.READ_REVIEW_DOSSIER,
        each(CONSORTIUM, at("AFT", on.is_the_published_decision)),
        each((*READERS, CM, AU), at("R+")),
    ),
    row(47, Act.BUILD_REVIEW_DOSSIER, {CM: (at("R+"),)}),
    row(48, Act.EDIT_CALL, {AP: (confirm("*"),), CM: (propose("*"),)}, without_bid=True),
    row(49, Act.RECORD_OUTSIDE_OPINION, {CM: (at("R"),)}),
    row(50, Act.LIST_BIDS, *_WHO_SEES, token=READ, without_bid=True),
)

TABLE: dict[Act, Row] = {found.act: found for found in _ROWS}

ALLOW: dict[Act, dict[Role, States]] = {
    act: {role: States().union(*(cell.states for cell in cells)) for role, cells in found.cells.items()}
    for act, found in TABLE.items()
}

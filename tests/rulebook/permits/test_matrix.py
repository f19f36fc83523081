"""Every cell of the permit table: role by act by state.

MATRIX is the table as the design gives it, typed a second time: the code must say the same. One
line per act: CO PE FO VW | RV FI LG AP | CM AU SA. `p:`, `c:` and `r:` stand for propose, confirm
and read only, `-` for never. Conditions are tested apart, in test_conditions.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.permits import ALLOW, TABLE, About, Act, Manner, Standing, decide, visible
from bids.rulebook.vocabulary import BidState, Role

MATRIX = """
see_bid                | *      *    *    *    | S+   S+   S+   S+     | *       S+   -
read_working_copy      | *      *    *    *    | -    -    -    -      | -       -    -
read_snapshot          | S+     S+   S+   S+   | R+   R+   R+   R+     | S+      S+   -
edit_chapter           | DC     DC   -    -    | -    -    -    -      | -       -    -
edit_own_budget        | DC     -    DC   -    | -    -    -    -      | -       -    -
edit_partner_budget    | DC     -    DC   -    | -    -    -    -      | -       -    -
confirm_partner        | DKC    -    DKC  -    | -    -    -    -      | -       -    -
upload_document        | DC     DC   DC   -    | -    -    -    -      | -       -    -
remove_document        | DC     DC   DC   -    | -    -    -    -      | -       -    -
manage_people          | DC     -    -    -    | -    -    -    -      | p:*,c:* -    -
comment                | *-T    *-T  *-T  *-T  | -    -    -    -      | -       -    -
lock_bid               | DK     -    -    -    | -    -    -    -      | -       -    -
submit_bid             | KCS    -    -    -    | -    -    -    -      | -       -    -
withdraw_bid           | SRCMA  -    -    -    | -    -    -    SRCMA  | -       -    -
draft_dossier          | DKC    DKC  DKC  -    | -    -    -    -      | -       -    -
download_dossier       | S+     S+   S+   S+   | R+   R+   R+   R+     | S+      S+   -
export_bid             | *      -    *    -    | -    R+   R+   -      | S+      S+   -
declare_interest       | -      -    -    -    | S+   S+   S+   S+     | -       -    -
take_in_bid            | -      -    -    -    | -    -    -    -      | SR      -    -
write_review           | -      -    -    -    | R    -    -    -      | -       -    -
read_reviews           | -      -    -    -    | R+   R+   R+   M+     | R+      R+   -
write_opinion          | -      -    -    -    | -    R    R    -      | -       -    -
request_changes        | -      -    -    -    | p:R  p:R  p:R  M      | R       -    -
recommend_bid          | -      -    -    -    | -    -    -    -      | R       -    -
decide_bid             | -      -    -    -    | -    -    -    M      | -       -    -
declare_inadmissible   | -      -    -    -    | -    -    -    c:S    | p:S     -    -
move_call_deadline     | -      -    -    -    | -    -    -    c:*    | p:*     -    -
move_bid_deadline      | -      -    -    -    | -    -    -    c:DKC  | p:DKC   -    -
file_bid               | -      -    -    -    | -    -    -    c:A    | A       -    -
record_decision        | -      -    -    -    | -    -    -    -      | F       -    -
publish_decision       | -      -    -    -    | -    -    -    -      | AFP     -    -
lodge_appeal           | X      -    -    -    | -    -    -    -      | -       -    -
decide_appeal          | -      -    -    -    | -    -    -    X      | -       -    -
change_history         | -      -    -    -    | -    -    -    -      | -       -    -
read_audit             | *      -    -    -    | -    -    -    M+     | S+      *    *
verify_seal            | *      *    *    *    | *    *    *    *      | *       *    *
manage_accounts        | -      -    -    -    | -    -    -    -      | p:*     -    c:*
break_glass            | -      -    -    -    | -    -    -    -      | -       c:*  *
own_token              | *      *    *    *    | *    *    *    -      | *       *    -
discard_bid            | D      -    -    -    | -    -    -    -      | -       -    -
start_bid              | *      *    *    *    | *    *    *    *      | *       *    *
edit_plan              | DC     DC   -    -    | -    -    -    -      | -       -    -
edit_partner           | DC     DC   DC   -    | -    -    -    -      | -       -    -
edit_commitments       | DC     -    DC   -    | -    -    -    -      | -       -    -
record_signature       | -      -    -    -    | -    -    -    -      | SRMA    -    -
use_scenarios          | *-T    -    *-T  -    | -    -    -    -      | -       -    -
ministry_comment       | -      -    -    -    | R+   R+   R+   R+     | R+      r:R+ -
read_review_dossier    | AFT    AFT  AFT  AFT  | R+   R+   R+   R+     | R+      R+   -
build_review_dossier   | -      -    -    -    | -    -    -    -      | R+      -    -
edit_call              | -      -    -    -    | -    -    -    c:*    | p:*     -    -
record_outside_opinion | -      -    -    -    | -    -    -    -      | R       -    -
list_bids              | *      *    *    *    | S+   S+   S+   S+     | *       S+   -
"""

ROLES = """
coordinator partner_editor finance_officer viewer
reviewer finance_inspector legal_reviewer approver
case_manager auditor system_admin
"""

DECIDED = "selected reserve not_selected ineligible rejected"
STATES = {
    "D": "draft",
    "K": "locked",
    "S": "submitted",
    "R": "in_review",
    "C": "changes_requested",
    "M": "recommended",
    "A": "approved",
    "F": "filed",
    "T": f"{DECIDED} inadmissible withdrawn",
    "P": DECIDED,  # closed after a decision of the approvers
    "X": "rejected inadmissible",  # closed, and an appeal is possible
}
SPANS = {"*": "DKSRCMAFT", "*-T": "DKSRCMAF", "S+": "SRCMAFT", "R+": "RCMAFT", "M+": "MAFT", "-": ""}
MANNERS = {"p": "propose", "c": "confirm", "r": "read", "": "do"}


def expected() -> dict[tuple[str, str, str], frozenset[str]]:
    """(act, role, manner) -> the states in which the design allows it, for every manner written."""
    cells: dict[tuple[str, str, str], frozenset[str]] = {}
    for line in MATRIX.strip().splitlines():
        act, *words = line.replace("|", " ").split()
        for role, cell in zip(ROLES.split(), words, strict=True):
            for part in cell.split(","):
                manner, _, span = part.rpartition(":")
                letters = SPANS.get(span, span)
                cells[act, role, MANNERS[manner]] = frozenset(" ".join(STATES[letter] for letter in letters).split())
    return cells


EXPECTED = expected()
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=BRUSSELS)
ME, SOMEBODY_ELSE = 1, 2


def all_is_well(role: Role, act: Act) -> Standing:
    """A person who meets every condition that depends on the person."""
    impartial = role in (Role.REVIEWER, Role.FINANCE_INSPECTOR, Role.LEGAL_REVIEWER, Role.APPROVER)
    return Standing(
        user_id=ME,
        roles=frozenset({role}),
        is_member=True,
        own_partner_keys=frozenset() if impartial else frozenset({"imec"}),
        own_sections=frozenset({"chapters", "sites"}),
        is_lead_finance=True,
        assigned=True,
        coi="none" if impartial else None,
        open_sections=frozenset({"chapters", "sites", "budget", "documents", "partners", "commitments"}),
        changes_due=NOW + timedelta(days=1),
    )


def nothing_missing(role: Role, act: Act, manner: str) -> About:
    """Particulars that meet every condition that depends on what is asked."""
    return About(
        now=NOW,
        manner=Manner(manner),
        partner="imec",
        section="sites/zellik" if act is Act.EDIT_PLAN else None,
        author_id=ME,
        role_given=Role.COORDINATOR,
        coordinator_is_lost=True,
        subject_id=SOMEBODY_ELSE,
        proposed_by=SOMEBODY_ELSE,
        own_review_sent=True,
        opinion="legal" if role is Role.LEGAL_REVIEWER else "finance",
        took_part=frozenset(),
        is_late=True,
        desk_closes=NOW + timedelta(days=30),
        dossier="decision",
        is_published=True,
        appeal_closes=NOW + timedelta(days=10),
        entries="technical" if role is Role.SYSTEM_ADMIN else "",
        cosigned_at=NOW - timedelta(minutes=5),
        cosigned_by=SOMEBODY_ELSE,
    )


def test_every_act_is_in_the_design_and_in_the_table() -> None:
    acts = [line.split()[0] for line in MATRIX.strip().splitlines()]
    assert acts == [act.value for act in Act] == [act.value for act in TABLE]
    assert [row.number for row in TABLE.values()] == sorted([*range(1, 51), 44, 47])


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("act", list(Act))
def test_permit(act: Act, role: Role) -> None:
    """In each manner the design writes, exactly its states; in any other manner none but what follows."""
    standing = all_is_well(role, act)
    written = {manner: states for (a, r, manner), states in EXPECTED.items() if (a, r) == (act, role)}
    for manner in Manner:
        wanted = written.get(manner.value, frozenset())
        if manner in (Manner.PROPOSE, Manner.READ):  # who may do it outright may do these too
            wanted |= written.get("do", frozenset())
        particulars = nothing_missing(role, act, manner.value)
        allowed = {state.value for state in BidState if decide(act, standing, state, particulars)}
        assert allowed == wanted, manner


@pytest.mark.parametrize("act", [act for act in Act if act is not Act.START_BID])
def test_nobody_without_a_role_may_do_anything(act: Act) -> None:
    for standing in (Standing(), Standing(is_superuser=True), Standing(is_superuser=True, is_member=True)):
        for state in (*BidState, None):
            decision = decide(act, standing, state, nothing_missing(Role.VIEWER, act, "do"))
            assert (decision.allowed, decision.code) == (False, "role")
            assert str(decision.reason)


def test_any_member_of_an_organisation_may_start_a_bid_and_nobody_else() -> None:
    assert decide(Act.START_BID, Standing(is_member=True), None)
    refused = decide(Act.START_BID, Standing(is_superuser=True), None)
    assert refused.code == "is_member_of_an_organisation"


def test_being_superuser_changes_no_decision() -> None:
    for role in Role:
        for act in Act:
            plain = Standing(user_id=ME, roles=frozenset({role}))
            crowned = Standing(user_id=ME, roles=frozenset({role}), is_superuser=True)
            for state in BidState:
                assert decide(act, plain, state) == decide(act, crowned, state)


def test_visible_is_row_one() -> None:
    seen = {
        role: {state for state in BidState if visible(all_is_well(role, Act.SEE_BID), state)}
        for role in (Role.VIEWER, Role.AUDITOR, Role.CASE_MANAGER, Role.SYSTEM_ADMIN)
    }
    assert seen[Role.VIEWER] == seen[Role.CASE_MANAGER] == set(BidState)
    assert seen[Role.AUDITOR] == set(BidState) - {BidState.DRAFT, BidState.LOCKED}
    assert seen[Role.SYSTEM_ADMIN] == set()


def test_the_plain_view_of_the_table_holds_states_per_role() -> None:
    assert ALLOW[Act.CHANGE_HISTORY] == {}
    assert ALLOW[Act.LOCK_BID] == {Role.COORDINATOR: {BidState.DRAFT, BidState.LOCKED}}
    assert ALLOW[Act.REQUEST_CHANGES][Role.APPROVER] == {BidState.RECOMMENDED}


STEP_UP = {Act.SUBMIT_BID, Act.WITHDRAW_BID, Act.DECIDE_BID, Act.DECIDE_APPEAL}


@pytest.mark.parametrize("act", list(Act))
def test_step_up_is_asked_for_four_acts(act: Act) -> None:
    assert TABLE[act].step_up == (act in STEP_UP)


NEVER_BY_TOKEN = {10, *range(12, 15), *range(18, 35), *range(37, 41), 47, 48, 49}


@pytest.mark.parametrize("act", list(Act))
def test_what_a_token_reaches(act: Act) -> None:
    row = TABLE[act]
    assert (row.token is None) == (row.number in NEVER_BY_TOKEN or act is Act.RECORD_SIGNATURE)

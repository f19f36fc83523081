"""How a permit is asked for: in general, by token, with several roles; and what a refusal says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bids.rulebook.permits import About, Act, Standing, decide
from bids.rulebook.vocabulary import BidState, Role
from tests.rulebook.permits.people import (
    ADA,
    DUE,
    NOW,
    REJECTED,
    A,
    C,
    D,
    K,
    M,
    R,
    S,
    ada,
    approver,
    auditor,
    code,
    editor,
    inspector,
    lawyer,
    manager,
    officer,
    reviewer,
)

SOMEWHERE = [
    (Act.EDIT_CHAPTER, editor, D),
    (Act.EDIT_OWN_BUDGET, officer, D),
    (Act.CONFIRM_PARTNER, ada, D),
    (Act.CONFIRM_PARTNER, officer, D),
    (Act.REMOVE_DOCUMENT, editor, D),
    (Act.MANAGE_PEOPLE, manager, S),
    (Act.WRITE_OPINION, inspector, R),
    (Act.WRITE_OPINION, lawyer, R),
    (Act.DECIDE_BID, approver, M),
    (Act.DECLARE_INADMISSIBLE, approver, S),
    (Act.MOVE_BID_DEADLINE, manager, D),
    (Act.FILE_BID, approver, A),
    (Act.LODGE_APPEAL, ada, REJECTED),
    (Act.DECIDE_APPEAL, approver, REJECTED),
    (Act.MANAGE_ACCOUNTS, manager, None),
]


@pytest.mark.parametrize(("act", "who", "state"), SOMEWHERE)
def test_a_page_may_ask_before_the_particulars_are_known(act: Act, who: Standing, state: BidState | None) -> None:
    assert code(act, who, state, somewhere=True) == "allowed"
    assert code(act, who, state, somewhere=False) != "allowed"


@pytest.mark.parametrize("lost", ["own_sections", "own_partner_keys"])
def test_a_section_or_an_organisation_is_enough_to_be_asked_in(lost: str) -> None:
    assert code(Act.EDIT_CHAPTER, replace(editor, **{lost: frozenset()}), D, somewhere=True) == "allowed"


def test_asking_in_general_does_not_open_what_is_closed_everywhere() -> None:
    assert code(Act.EDIT_CHAPTER, replace(editor, own_sections=frozenset(), own_partner_keys=frozenset()), D,
                somewhere=True) == "section_is_theirs"  # fmt: skip
    closed = replace(ada, changes_due=DUE)
    assert code(Act.EDIT_CHAPTER, closed, C, somewhere=True, now=NOW) == "section_is_open"
    opened = replace(closed, open_sections=frozenset({"risks"}))
    assert code(Act.EDIT_CHAPTER, opened, C, somewhere=True, now=NOW) == "allowed"
    assert code(Act.READ_REVIEW_DOSSIER, ada, A, somewhere=True) == "is_the_published_decision"
    assert code(Act.READ_REVIEW_DOSSIER, ada, A, somewhere=True, is_published=True) == "allowed"
    assert code(Act.EDIT_OWN_BUDGET, replace(officer, own_partner_keys=frozenset()), D, somewhere=True) == (
        "is_own_organisation"
    )


def test_a_token_reaches_no_further_than_its_scope_and_its_owner() -> None:
    reader = replace(ada, token_scopes=frozenset({"read"}))
    writer = replace(ada, token_scopes=frozenset({"write-draft"}))
    assert code(Act.READ_WORKING_COPY, reader, D) == "allowed"
    assert code(Act.READ_WORKING_COPY, writer, D) == "token"
    assert code(Act.EDIT_CHAPTER, writer, D) == "allowed"
    assert code(Act.EDIT_CHAPTER, writer, K) == "state"
    assert code(Act.EDIT_CHAPTER, reader, D) == "token"
    everything = replace(ada, token_scopes=frozenset({"read", "write-draft"}))
    assert code(Act.SUBMIT_BID, everything, K) == "token"
    assert code(Act.READ_WORKING_COPY, replace(ada, token_scopes=frozenset()), D) == "token"


def test_of_several_roles_the_one_that_allows_counts() -> None:
    both = Standing(ADA, frozenset({Role.VIEWER, Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"imec"}))
    assert code(Act.EDIT_OWN_BUDGET, both, D, partner="imec") == "allowed"
    whole = Standing(ADA, frozenset({Role.COORDINATOR, Role.FINANCE_OFFICER}), own_partner_keys=frozenset({"imec"}))
    assert decide(Act.EXPORT_BID, whole, D, About(partner="cenaero")).scope == ""


def test_a_refusal_says_who_may_and_when() -> None:
    assert str(decide(Act.LOCK_BID, editor, D).reason) == "Your role does not allow this. It is for: Coordinator."
    assert str(decide(Act.LOCK_BID, ada, R).reason) == (
        "The bid's state is “In review”. This can be done in: Draft or Locked for the final check."
    )
    assert str(decide(Act.CHANGE_HISTORY, auditor, R).reason) == "Nobody may do this."
    assert str(decide(Act.EDIT_CHAPTER, ada, None).reason) == "This can only be done on a bid."
    assert str(decide(Act.DECLARE_INADMISSIBLE, approver, S).reason) == (
        "This has to be proposed by a colleague first; you can then confirm it."
    )


def test_the_refusal_nearest_to_a_yes_is_told() -> None:
    both = replace(officer, roles=frozenset({Role.FINANCE_OFFICER, Role.APPROVER}))
    assert code(Act.CONFIRM_PARTNER, both, D, partner="imec") == "is_own_organisation"
    assert code(Act.REQUEST_CHANGES, replace(reviewer, roles=frozenset({Role.REVIEWER, Role.APPROVER})), R) == "manner"

"""The conditions on what the consortium does: each refuses what it should, with its name and a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bids.rulebook.permits import Act
from tests.rulebook.permits.people import (
    ADA,
    BRUNO,
    DUE,
    NOW,
    C,
    D,
    K,
    ada,
    code,
    editor,
    officer,
)


@pytest.mark.parametrize(
    ("section", "answer"),
    [
        ("chapters/6", "allowed"),
        ("chapters/7", "section_is_theirs"),
        (None, "section_is_theirs"),
    ],
)
def test_an_editor_writes_only_in_sections_of_the_own_organisation(section: str | None, answer: str) -> None:
    assert code(Act.EDIT_CHAPTER, editor, D, section=section) == answer


@pytest.mark.parametrize(
    ("opened", "section", "answer"),
    [
        ({"chapters/6"}, "chapters/6", "allowed"),
        ({"chapters"}, "chapters/6", "allowed"),
        ({"chapters/6"}, "chapters/7", "section_is_open"),
        ({"chapters/6"}, "chapters", "section_is_open"),
        ({"budget"}, "chapters/6", "section_is_open"),
        (set(), "chapters/6", "section_is_open"),
    ],
)
def test_while_changes_are_requested_only_opened_sections_move(opened: set[str], section: str, answer: str) -> None:
    who = replace(ada, open_sections=frozenset(opened), changes_due=DUE)
    assert code(Act.EDIT_CHAPTER, who, C, section=section, now=NOW) == answer


@pytest.mark.parametrize(
    ("act", "opened", "partner"),
    [
        (Act.EDIT_OWN_BUDGET, "budget", "imec"),
        (Act.EDIT_PARTNER_BUDGET, "budget", "cenaero"),
        (Act.EDIT_PARTNER, "partners/imec", "imec"),
        (Act.EDIT_COMMITMENTS, "commitments", None),
        (Act.UPLOAD_DOCUMENT, "documents", None),
        (Act.REMOVE_DOCUMENT, "documents", None),
        (Act.EDIT_CHAPTER, "chapters", None),
    ],
)
def test_an_act_knows_the_section_it_is_about(act: Act, opened: str, partner: str | None) -> None:
    who = replace(ada, open_sections=frozenset({opened}), changes_due=DUE)
    assert code(act, who, C, now=NOW, partner=partner) == "allowed"
    assert code(act, replace(who, open_sections=frozenset({"risks"})), C, now=NOW, partner=partner) == "section_is_open"


def test_the_plan_has_no_section_of_its_own() -> None:
    who = replace(ada, open_sections=frozenset({"sites"}), changes_due=DUE)
    assert code(Act.EDIT_PLAN, who, C, now=NOW) == "section_is_open"
    assert code(Act.EDIT_PLAN, who, C, now=NOW, section="sites/zellik") == "allowed"


@pytest.mark.parametrize(
    ("now", "due", "answer"),
    [
        (DUE - timedelta(microseconds=1), DUE, "allowed"),
        (DUE, DUE, "section_is_open"),
        (None, DUE, "section_is_open"),
        (NOW, None, "section_is_open"),
    ],
)
def test_after_the_due_date_nothing_moves(now: datetime | None, due: datetime | None, answer: str) -> None:
    who = replace(ada, open_sections=frozenset({"chapters"}), changes_due=due)
    assert code(Act.EDIT_CHAPTER, who, C, section="chapters/1", now=now) == answer


def test_figures_are_confirmed_until_the_due_date() -> None:
    who = replace(officer, changes_due=DUE)
    assert code(Act.CONFIRM_PARTNER, who, C, partner="cenaero", now=NOW) == "allowed"
    assert code(Act.CONFIRM_PARTNER, who, C, partner="cenaero", now=DUE) == "changes_are_not_due"
    assert code(Act.CONFIRM_PARTNER, who, K, partner="cenaero") == "allowed"


@pytest.mark.parametrize("act", [Act.EDIT_OWN_BUDGET, Act.EDIT_PARTNER, Act.EXPORT_BID, Act.CONFIRM_PARTNER])
def test_a_finance_officer_keeps_to_the_own_organisation(act: Act) -> None:
    refused = "is_own_organisation"
    assert code(act, officer, D, partner="cenaero") == "allowed"
    assert code(act, officer, D, partner="imec") == refused
    assert code(act, officer, D) == refused


@pytest.mark.parametrize("act", [Act.EDIT_PARTNER_BUDGET, Act.EDIT_COMMITMENTS])
def test_only_the_finance_officer_of_the_lead_goes_further(act: Act) -> None:
    assert code(act, officer, D, partner="imec") == "is_lead_finance"
    assert code(act, replace(officer, is_lead_finance=True), D, partner="imec") == "allowed"


def test_the_coordinator_confirms_for_others_only_with_a_mandate() -> None:
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="imec") == "allowed"
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="cenaero") == "is_own_organisation_or_mandated"
    assert code(Act.CONFIRM_PARTNER, ada, D, partner="cenaero", is_mandated=True) == "allowed"


def test_a_file_is_removed_by_its_owner_or_the_coordinator() -> None:
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=BRUNO, partner="imec") == "is_own_document"
    assert code(Act.REMOVE_DOCUMENT, officer, D) == "is_own_document"
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=ADA) == "allowed"
    assert code(Act.REMOVE_DOCUMENT, officer, D, author_id=BRUNO, partner="cenaero") == "allowed"
    assert code(Act.REMOVE_DOCUMENT, ada, D, author_id=BRUNO) == "allowed"


def test_an_editor_uploads_to_own_sections_or_for_the_own_organisation() -> None:
    assert code(Act.UPLOAD_DOCUMENT, editor, D) == "section_is_theirs"
    assert code(Act.UPLOAD_DOCUMENT, editor, D, partner="cenaero") == "allowed"
    assert code(Act.UPLOAD_DOCUMENT, editor, D, section="sites/charleroi") == "allowed"

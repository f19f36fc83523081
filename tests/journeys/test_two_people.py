"""Two people change the same thing: the second is shown both texts, mixes them, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.browsing import Person
from tests.journeys.consortium import retype_cell
from tests.ui.stage import faults

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

BID = "/bids/BE-AIFA-2025"
SOMEBODY_WAS_FIRST = "Someone else saved this while you were writing Demo coordinator saved it on"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])

SignIn = Callable[..., Person]


@SCRIPTS
def test_a_budget_line_that_two_people_save(sign_in: SignIn, scripts: bool) -> None:
    coordinator, finance = (sign_in(login, java_script_enabled=scripts) for login in ("coordinator", "finance"))
    for person in (coordinator, finance):
        person.go(f"{BID}/budget/lines/L001/")
    coordinator.write("Description", f"Described by the coordinator, {scripts}")
    coordinator.press("Save")
    finance.write("Description", f"Described by the finance officer, {scripts}")
    finance.write("Year", "2027" if scripts else "2026")
    assert finance.press("Save") == 409
    assert not scripts or faults(finance.page) == []
    assert finance.reads(SOMEBODY_WAS_FIRST)
    assert finance.reads(f"Described by the coordinator, {scripts}")
    assert finance.wrote("Yours", within="Description") == f"Described by the finance officer, {scripts}"
    finance.write("Yours", f"Described by both, {scripts}", within="Description")
    finance.press("Save mine over it")
    coordinator.go(f"{BID}/budget/lines/L001/")
    both = (f"Described by both, {scripts}", "2027" if scripts else "2026")
    assert (coordinator.wrote("Description"), coordinator.wrote("Year")) == both


@SCRIPTS
def test_a_chapter_that_two_people_save(sign_in: SignIn, scripts: bool) -> None:
    coordinator, partner = (sign_in(login, java_script_enabled=scripts) for login in ("coordinator", "partner"))
    coordinator.go(f"{BID}/people/")
    coordinator.choose("2.3 Summary", "Cenaero")
    coordinator.press("Assign")
    for person in (coordinator, partner):
        person.go(f"{BID}/chapters/2.3/en/write/")
    mine, theirs = f"Ours: two sites, one door, {scripts}.", f"Theirs: one gateway, {scripts}."
    coordinator.write("Text", theirs)
    coordinator.press("Save")
    partner.write("Text", mine)
    assert partner.press("Save") == 409
    assert partner.reads(SOMEBODY_WAS_FIRST)
    assert partner.reads(theirs)
    assert partner.wrote("Yours", within="Text") == mine
    partner.write("Yours", f"{theirs}\n\n{mine}", within="Text")
    partner.press("Save mine over it")
    assert partner.reads(f"{theirs} {mine}")
    coordinator.go(f"{BID}/chapters/2.3/en/")
    assert coordinator.reads(f"{theirs} {mine}")


def test_a_cell_of_the_table_that_two_people_save(sign_in: SignIn) -> None:
    """Both texts appear below the row; the other one is taken with a click."""
    coordinator, finance = sign_in("coordinator"), sign_in("finance")
    for person in (coordinator, finance):
        person.go(f"{BID}/budget/?partner=imec")
    retype_cell(coordinator, "L002", "Description", "Coordination by two people")
    finance.write("Description, line L002", "Coordination, by three people")
    finance.page.keyboard.press("Tab")
    finance.page.get_by_text("Someone else saved this while you were writing").wait_for()
    assert finance.reads("Coordination by two people")
    assert finance.wrote("Yours", within="Description") == "Coordination, by three people"
    finance.named("Take this one", "button").click()
    assert finance.wrote("Yours", within="Description") == "Coordination by two people"
    finance.press("Save mine over it")
    assert finance.wrote("Description, line L002") == "Coordination by two people"


def test_the_other_text_can_be_kept(sign_in: SignIn) -> None:
    coordinator, finance = sign_in("coordinator"), sign_in("finance")
    for person in (coordinator, finance):
        person.go(f"{BID}/budget/lines/L003/")
    coordinator.write("Description", "The office, as the coordinator sees it")
    coordinator.press("Save")
    finance.write("Description", "The office, as the finance officer sees it")
    assert finance.press("Save") == 409
    finance.follow("Keep theirs")
    assert finance.wrote("Description, line L003") == "The office, as the coordinator sees it"

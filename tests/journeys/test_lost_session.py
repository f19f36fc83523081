"""Somebody is logged out while typing: the text goes along to the log-in, and is saved after it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.house import House
from tests.journeys.browsing import Person
from tests.ui.stage import faults

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

BID = "/bids/BE-AIFA-2025"
EMAIL = "coordinator@demo.tandem.example"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])

SignIn = Callable[..., Person]


def log_out(person: Person) -> None:
    """In this window; the others still show what they showed."""
    person.go("/")
    person.page.locator("summary", has_text="Signed in as").click()
    person.press("Log out")


def log_in(person: Person, password: str) -> int:
    person.write("E-mail address", EMAIL)
    person.write("Password", password)
    return person.press("Log in")


@SCRIPTS
def test_a_chapter_is_saved_after_the_log_in(sign_in: SignIn, demo_house: House, scripts: bool) -> None:
    coordinator = sign_in("coordinator", java_script_enabled=scripts)
    coordinator.go(f"{BID}/chapters/3.2/en/write/")
    text = f"Hours of work, {scripts}: “quoted”, 100 % & more.\n\nA second paragraph."
    coordinator.write("Text", text)
    log_out(coordinator.one_more_window())
    assert coordinator.press("Save") == 401
    assert coordinator.reads("What you typed is not saved yet")
    assert not scripts or faults(coordinator.page) == []
    assert log_in(coordinator, "wrong") == 200
    assert log_in(coordinator, demo_house.password(EMAIL)) == 200
    assert coordinator.reads("What you typed is still here")
    assert not scripts or faults(coordinator.page) == []
    coordinator.press("Send it now")
    assert coordinator.reads(" ".join(text.split()))


@SCRIPTS
def test_a_form_that_is_older_than_the_session_is_saved(sign_in: SignIn, demo_house: House, scripts: bool) -> None:
    """Logged out and in again in another window: the form in this one carries the secret of the former session."""
    coordinator = sign_in("coordinator", java_script_enabled=scripts)
    coordinator.go(f"{BID}/budget/lines/L004/")
    coordinator.write("Description", f"Older than the session, {scripts}")
    other_window = coordinator.one_more_window()
    log_out(other_window)
    other_window.go("/accounts/log-in/")
    log_in(other_window, demo_house.password(EMAIL))
    assert coordinator.press("Save") == 403
    coordinator.press("Send it now")
    coordinator.go(f"{BID}/budget/lines/L004/")
    assert coordinator.wrote("Description") == f"Older than the session, {scripts}"


def test_a_cell_of_the_table_is_saved_after_the_log_in(sign_in: SignIn, demo_house: House) -> None:
    coordinator = sign_in("coordinator")
    coordinator.go(f"{BID}/budget/")
    coordinator.write("Description, line L005", "Typed into a cell")
    log_out(coordinator.one_more_window())
    with coordinator.page.expect_navigation():
        coordinator.page.keyboard.press("Tab")
    log_in(coordinator, demo_house.password(EMAIL))
    coordinator.press("Send it now")
    assert coordinator.wrote("Description, line L005") == "Typed into a cell"

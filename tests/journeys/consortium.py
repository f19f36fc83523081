"""What people of a consortium do at their browsers."""

from __future__ import annotations

from typing import Any

from tests.journeys.browsing import Person

FIGURES = ("Total cost", "Contribution of the Union", "National share", "Not signed for yet")
LOCK = "Lock for the final check"


def open_bid(person: Person, reference: str) -> None:
    """From the list of one's own bids to the overview of this one."""
    person.go("/")
    with person.page.expect_navigation():
        person.page.locator(".bid-card", has_text=f"{reference} ").get_by_role("link").click()


def figures(person: Person) -> dict[str, str]:
    """The money as the page at hand shows it."""
    return {label: person.figure(label) for label in FIGURES}


def retype_cell(person: Person, line: str, name: str, words: str) -> None:
    """Type over one cell of the budget table and leave it; it is saved by itself."""
    person.write(f"{name}, line {line}", words)
    person.page.keyboard.press("Tab")
    person.page.get_by_text("Saved ").wait_for()


def why(person: Person, label: str) -> Any:
    """The link behind a figure."""
    return person.page.get_by_role("link", name=f"Why? {label}").first


def ask_why(person: Person, label: str) -> str:
    """Open the reasons of a figure over the page, then as a page of their own; what they say."""
    why(person, label).click()
    person.page.get_by_role("dialog").get_by_text("Step by step").wait_for()
    person.follow("Open as a page")
    return person.text


def confirm(person: Person, partner: str) -> None:
    """Read card and figures of a partner, then stand by them."""
    person.follow(f"Confirm {partner}")
    person.press("Confirm")


def take_step(person: Person, reference: str, name: str, password: str = "") -> None:
    """One step of the bid, from its overview; where it asks who one is, with the password."""
    open_bid(person, reference)
    person.follow(name)
    if password:
        person.follow("Continue")
        person.write("Your password", password)
        person.press("Continue")
    person.press(name)


def download(person: Person, reference: str, name: str) -> bytes:
    """The PDF of a dossier, as soon as it is made."""
    open_bid(person, reference)
    person.follow("Dossiers")
    return person.fetch(name)

"""A coordinator whose browser runs no scripts begins a bid, fills it, and sees what it costs and lacks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bids.actions.plain_pdf import letter
from tests.dossier.paper import Paper
from tests.journeys.browsing import Person
from tests.journeys.consortium import why

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

CALL = "(EUROHPC-2024-CEI-AI-02)"
FIRST_CHAPTER = "It begins with a single plain page."

SignIn = Callable[..., Person]


def test_a_bid_is_begun_and_filled_without_scripts(sign_in: SignIn, tmp_path: Path) -> None:
    coordinator = sign_in("coordinator", java_script_enabled=False)
    a_bid_is_begun(coordinator)
    a_partner_and_a_site_are_added(coordinator)
    lines_are_written_changed_removed_and_put_back(coordinator)
    a_chapter_is_looked_at_and_saved(coordinator)
    a_letter_is_uploaded(coordinator, tmp_path)
    the_bid_says_what_it_lacks(coordinator)
    a_draft_is_printed(coordinator)


def a_bid_is_begun(coordinator: Person) -> None:
    coordinator.follow("Start a bid")
    coordinator.page.get_by_label(CALL).check()
    coordinator.press("Start")
    assert coordinator.page.title().startswith("Error:")
    assert coordinator.page.get_by_label(CALL).is_checked()
    coordinator.write("Title", "A bid on plain paper")
    coordinator.write("Reference", "BE-PLAIN")
    coordinator.press("Start")
    assert coordinator.reads("Bid BE-PLAIN · Draft")


def a_partner_and_a_site_are_added(coordinator: Person) -> None:
    coordinator.follow("Consortium")
    coordinator.follow("Add a partner")
    coordinator.write("Legal name", "Vrije Universiteit Brussel")
    coordinator.write("Short name", "VUB")
    coordinator.choose("Country", "Belgium")
    coordinator.choose("Kind", "Public body")
    coordinator.choose("Role in the bid", "Beneficiary")
    coordinator.press("Save")
    coordinator.follow("Sites")
    coordinator.follow("Add a site")
    coordinator.write("Name", "Zellik")
    coordinator.choose("Hosting partner", "VUB")
    coordinator.press("Save")
    assert coordinator.reads("Zellik")


def lines_are_written_changed_removed_and_put_back(coordinator: Person) -> None:
    coordinator.follow("Budget")
    coordinator.follow("Add the first line")
    coordinator.write("Description", "Nodes")
    coordinator.choose("Stream", "Machine")
    coordinator.choose("Category", "Acquisition")
    coordinator.write("Amount", "1,000,000.00")
    coordinator.press("Add, then the next one")
    coordinator.write("Description", "Cooling")
    coordinator.write("Amount", "200000")
    coordinator.press("Add the line")
    assert coordinator.figure("Contribution of the Union") == "€ 600,000.00"
    coordinator.write("Amount (€), line L002", "100000")
    coordinator.press("Save, line L002")
    assert coordinator.figure("Contribution of the Union") == "€ 550,000.00"
    coordinator.press("Remove, line L002")
    assert coordinator.figure("Contribution of the Union") == "€ 500,000.00"
    coordinator.press("Undo")
    why(coordinator, "Contribution of the Union").click()
    assert coordinator.reads("€ 550,000.00")


def a_chapter_is_looked_at_and_saved(coordinator: Person) -> None:
    coordinator.follow("Chapters")
    coordinator.follow("Write")
    coordinator.write("Text", f"## A beginning\n\n{FIRST_CHAPTER}")
    coordinator.press("Preview")
    assert coordinator.page.get_by_role("heading", name="A beginning").is_visible()
    coordinator.press("Save")
    assert coordinator.reads(FIRST_CHAPTER)


def a_letter_is_uploaded(coordinator: Person, folder: Path) -> None:
    pdf = folder / "letter.pdf"
    coordinator.follow("Documents")
    coordinator.follow("Upload a document")
    pdf.write_bytes(b"not a letter at all")
    coordinator.attach("PDF file", pdf)
    coordinator.write("Title", "Letter of the Region")
    coordinator.press("Save")
    assert coordinator.wrote("Title") == "Letter of the Region"
    pdf.write_bytes(letter("Letter", ["We pay."], "Specimen", "SPECIMEN"))
    coordinator.attach("PDF file", pdf)
    coordinator.press("Save")
    assert coordinator.reads("Letter of the Region")


def the_bid_says_what_it_lacks(coordinator: Person) -> None:
    coordinator.follow("Readiness")
    assert coordinator.reads("Blocks submission")
    coordinator.follow("Overview")
    assert coordinator.reads("Lock for the final check Not yet")


def a_draft_is_printed(coordinator: Person) -> None:
    coordinator.follow("Dossiers")
    coordinator.press("Make a draft")
    while coordinator.reads("Look again"):
        coordinator.page.wait_for_timeout(500)
        coordinator.follow("Look again")
    assert FIRST_CHAPTER in Paper(coordinator.fetch("Draft, English")).text

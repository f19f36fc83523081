"""The Belgian bid on its whole way: from a line that is lowered to the Union's decision and the paper that tells it.

People click and type; nothing is asked of the database or the API behind their backs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bids.actions.plain_pdf import letter
from tests.dossier.paper import Paper
from tests.house import House
from tests.journeys import consortium, desk
from tests.journeys.browsing import Person

pytestmark = [
    pytest.mark.browser,
    pytest.mark.worker,
    pytest.mark.xdist_group("house"),
    pytest.mark.timeout(600),
]

BID = "BE-AIF-2025"
BEFORE = {
    "Total cost": "€ 80,000,000.00",
    "Contribution of the Union": "€ 40,000,000.00",
    "National share": "€ 40,000,000.00",
    "Not signed for yet": "€ 0.00",
}
# L066 is lowered by 20,000.00: with a quarter of indirect costs 25,000.00, of which the Union paid half.
AFTER = {
    "Total cost": "€ 79,975,000.00",
    "Contribution of the Union": "€ 39,987,500.00",
    "National share": "€ 39,987,500.00",
    "Not signed for yet": "€ 0.00",
}
WITH_A_MANDATE = (
    "Cenaero", "VUB", "UGent", "ULiège", "UCLouvain", "UMONS", "UNamur", "Multitel", "CETIC", "AdN",
    "Voorbeeld-Exemple AI",
)  # fmt: skip
ASSIGNED = {
    "reviewer1": ("Demo reviewer 1", "Reviewer"),
    "reviewer2": ("Demo reviewer 2", "Reviewer"),
    "legal": ("Demo legal reviewer", "Legal reviewer"),
    "inspector": ("Demo Inspector of Finance", "Inspector of Finance"),
}
ONLY_ONCE = "You have voted already: the second vote is another person's."
SUBMISSION, DECISION = "Submission, round 1", "Decision, round 1"

SignIn = Callable[..., Person]


def test_the_belgian_bid_from_a_lowered_line_to_the_decision(
    sign_in: SignIn, demo_house: House, tmp_path: Path
) -> None:
    password = demo_house.password("coordinator@demo.tandem.example")
    coordinator = sign_in("coordinator")
    a_line_is_lowered(coordinator)
    the_partners_confirm(coordinator, sign_in("finance"))
    digest = the_bid_is_submitted(coordinator, password)
    the_submission_says_what_the_screen_says(coordinator, digest)

    ministry = {login: sign_in(login) for login in ("manager", *ASSIGNED, "approver1", "approver2")}
    manager = ministry["manager"]
    the_case_manager_takes_in(ministry)
    the_bid_is_judged(ministry)
    desk.take_step(manager, BID, "Recommend")
    two_approve(ministry, password)
    the_bid_is_filed_and_selected(manager, tmp_path)
    both_sides_read_the_decision(manager, coordinator, digest)


def a_line_is_lowered(coordinator: Person) -> None:
    consortium.open_bid(coordinator, BID)
    assert consortium.figures(coordinator) == BEFORE
    coordinator.follow("Budget")
    consortium.retype_cell(coordinator, "L066", "Amount (€)", "329000")
    assert consortium.figures(coordinator) == AFTER
    reasons = consortium.ask_why(coordinator, "Contribution of the Union")
    assert "€ 39,987,500.00" in reasons
    assert "last changed by Demo coordinator" in reasons
    consortium.open_bid(coordinator, BID)
    assert consortium.figures(coordinator) == AFTER
    assert coordinator.reads("Everything is signed.")


def the_partners_confirm(coordinator: Person, finance: Person) -> None:
    assert coordinator.reads("These partners have not confirmed their card and figures: imec, Cenaero, VUB")
    finance.follow(f"{BID}: confirm card and figures of imec")
    finance.press("Confirm")
    coordinator.follow("12 partners have not confirmed their figures")
    for partner in WITH_A_MANDATE:
        consortium.confirm(coordinator, partner)
    assert not coordinator.reads("Not confirmed")


def the_bid_is_submitted(coordinator: Person, password: str) -> str:
    """The digest on the receipt."""
    consortium.take_step(coordinator, BID, consortium.LOCK)
    consortium.take_step(coordinator, BID, "Submit", password)
    assert coordinator.reads("The bid is submitted. This is your receipt.")
    assert re.search(r"Received \d+ \w+ \d{4}, \d\d:\d\d:\d\d \(Brussels\)", coordinator.text)
    told = re.search(r"SHA-256 of the bid ([0-9a-f]{64})", coordinator.text)
    assert told
    return told[1]


def the_submission_says_what_the_screen_says(coordinator: Person, digest: str) -> None:
    consortium.open_bid(coordinator, BID)
    assert consortium.figures(coordinator) == AFTER
    assert_says(consortium.download(coordinator, BID, SUBMISSION), AFTER, digest)


def assert_says(pdf: bytes, figures: dict[str, str], digest: str) -> None:
    """The paper names the frozen bid on every page, and the figures of the screen."""
    paper = Paper(pdf)
    assert len(paper.pages) > 30
    assert [number for number, page in enumerate(paper.pages, 1) if digest[:16] not in page] == []
    for value in figures.values():
        assert value.removeprefix("€ ") in paper.text


def the_case_manager_takes_in(ministry: dict[str, Person]) -> None:
    manager = ministry["manager"]
    desk.open_file(manager, BID)
    assert manager.reads("Take in Not yet")
    desk.take_up(manager, "Assign reviewers, then take in", BID)
    for name, role in ASSIGNED.values():
        desk.assign(manager, name, role)
    for login in ASSIGNED:
        desk.declare_no_conflict(ministry[login], BID)
    desk.take_step(manager, BID, "Take in")


def the_bid_is_judged(ministry: dict[str, Person]) -> None:
    desk.open_file(ministry["manager"], BID)
    assert ministry["manager"].reads("Recommend Not yet")
    desk.send_review(ministry["reviewer1"], BID, "4", "Convincing on both sites, the link between them included.")
    desk.send_review(ministry["reviewer2"], BID, "3.5", "Sound; the operating years deserve a second look.")
    desk.give_opinion(ministry["legal"], BID, "Favourable", "Letters and mandates are in order.")
    desk.give_opinion(ministry["inspector"], BID, "Favourable", "The national share is covered by signed letters.")


def two_approve(ministry: dict[str, Person], password: str) -> None:
    """And one of them in vain tries to be both, in a window that still shows the open step."""
    first, second = ministry["approver1"], ministry["approver2"]
    for approver in (first, second):
        desk.declare_no_conflict(approver, BID)
    desk.open_file(first, BID)
    first.follow("Approve")
    other_window = first.one_more_window()
    desk.take_step(first, BID, "Approve", password)
    assert first.reads("Your approval is recorded. A second approver decides.")
    assert first.reads(f"Approve Not yet {ONLY_ONCE}")
    other_window.write("Your password", password)
    other_window.press("Approve")
    assert other_window.reads(ONLY_ONCE)
    desk.take_step(second, BID, "Approve", password)
    assert second.reads("The bid is approved by two people.")


def the_bid_is_filed_and_selected(manager: Person, folder: Path) -> None:
    today = date.today().isoformat()
    desk.take_up(manager, "File with the Union and record it", BID)
    manager.attach("Receipt of the Union, as PDF", a_letter(folder, "Receipt of the portal"))
    manager.write("Number in the portal", "SEP-211234567")
    manager.write("Received by the Union on", today)
    manager.write("At (Brussels time)", "00:01")
    manager.page.get_by_label("The dossier with SHA-256").first.check()
    manager.press("Record the filing with the Union")
    desk.take_up(manager, "Record the decision of the Union, once it is there", BID)
    manager.tick("Selected")
    manager.write("Decided on", today)
    manager.attach("Letter of the Union, as PDF", a_letter(folder, "Result of the evaluation"))
    manager.press("Record the Union's decision")
    desk.take_up(manager, "Publish the decision", BID)
    manager.press("Publish")


def both_sides_read_the_decision(manager: Person, coordinator: Person, digest: str) -> None:
    consortium.open_bid(coordinator, BID)
    assert coordinator.reads("Selected")
    for pdf in (desk.download(manager, BID, DECISION), consortium.download(coordinator, BID, DECISION)):
        assert_says(pdf, AFTER, digest)


def a_letter(folder: Path, title: str) -> Path:
    """A paper as it comes by post."""
    path = folder / f"{title}.pdf"
    path.write_bytes(letter(title, ["As agreed."], "Specimen", "SPECIMEN"))
    return path

"""The ministry asks for changes, the consortium makes them and nothing else, and the new round is reviewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from tests.house import House
from tests.journeys import consortium, desk
from tests.journeys.browsing import Person
from tests.ui.stage import faults

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

BID = "BE-TEXSORT-2026"
REQUEST = "Request changes"
WISH = "Travel looks high beside the three meetings of the work plan. Please lower it, or say why."

SignIn = Callable[..., Person]


def test_changes_are_asked_for_made_and_judged(sign_in: SignIn, demo_house: House) -> None:
    coordinator, manager = sign_in("coordinator"), sign_in("manager")
    changes_are_requested(manager)
    only_the_budget_opens(coordinator)
    the_travel_line_is_lowered(coordinator)
    consortium.take_step(coordinator, BID, "Resubmit", demo_house.password("coordinator@demo.tandem.example"))
    assert coordinator.reads("The bid is resubmitted. This is your receipt.")
    assert coordinator.reads("Round 2 Valid")
    assert coordinator.reads("Round 1 Replaced")
    the_review_goes_on(manager, sign_in("reviewer1"))


def changes_are_requested(manager: Person) -> None:
    desk.open_file(manager, BID)
    manager.follow(REQUEST)
    manager.tick("Budget")
    manager.write("Changes are due on", (date.today() - timedelta(days=1)).isoformat())
    manager.write("What to change, and why", WISH)
    manager.press(REQUEST)
    assert manager.wrote("What to change, and why") == WISH
    assert manager.box("Budget").is_checked()
    manager.write("Changes are due on", (date.today() + timedelta(days=10)).isoformat())
    manager.press(REQUEST)
    assert manager.reads("The changes are requested; the coordinator is told.")


def only_the_budget_opens(coordinator: Person) -> None:
    coordinator.go("/")
    coordinator.follow(f"{BID}: the ministry requests changes")
    assert coordinator.reads(WISH)
    assert faults(coordinator.page) == []
    assert coordinator.reads("Resubmit")
    coordinator.follow("Chapters")
    assert coordinator.reads("nothing can be changed here now")
    coordinator.follow("Budget")
    assert not coordinator.reads("nothing can be changed here now")


def the_travel_line_is_lowered(coordinator: Person) -> None:
    before = coordinator.figure("Contribution of the Union")
    consortium.retype_cell(coordinator, "L012", "Amount (€)", "12,000.00")
    assert (before, coordinator.figure("Contribution of the Union")) == ("€ 884,825.00", "€ 877,325.00")
    consortium.open_bid(coordinator, BID)
    assert coordinator.reads("Resubmit Not yet These partners have not confirmed their card and figures: imec.")
    coordinator.follow("1 partner has not confirmed its figures")
    consortium.confirm(coordinator, "imec")


def the_review_goes_on(manager: Person, reviewer: Person) -> None:
    desk.open_file(manager, BID)
    assert manager.reads("round 2")
    assert manager.reads("Changed since the round before Budget")
    desk.take_up(reviewer, "Finish and send your review", BID)
    assert reviewer.wrote("Comment")
    reviewer.press("Send the review")
    assert reviewer.reads("Your review is sent.")

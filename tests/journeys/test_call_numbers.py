"""Two people change a number of a call, with and without scripts; the second sees what the first saw."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.browsing import PHONE, Person
from tests.ui.stage import faults

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

CALLS = {True: "EUROHPC-2024-CEI-AI-02", False: "EUROHPC-2024-CEI-AI-01"}
CAP = "Change Stream: Services: Ceiling of the Union"
GROUP = "Stream: Services, Ceiling of the Union"

SignIn = Callable[..., Person]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_ceiling_that_two_people_change(sign_in: SignIn, scripts: bool) -> None:
    manager = sign_in("manager", java_script_enabled=scripts)
    approver = sign_in("approver1", java_script_enabled=scripts, viewport=PHONE)
    manager.go(f"/desk/bids/call/{CALLS[scripts]}/numbers/")
    manager.tick(CAP)
    manager.press("Propose other numbers")
    manager.write("Value (empty: not set)", "1.234", within=GROUP)
    manager.write("Reason", "The call text says so.")
    assert manager.press("Show what it would change") == 200
    assert manager.reads("can be read in two ways")
    manager.write("Value (empty: not set)", "12 000 000,00", within=GROUP)
    manager.write("Keys of the sources", "S40", within=GROUP)
    manager.write("What pages and paper print", "Call text, page 12", within=GROUP)
    manager.box("How well it is known", within=GROUP).select_option(label="read in the source")
    manager.press("Show what it would change")
    assert manager.reads("€ 15,000,000.00")
    assert manager.reads("€ 12,000,000.00")
    manager.press("Propose")
    approver.go("/desk/")
    approver.follow(CALLS[scripts])
    assert approver.reads("The call text says so.")
    assert not scripts or faults(approver.page) == []
    approver.press("Confirm")
    assert approver.reads(f"{CALLS[scripts]}@2 is in force")
    manager.page.reload()
    assert manager.reads(f"In force as {CALLS[scripts]}@2")
    assert not scripts or faults(manager.page) == []

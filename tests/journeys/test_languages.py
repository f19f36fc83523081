"""Every language speaks for itself: the page, the numbers it writes, and the numbers people type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.journeys.browsing import Person

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

BUDGET = "/bids/BE-AIFA-2025/budget/?partner=imec"

SignIn = Callable[..., Person]


@dataclass(frozen=True)
class Tongue:
    """What stands on the page in a language, and what a person who speaks it types."""

    link: str
    union: str
    amount: str
    question: str
    typed: str
    written: str  # its spaces don't break


TONGUES = {
    "fr": Tongue(
        "FR Français", "Contribution de l’Union", "Montant (€), ligne L010", "peut se lire de deux façons",
        "121 234,56", "121 234,56",
    ),
    "nl": Tongue(
        "NL Nederlands", "Bijdrage van de Unie", "Bedrag (€), lijn L010", "kan op twee manieren worden gelezen",
        "122.234,56", "122 234,56",
    ),
    "de": Tongue(
        "DE Deutsch", "Beitrag der Union", "Betrag (€), Zeile L010", "ist auf zwei Arten lesbar",
        "123234,56 €", "123 234,56",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", list(TONGUES))
def test_a_budget_is_read_and_typed_in_a_language(sign_in: SignIn, language: str) -> None:
    tongue = TONGUES[language]
    coordinator = sign_in("coordinator")
    coordinator.go(BUDGET)
    coordinator.follow(tongue.link)
    assert coordinator.page.locator("html").get_attribute("lang") == language
    assert re.fullmatch(r"[45] \d{3} \d{3},\d\d €", coordinator.figure(tongue.union))
    coordinator.write(tongue.amount, "1.234")
    coordinator.page.keyboard.press("Tab")
    coordinator.page.get_by_text(tongue.question).wait_for()
    assert coordinator.wrote(tongue.amount) == "1.234"
    coordinator.write(tongue.amount, tongue.typed)
    coordinator.page.keyboard.press("Tab")
    coordinator.page.get_by_text(tongue.question).wait_for(state="detached")
    assert coordinator.wrote(tongue.amount) == tongue.written.replace(" ", "\N{NO-BREAK SPACE}")
    coordinator.follow("EN English")
    english = tongue.written.replace(" ", ",")[:-3] + ".56"
    assert coordinator.wrote("Amount (€), line L010") == english


def test_the_pages_of_the_desk_speak_too(sign_in: SignIn) -> None:
    manager = sign_in("manager")
    manager.go("/desk/")
    for language, tongue in TONGUES.items():
        manager.follow(tongue.link)
        assert manager.page.locator("html").get_attribute("lang") == language
        assert not manager.reads("My desk")

"""Every page of the house in a real browser: quiet console, strict policy, no other host, accessible, never too wide.

The pages are those of `routes`: a new one is looked at without anybody naming it here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bids.management.commands.routes import routes
from tests.house import House
from tests.journeys.browsing import PHONE, WIDE, Person
from tests.ui.stage import faults
from tests.walk.listing import is_looked_at

SCHEMES = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

# Served as they are, not as pages.
FILES = {"bid-schema", "healthz", "readyz", "security-txt"}
PAGES = sorted({route.pattern for route in routes() if is_looked_at(route) and route.name not in FILES})
LOOKS = {f"{name} {scheme}": (size, scheme) for name, size in (("wide", WIDE), ("phone", PHONE)) for scheme in SCHEMES}
IN_TURN = [(page, list(LOOKS)[number % len(LOOKS)]) for number, page in enumerate(PAGES)]
EVERY_LOOK = [(page, look) for page in PAGES for look in LOOKS]

GONE = 410  # a link that worked once has a page too

Listing = dict[str, dict[str, str]]
Open = Callable[[str, dict[str, int], str], Person]


@pytest.fixture(scope="module")
def listing(demo_house: House) -> Listing:
    """Where each page is, and who looks at it."""
    return dict(json.loads(demo_house.run("-m", "tests.walk.listing")))


@pytest.fixture(scope="module")
def at_the_browser(chromium: Any, demo_house: House) -> Iterator[Open]:
    """People who stay signed in while the pages are gone through."""
    people: dict[tuple[str, int, str], Person] = {}

    def come(login: str, size: dict[str, int], scheme: str) -> Person:
        key = (login, size["width"], scheme)
        if key not in people:
            people[key] = Person(chromium, demo_house.address, viewport=size, color_scheme=scheme)
            if login:
                people[key].sign_in(login, demo_house.password(login))
        return people[key]

    yield come
    for person in people.values():
        person.close()


def faults_of(person: Person, status: int, size: dict[str, int]) -> list[str]:
    """Everything that is wrong with the page that is open."""
    return [
        *([f"answered {status}"] if status >= 400 and status != GONE else []),
        *person.minded,
        *faults(person.page),
        *wider_than_the_screen(person, size),
    ]


def wider_than_the_screen(person: Person, size: dict[str, int]) -> list[str]:
    width = person.page.evaluate("document.documentElement.scrollWidth")
    return [f"{width} px wide"] if width > size["width"] else []


def look_at(at_the_browser: Open, listing: Listing, page: str, look: str) -> None:
    """Open a page as somebody who may see it; a file that is downloaded instead has nothing to look at."""
    size, scheme = LOOKS[look]
    url, login = listing[page]["url"], listing[page]["login"]
    assert url, "nobody can be shown this page"
    person = at_the_browser(login, size, scheme)
    person.minded.clear()
    if (status := person.go_or_download(url)) and (wrong := faults_of(person, status, size)):
        pytest.fail("\n".join([f"{login or 'anybody'} at {url}:", *wrong]), pytrace=False)


@pytest.mark.parametrize(("page", "look"), IN_TURN)
def test_a_page_is_as_it_should_be(at_the_browser: Open, listing: Listing, page: str, look: str) -> None:
    look_at(at_the_browser, listing, page, look)


@pytest.mark.deep
@pytest.mark.parametrize(("page", "look"), EVERY_LOOK)
def test_every_page_is_in_every_size_and_scheme(at_the_browser: Open, listing: Listing, page: str, look: str) -> None:
    look_at(at_the_browser, listing, page, look)

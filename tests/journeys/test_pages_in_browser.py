"""Every page of the house in a real browser: quiet console, strict policy, no other host, accessible, never too wide.

The pages are those of `routes`: a new one is looked at without anybody naming it here. Each is looked at once, in one
of four looks; `make deep` looks at all of them in all four.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house import House
from tests.journeys.album import Scene, moments
from tests.journeys.browsing import PHONE, WIDE, Person
from tests.ui.stage import faults
from tests.walk.addresses import every_route
from tests.walk.listing import is_looked_at

SCHEMES = ("light", "dark")

pytestmark = [pytest.mark.browser, pytest.mark.worker, pytest.mark.xdist_group("house")]

# Served as they are, or put into a page that is open already.
NO_PAGES = {
    "bid-schema", "healthz", "readyz", "security-txt", "bids:line-price", "bids:dossier-status",
    "bids:dossier-download", "bids:draft-download", "desk:bid-dossier-status", "desk:bid-dossier-download",
    "bids:dossier-package", "desk:bid-dossier-package", "bids:part-b",
}  # fmt: skip
PAGES = sorted({route.pattern for route in every_route() if is_looked_at(route) and route.name not in NO_PAGES})
LOOKS = {f"{name} {scheme}": (size, scheme) for name, size in (("wide", WIDE), ("phone", PHONE)) for scheme in SCHEMES}
IN_TURN = [(page, list(LOOKS)[number % len(LOOKS)]) for number, page in enumerate(PAGES)]
EVERY_LOOK = [(page, look) for page in PAGES for look in LOOKS]

MOMENTS = [(scene, list(LOOKS)[number % len(LOOKS)]) for number, scene in enumerate(moments())]

# A link that worked once, a digest nobody knows, a version never loaded, a change of numbers never proposed, a bid
# without another, a workbook never sent.
MEANT = {
    "accounts/invitation/<token>/": 410,
    "accounts/password/<uid>/<token>/": 410,
    "verify/<sha256>/": 404,
    "desk/bids/call/<reference>/<int:old>/<int:new>/": 404,
    "desk/bids/call/<reference>/changes/<int:number>/": 404,
    "desk/bids/bid/<reference>/linked/": 404,
    "bids/<reference>/budget/import/<int:number>/": 404,
}

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


def faults_of(person: Person, size: dict[str, int]) -> list[str]:
    """Everything that is wrong with the page that is open."""
    return [
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
    status = person.go_or_download(url)
    assert status < 400 or status == MEANT.get(page), f"{login or 'anybody'} at {url}: answered {status}"
    if status and (wrong := faults_of(person, size)):
        pytest.fail("\n".join([f"{login or 'anybody'} at {url}:", *wrong]), pytrace=False)


@pytest.mark.parametrize(("page", "look"), IN_TURN)
def test_a_page_is_as_it_should_be(at_the_browser: Open, listing: Listing, page: str, look: str) -> None:
    look_at(at_the_browser, listing, page, look)


@pytest.mark.parametrize(("scene", "look"), MOMENTS, ids=lambda value: getattr(value, "name", value))
def test_a_moment_is_as_it_should_be(at_the_browser: Open, scene: Scene, look: str) -> None:
    size, scheme = LOOKS[look]
    person = at_the_browser(scene.login, size, scheme)
    person.minded.clear()
    person.go(scene.url)
    if scene.act:
        scene.act(person)
    assert faults_of(person, size) == []


@pytest.mark.deep
@pytest.mark.parametrize(("page", "look"), EVERY_LOOK)
def test_every_page_is_in_every_size_and_scheme(at_the_browser: Open, listing: Listing, page: str, look: str) -> None:
    look_at(at_the_browser, listing, page, look)

"""One house for all journeys, with the demonstration in it, and browsers to walk in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.house import House, house
from tests.journeys.browsing import Person, browser


@pytest.fixture(scope="session")
def demo_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Seeded as `make run` does it, and open."""
    with house(tmp_path_factory.mktemp("house")) as one:
        one.furnish()
        one.open()
        yield one


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for one file of tests."""
    with browser() as one:
        yield one


@pytest.fixture
def sign_in(chromium: Any, demo_house: House) -> Iterator[Callable[..., Person]]:
    """People of the demonstration at browsers of their own; at the end nobody's browser has minded anything."""
    people: list[Person] = []

    def come(login: str, **options: Any) -> Person:
        email = f"{login}@demo.tandem.example"
        people.append(Person(chromium, demo_house.address, **options))
        return people[-1].sign_in(email, demo_house.password(email))

    yield come
    minded = [words for person in people for words in person.minded]
    for person in people:
        person.close()
    assert minded == []

"""Pictures of every page, for docs/screens: `python -m tests.journeys.screens`, which is `make screens`.

Opens a house of its own with the demonstration in it, always at the same moment, so that pictures change when pages do.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from config.env import BASE_DIR
from tests.house import House, house
from tests.journeys.album import BID, PEOPLE, Scene, moments, of_routes
from tests.journeys.browsing import PHONE, WIDE, Person, browser
from tests.journeys.camera import keep, picture_of

FOLDER = BASE_DIR / "docs" / "screens"
MOMENT = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)  # a Monday morning in Brussels
SIZES = {"1280": WIDE, "390": PHONE}


def main(arguments: list[str]) -> None:
    parser = ArgumentParser(description="Take a picture of every page, wide and on a phone.")
    parser.add_argument("names", nargs="*", help="only these pictures (overview, budget, …)")
    parser.add_argument("--into", type=Path, default=FOLDER, help="the folder of the pictures")
    parser.add_argument("--dark", action="store_true", help="as people see it who prefer dark pages")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder, house(Path(folder)) as one:
        furnish(one)
        photographer = Photographer(one, chosen.into, "dark" if chosen.dark else "light")
        photographer.take(scenes(one), only=frozenset(chosen.names))
    if not chosen.names:
        photographer.write_index()
    sys.stdout.write(f"{len(photographer.titles)} pages pictured, {photographer.written} pictures are new.\n")


def furnish(one: House) -> None:
    """The demonstration as it looks at one moment, and open."""
    moved = MOMENT - datetime.now(UTC)
    one.environment["CLOCK_OFFSET"] = str(round(moved.total_seconds()))
    one.furnish()
    one.open()


def scenes(one: House) -> Iterator[Scene]:
    yield from of_routes(one.data("routes"), one.data_of("-m", "tests.walk.listing"))
    yield from moments()
    yield Scene("error-500", f"{BID}/risks/", PEOPLE.format("coordinator"), lambda person: break_risks(one, person))


def break_risks(one: House, person: Person) -> None:
    """Let the database hold words that mean nothing while the page is asked for: an accident nobody foresees."""
    with closing(sqlite3.connect(one.folder / "tandem.sqlite3", timeout=20, isolation_level=None)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("UPDATE bids_risk SET severity = severity || '?'")
        person.go(f"{BID}/risks/")
        database.execute("UPDATE bids_risk SET severity = rtrim(severity, '?')")


class Photographer:
    """Goes through the house with a wide screen and a phone, signed in as whoever may see the page."""

    def __init__(self, one: House, into: Path, scheme: str) -> None:
        self.house, self.into, self.scheme = one, into, scheme
        self.people: dict[tuple[str, str], Person] = {}
        self.titles: dict[Scene, str] = {}
        self.written = 0

    def take(self, pages: Iterator[Scene], only: frozenset[str] = frozenset()) -> None:
        self.into.mkdir(parents=True, exist_ok=True)
        with browser() as self.browser:
            for scene in pages:
                if not only or scene.name in only:
                    self.picture(scene)

    def picture(self, scene: Scene) -> None:
        """Both sizes of one page; files and parts of pages are left out."""
        for size, screen in SIZES.items():
            person = self.somebody(scene.login, size)
            if not scene.is_there(person.go_or_download(scene.url)):
                return
            if scene.act:
                scene.act(person)
            if not person.page.locator("main").count():
                return
            self.titles[scene] = person.page.title().rpartition(" – ")[0]
            shot = picture_of(person.page, screen["width"])
            self.written += keep(shot, self.into / f"{scene.name}-{size}.png")

    def somebody(self, login: str, size: str) -> Person:
        """A person who stays signed in while the pages are gone through."""
        if not login:
            return Person(self.browser, self.house.address, **self.looks(size))
        if (login, size) not in self.people:
            person = Person(self.browser, self.house.address, **self.looks(size))
            self.people[login, size] = person.sign_in(login, self.house.password(login))
        return self.people[login, size]

    def looks(self, size: str) -> dict[str, Any]:
        return {"viewport": SIZES[size], "color_scheme": self.scheme, "reduced_motion": "reduce"}

    def write_index(self) -> None:
        """The list of pictures; those of pages that are gone go too."""
        here = {f"{scene.name}-{size}.png" for scene in self.titles for size in SIZES}
        for path in self.into.glob("*.png"):
            if path.name not in here:
                path.unlink()
        (self.into / "README.md").write_text("\n".join(index(self.titles)) + "\n")


def index(titles: dict[Scene, str]) -> Iterator[str]:
    """Every page under the heading of its chapter, with both pictures."""
    yield from ("# Every page in pictures", "", "Written by `make screens`. Tall pages end at 2,400 px.")
    for chapter, group in groupby(sorted(titles, key=lambda scene: scene.chapter), key=lambda scene: scene.chapter):
        yield from ("", f"## {chapter}", "", "| Page | Wide | Phone |", "|---|---|---|")
        for scene in group:
            wide, phone = (f"[{size} px]({scene.name}-{size}.png)" for size in SIZES)
            yield f"| {titles[scene].replace('|', '/')} | {wide} | {phone} |"


if __name__ == "__main__":
    main(sys.argv[1:])

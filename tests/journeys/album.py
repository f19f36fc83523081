"""Which pages are pictured, under which names: those of `routes`, and moments no address leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from tests.journeys.browsing import Person

BID = "/bids/BE-AIF-2025"
FRESH = "BE-FRESH"  # a bid that has only just begun
PEOPLE = "{}@demo.tandem.example"

Act = Callable[[Person], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """One page to picture: where it is, who looks, and what they do there first."""

    name: str
    url: str
    login: str = ""
    act: Act | None = None

    def is_there(self, status: int) -> bool:
        """Whether what came is the page: not a file, and not a page for somebody's thing that there is none of."""
        return bool(status) and (status != 404 or not self.login or self.name == "error-404")

    @property
    def chapter(self) -> str:
        """The heading it stands under in the list of pictures."""
        if self.name.startswith(("error-", "fresh-")):
            return {"error": "When something is wrong", "fresh": "A bid that has only just begun"}[self.name[:5]]
        if self.url.startswith("/desk/"):
            return "The desk of the ministry"
        return "The workspace of a bid" if self.url.startswith("/bids/") else "Everybody's pages"


def of_routes(routes: Iterable[dict[str, Any]], listing: dict[str, dict[str, str]]) -> Iterator[Scene]:
    """A scene for every address that somebody can be shown, in the order of the site map."""
    listed = [route for route in routes if listing.get(route["pattern"], {}).get("url")]
    by_name = sorted(listed, key=lambda route: str(route["name"]))
    shared = {name for name, group in groupby(by_name, key=lambda route: route["name"]) if len(list(group)) > 1}
    for route in listed:
        there = listing[route["pattern"]]
        last = route["pattern"].rstrip("/").rpartition("/")[2] if route["name"] in shared else ""
        yield Scene(name_of(route["name"], last), there["url"], there["login"])


def name_of(route: str, last: str) -> str:
    """`bids:step`, `lock` → step-lock; `desk:bids_bid_changelist` → desk-bid-changelist."""
    room, _, name = route.rpartition(":")
    for words in ("bids_", "accounts_"):
        name = name.removeprefix(words)
    parts = ("desk" if room == "desk" else "", name, last)
    return "-".join(part for part in parts if part).replace("_", "-")


def moments() -> Iterator[Scene]:
    """What an address alone does not show: refusals, forms with mistakes, pages with nothing on them yet."""
    coordinator, viewer = PEOPLE.format("coordinator"), PEOPLE.format("viewer")
    yield Scene("error-403", f"{BID}/risks/add/", viewer)
    yield Scene("error-404", "/bids/BE-NOWHERE/", coordinator)
    yield Scene("error-log-in", "/accounts/log-in/", act=log_in_badly)
    yield Scene("error-form", f"{BID}/sites/add/", coordinator, leave_all_empty)
    yield Scene("error-stale-form", "/accounts/password/forgotten/", act=without_cookies)
    for page in EMPTY:
        yield Scene(f"fresh-{page or 'overview'}", "/bids/", coordinator, partial(on_a_fresh_bid, page=page))
    yield Scene("error-409", "/bids/", coordinator, be_second)


EMPTY = (
    "", "basics", "partners", "sites", "work-plan", "budget", "financing", "scenarios", "chapters", "risks",
    "documents", "readiness", "dossiers", "history", "people",
)  # fmt: skip


def log_in_badly(person: Person) -> None:
    person.page.fill("[name=username]", PEOPLE.format("nobody"))
    person.page.fill("[name=password]", "mistyped")
    send(person)


def leave_all_empty(person: Person) -> None:
    send(person)


def without_cookies(person: Person) -> None:
    person.page.fill("[name=email]", PEOPLE.format("nobody"))
    person.context.clear_cookies()
    send(person)


def on_a_fresh_bid(person: Person, page: str) -> None:
    """A page of a bid that has just been started from the first call that is open."""
    address = f"/bids/{FRESH}/{page}/".replace("//", "/")
    if person.go(address) == 200:
        return
    person.go("/bids/start/")
    person.page.locator("[name=call]").first.check()
    person.page.fill("[name=title]", "An AI factory by the sea")
    person.page.fill("[name=reference]", FRESH)
    send(person)
    person.go(address)


def be_second(person: Person) -> None:
    """Somebody saves the same page while it is open here."""
    on_a_fresh_bid(person, "basics/edit")
    other = person.context.new_page()
    theirs = "An AI factory for the coast"
    if person.page.input_value("[name=title]") == theirs:
        theirs = "An AI factory for the harbour"
    for page, title in ((other, theirs), (person.page, "A factory of AI by the sea")):
        page.goto(person.page.url)
        page.fill("[name=title]", title)
    with other.expect_navigation():
        other.click("main button[type=submit]")
    other.close()
    send(person)


def send(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.click("main button[type=submit]")

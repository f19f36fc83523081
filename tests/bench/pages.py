"""Every page of a bid and the saving of a line, inside a house: `python -m tests.bench.pages REFERENCE` prints JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    django.setup()

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from bids.actions import demo_bids
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.facts import BidFacts
from config.collector import settle_in
from tests.bench.memory import peak_of
from tests.bench.subjects import COORDINATOR, FACTORY, HUGE, LINES
from tests.bench.timing import of_a_sum
from tests.faults.typist import Answer, the_form
from tests.walk.addresses import addresses

TRIES, SAVES = 5, 15


def main(reference: str) -> None:
    coordinator = User.objects.get(email=COORDINATOR)
    bid = Bid.objects.with_call().filter(reference=reference).first() or enlarged(reference, coordinator)
    client = Client(SERVER_NAME="localhost")
    client.force_login(coordinator)
    settle_in()
    cents = [line.amount.cents for line in bid.budget_lines.all() if line.amount]
    told: dict[str, Any] = {
        "lines": bid.budget_lines.count(),
        "sum": of_a_sum(cents) * bid.budget_lines.count() / len(cents),
    }
    told |= {"pages": list(pages(client, bid)), "save": saves(client, bid)}
    told["peak"] = peak_of(Path("/proc/self"))
    sys.stdout.write(json.dumps(told))


def enlarged(reference: str, coordinator: User) -> Bid:
    """The factory of the demonstration with its lines repeated until there are enough."""
    facts = demo_bids.written(demo_bids.FILES / f"{FACTORY}.json")
    files = demo_bids.letters(facts)
    imported = import_bid(repeated(facts, reference), by=coordinator, files=files, is_demo=True)
    return Bid.objects.with_call().get(pk=imported.pk)


def repeated(facts: BidFacts, reference: str) -> BidFacts:
    lines = [
        replace(facts.budget[number % len(facts.budget)], key=f"B{number:04}", alternative_of=None)
        for number in range(LINES[reference])
    ]
    return replace(facts, reference=reference, budget=tuple(lines), alternative_to=None)


def pages(client: Client, bid: Bid) -> Iterator[dict[str, Any]]:
    """Each page that opens: processor and clock seconds of a warm answer, and how much it asks the database."""
    for name, url in of_the_budget(bid) if bid.reference == HUGE else every_page(bid):
        if client.get(url).status_code != 200:
            continue
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        yield {"name": name, "queries": len(asked), **timed(lambda url=url: client.get(url), TRIES)}  # type: ignore[misc]


def every_page(bid: Bid) -> Iterator[tuple[str, str]]:
    return ((place.route.name.rpartition(":")[2], place.url) for place in addresses(bid))


def of_the_budget(bid: Bid) -> Iterator[tuple[str, str]]:
    """What people look at while they work on thousands of lines."""
    table = reverse("bids:budget", args=[bid.reference])
    partner, line = bid.partners.all()[0], bid.budget_lines.all()[0]
    yield "budget", table
    yield "budget, by category, page 9", f"{table}?group=category&page=9"
    yield "budget of one partner", f"{table}?partner={partner.key}"
    yield "line-edit", reverse("bids:line-edit", args=[bid.reference, line.key])


def saves(client: Client, bid: Bid) -> dict[str, Any]:
    """The cells of a row, saved from the table as a browser with scripts does it."""
    line = next(one for one in bid.budget_lines.all() if one.amount and not one.pricing and one.quantity is None)
    address = reverse("bids:line-cells", args=[bid.reference, line.key])

    def form() -> dict[str, str]:
        page = client.get(reverse("bids:line-edit", args=[bid.reference, line.key]))
        return the_form(Answer(page.status_code, page.text))

    def save(seen: dict[str, str], amount: int) -> None:
        answer = client.post(address, seen | {"amount": f"{amount}.00"}, headers={"HX-Request": "true"})
        assert answer.status_code == 200, answer

    tries = [timed(partial(save, form(), 1000 + turn), 1) for turn in range(SAVES)]
    seen = form()
    with CaptureQueriesContext(connection) as asked:  # by itself: writing down what is asked takes time as well
        save(seen, 1000 + SAVES)
    return {"queries": len(asked)} | {name: min(one[name] for one in tries) for name in ("cpu", "clock")}


def timed(act: Callable[[], Any], times: int) -> dict[str, float]:
    """The quickest of a few tries."""
    processor, wall = [], []
    for _ in range(times):
        began, began_there = time.process_time(), time.perf_counter()
        act()
        processor.append(time.process_time() - began)
        wall.append(time.perf_counter() - began_there)
    return {"cpu": min(processor), "clock": min(wall)}


if __name__ == "__main__":
    main(sys.argv[1])

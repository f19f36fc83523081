"""Budget lines: copied and put back; many people at work on one table."""

from __future__ import annotations

import threading
from collections import Counter
from decimal import Decimal

import pytest
from django.db import connections
from django.test import Client

from accounts.models import User
from bids import snapshot
from bids.actions import budget, rows
from bids.actions.bidfiles import import_bid
from bids.actions.records import verify_chain
from bids.models import Bid, BudgetLine
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from tests import factories
from tests.views.budget_pages import HTMX, address, cells

WRITERS = 20


def test_a_new_line_gets_the_next_key_and_moves_the_totals(bid: Bid, ada: User) -> None:
    before = bid.total
    values = {
        "stream": "services",
        "partner": bid.partners.get(key="imec"),
        "category": "C3",
        "amount": Euro.of("8.00"),
    }
    line = budget.add_line(bid, values, by=ada)
    assert (line.key, bid.total - before, bid.revision) == ("L004", Euro.of("10.00"), 2)


def test_a_copy_holds_all_but_the_key_and_the_alternative(bid: Bid, ada: User) -> None:
    original = bid.budget_lines.get(key="L002")
    copy = budget.copy_line(original, by=ada)
    assert copy.key == "L004"
    assert (copy.pricing, copy.partner, copy.unit_cost) == (original.pricing, original.partner, original.unit_cost)
    assert bid.events.latest("sequence").name == "budget_line_added"
    assert budget.copy_line(bid.budget_lines.get(key="L003"), by=ada).alternative_of is None


def test_a_line_put_back_twice_is_put_back_once(bid: Bid, ada: User) -> None:
    line = bid.budget_lines.get(key="L001")
    rows.drop(line, seen=1, by=ada)
    budget.restore_line(line, by=ada)
    version = line.version
    budget.restore_line(line, by=ada)
    assert (line.removed_at, line.version) == (None, version)
    assert Counter(bid.events.values_list("name", flat=True))["budget_line_restored"] == 1


def test_a_line_put_back_after_its_partner_left_asks_for_a_new_one(bid: Bid, ada: User) -> None:
    lab = bid.partners.get(key="lab")
    line = bid.budget_lines.get(key="L003")
    rows.drop(line, seen=1, by=ada)
    rows.drop(lab, seen=lab.version, by=ada)
    assert budget.restore_line(line, by=ada).partner is None


# --- many at once ------------------------------------------------------------------------------


class Crowd:
    """People who edit one table at the same moment, each with a browser of their own."""

    def __init__(self, bid: Bid, by: User) -> None:
        self.bid, self.by = bid, by
        self.answers: Counter[int] = Counter()
        self.wrong: list[BaseException] = []
        self.start = threading.Barrier(WRITERS)

    def run(self, work) -> None:
        threads = [threading.Thread(target=self._one, args=(work, number)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        if self.wrong:
            raise self.wrong[0]

    def _one(self, work, number: int) -> None:
        try:
            client = Client()
            client.force_login(self.by)
            self.start.wait(timeout=60)
            work(client, number)
        except BaseException as error:
            self.wrong.append(error)
        finally:
            connections.close_all()

    def save(self, client: Client, line: BudgetLine, **typed: object) -> int:
        url = address("line-cells", self.bid, key=line.key)
        status = client.post(url, cells(line, **typed), headers=HTMX).status_code
        self.answers[status] += 1
        return status


@pytest.fixture
def crowd(transactional_db: None) -> Crowd:
    factories.a_call()
    ada = factories.a_user("Ada")
    factories.an_organisation("imec", ada)
    bid = import_bid(factories.small_bid(), by=ada)
    return Crowd(bid, ada)


def read(bid: Bid, key: str) -> BudgetLine:
    return BudgetLine.objects.select_related("partner", "site", "work_package").get(bid=bid, key=key)


def test_twenty_people_edit_one_row_and_each_is_kept_or_told(crowd: Crowd) -> None:
    """Whoever is told of a conflict looks again and adds the own mark to what stands there."""

    def add_a_mark(client: Client, number: int) -> None:
        while True:
            line = read(crowd.bid, "L001")
            if crowd.save(client, line, description=f"{line.description} <{number}>") == 200:
                return

    crowd.run(add_a_mark)
    line = read(crowd.bid, "L001")
    assert sorted(line.description.split()[1:]) == sorted(f"<{number}>" for number in range(WRITERS))
    assert (line.version, crowd.answers[200]) == (1 + WRITERS, WRITERS)
    assert set(crowd.answers) <= {200, 409}
    assert verify_chain(crowd.bid) == ""


def test_twenty_people_edit_twenty_rows_and_the_totals_are_exact(crowd: Crowd) -> None:
    partner = crowd.bid.partners.get(key="imec")
    for number in range(WRITERS):
        factories.a_line(crowd.bid, f"N{number}", partner=partner, amount=Euro(1))

    def price(client: Client, number: int) -> None:
        crowd.save(client, read(crowd.bid, f"N{number}"), amount=str(Decimal(number) + Decimal("0.37")))

    crowd.run(price)
    crowd.bid.refresh_from_db()
    found = assess(snapshot.take(crowd.bid), snapshot.call_of(crowd.bid))
    assert crowd.answers == {200: WRITERS}
    assert (crowd.bid.total, crowd.bid.eu) == (found.total, found.eu)

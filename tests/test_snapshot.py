"""One picture: the same number of questions at any size, whole or not at all, and one text per picture."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal

import pytest
from django.db.models import F

from bids import snapshot
from bids.actions.bidfiles import import_bid
from bids.models import Bid, Chapter, Commitment, Document, WorkPackage
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from tests import factories as make

pytestmark = pytest.mark.django_db


def bigger(facts: BidFacts, lines: int) -> BidFacts:
    """The same bid with many more lines, packages and chapters."""
    return replace(
        facts,
        reference="BE-BIGGER",
        budget=facts.budget + tuple(replace(facts.budget[1], key=f"X{number}") for number in range(lines)),
        work_packages=facts.work_packages
        + tuple(replace(facts.work_packages[0], key=f"wx{number}") for number in range(20)),
        chapters=facts.chapters + tuple(replace(facts.chapters[0], key=f"9.{number}") for number in range(20)),
    )


@pytest.mark.parametrize(
    "facts", [make.small_bid(), bigger(make.small_bid(), 300), BidFacts(make.FACTORY_CALL, "Bare")]
)
def test_a_picture_takes_17_queries(call, facts: BidFacts, django_assert_num_queries) -> None:
    bid = import_bid(facts, by=None)
    with django_assert_num_queries(17):
        taken = snapshot.take(bid)
    assert taken == replace(facts, reference=bid.reference)
    with django_assert_num_queries(6):
        money = snapshot.money_of(bid)
    assert (money.budget, money.partners, money.rates) == (taken.budget, taken.partners, taken.rates)


def test_removed_rows_are_not_in_the_picture(bid: Bid) -> None:
    bid.budget_lines.filter(key="L001").update(removed_at=make.in_days(0))
    Document.objects.update(removed_at=make.in_days(0))
    taken = snapshot.take(bid)
    assert [line.key for line in taken.budget] == ["M001", "L002", "L003"]
    assert taken.documents == ()
    assert taken.commitments[0].document is None


def test_a_risk_of_a_package_that_was_deleted_keeps_its_others(bid: Bid) -> None:
    bid.budget_lines.update(work_package=None)
    bid.work_packages.get(key="wp2").delete()
    bid.work_packages.update(key="wp9")
    assert snapshot.take(bid).risks[0].work_packages == ("wp9",)


@contextmanager
def somebody_saves_meanwhile(bid: Bid, monkeypatch: pytest.MonkeyPatch, times: int) -> Iterator[list[int]]:
    """Change a chapter and a commitment while the picture is being taken, between two of its queries."""
    saved: list[int] = []
    rows = snapshot._rows

    def disturbed(table: object, pk: int) -> list[tuple[object, ...]]:
        found = rows(table, pk)  # type: ignore[arg-type]
        if getattr(table, "name", "") == "commitments" and len(saved) < times:
            saved.append(len(saved) + 1)
            Commitment.objects.update(payer=f"Payer {saved[-1]}")
            Chapter.objects.update(title=f"Payer {saved[-1]}")
            Bid.objects.filter(pk=bid.pk).update(revision=F("revision") + 1)
        return found

    monkeypatch.setattr(snapshot, "_rows", disturbed)
    yield saved


@pytest.mark.parametrize("times", [1, 2])
def test_a_picture_is_never_torn(bid: Bid, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    with somebody_saves_meanwhile(bid, monkeypatch, times) as saved:
        taken = snapshot.take(bid)
    assert len(saved) == times
    assert taken.commitments[0].payer == taken.chapters[0].title == f"Payer {times}"


def test_a_picture_that_is_always_disturbed_is_taken_under_the_lock(bid: Bid, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = []
    lock = Bid.objects.locked
    monkeypatch.setattr(Bid.objects, "locked", lambda: locked.append(True) or lock())
    with somebody_saves_meanwhile(bid, monkeypatch, snapshot.GLANCES):
        taken = snapshot.take(bid)
    assert locked == [True]
    assert taken.commitments[0].payer == taken.chapters[0].title == f"Payer {snapshot.GLANCES}"


def test_the_canonical_text_is_one_text(bid: Bid) -> None:
    facts = snapshot.take(bid)
    text = snapshot.canonical(facts)
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert '"rates":{"acquisition":"0.50","operation":"0.5"}' in text
    assert snapshot.read(text) == facts
    assert snapshot.canonical(snapshot.read(text)) == text
    assert len(snapshot.digest(text)) == 64
    assert snapshot.digest(text) != snapshot.digest(text + " ")


def test_decimals_and_order_are_part_of_the_text(bid: Bid) -> None:
    text = snapshot.canonical(snapshot.take(bid))
    bid.sites.filter(key="zellik").update(pue=Decimal("1.2"))
    assert snapshot.canonical(snapshot.take(bid)) != text
    bid.sites.filter(key="zellik").update(pue=Decimal("1.20"))
    assert snapshot.canonical(snapshot.take(bid)) == text
    WorkPackage.objects.filter(key="wp1").update(position=9)
    assert snapshot.canonical(snapshot.take(bid)) != text


def test_a_partner_confirms_its_card_and_lines_and_nothing_else(bid: Bid) -> None:
    facts = snapshot.take(bid)
    mine = snapshot.partner_digest(facts, "cenaero")
    line = next(line for line in facts.budget if line.partner == "cenaero")
    others = tuple(other for other in facts.budget if other is not line)
    assert (
        snapshot.partner_digest(replace(facts, title="Other", chapters=(), budget=(*others, line)), "cenaero") == mine
    )
    assert snapshot.partner_digest(replace(facts, budget=(*others, replace(line, amount=Euro(1)))), "cenaero") != mine
    renamed = tuple(replace(p, name="New") if p.key == "cenaero" else p for p in facts.partners)
    assert snapshot.partner_digest(replace(facts, partners=renamed), "cenaero") != mine
    assert snapshot.partner_digest(facts, "imec") != mine


def test_the_call_is_the_version_the_bid_was_started_under(bid: Bid) -> None:
    call = snapshot.call_of(bid)
    assert (call.id, call.rule_set) == (make.FACTORY_CALL, str(bid.call_version))
    assert snapshot.call_of(bid) is call

"""What partners bring in kind and what they earn: told beside the funding, never part of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding import Assessment, as_json, assess, figures, why
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerRole, Stream
from tests.rulebook.funding.calls import ANTENNA, FACTORY


def bid(**card: Any) -> BidFacts:
    """Cenaero subcontracts for EUR 100.00 in a grant, of which the Union pays half."""
    line = CostFact("L1", Stream.SERVICES, "cenaero", category="B", amount=Euro(10000))
    partners = (PartnerFacts("cenaero", short_name="Cenaero", **card),)
    return BidFacts(call="CALL", title="A bid", partners=partners, budget=(line,))


def told(found: Assessment, rule: str) -> list[str]:
    return [str(step.sentence) for step in found.trace if step.rule == rule]


@pytest.mark.parametrize(
    ("state", "other", "in_kind"),
    [
        ("20.00", "5.00", "25.00"),
        ("20.00", None, "30.00"),
        (None, "5.00", "45.00"),
        ("0.00", None, "50.00"),
        (None, "0.00", "50.00"),
        ("49.99", None, "0.01"),
        ("50.00", "0.00", "0.00"),
        ("50.00", "0.01", "0.00"),
    ],
)
def test_what_nobody_pays_is_contributed_in_kind(state: str | None, other: str | None, in_kind: str) -> None:
    amounts = {"state_money": state, "other_union_money": other}
    found = assess(bid(**{name: Euro.of(text) for name, text in amounts.items() if text is not None}), ANTENNA)
    assert found.partners["cenaero"].in_kind == found.in_kind == Euro.of(in_kind)
    assert len(told(found, "in_kind")) == 1


def test_money_beyond_the_eligible_costs_is_named_to_the_cent() -> None:
    found = assess(bid(state_money=Euro.of("49.00"), other_union_money=Euro.of("1.01")), ANTENNA)
    assert told(found, "in_kind") == [
        "Cenaero contributes nothing in kind: 50.00 from the Union in this call, 49.00 from States and 1.01 of other "
        "Union money are 0.01 more than its eligible costs of 100.00."
    ]
    exactly = assess(bid(state_money=Euro.of("50.00")), ANTENNA)
    assert told(exactly, "in_kind")[0].endswith("and 0.00 of other Union money: 0.00.")


def test_who_says_nothing_is_told_nothing() -> None:
    found = assess(bid(), ANTENNA)
    assert (found.in_kind, found.revenues, found.surplus) == (None, None, None)
    assert not {"in_kind", "revenues", "surplus"} & {name.rpartition("/")[2] for name in figures(found)}
    written = as_json(found)
    assert not {"in_kind", "revenues", "surplus"} & (written.keys() | written["partners"]["cenaero"].keys())
    for figure in ("in_kind", "revenues", "surplus", "partners/cenaero/in_kind", "partners/cenaero/revenues"):
        assert [str(step.sentence) for step in why(found, bid(), ANTENNA, figure)] == ["There is nothing to add up."]


@pytest.mark.parametrize(("revenues", "surplus"), [("0.00", "0.00"), ("50.00", "0.00"), ("50.01", "0.01")])
def test_revenues_leave_a_surplus_above_the_costs_and_touch_no_other_figure(revenues: str, surplus: str) -> None:
    plain, earning = assess(bid(), ANTENNA), assess(bid(expected_revenues=Euro.of(revenues)), ANTENNA)
    assert (earning.revenues, earning.surplus) == (Euro.of(revenues), Euro.of(surplus))
    assert (earning.eu, earning.national, earning.streams) == (plain.eu, plain.national, plain.streams)
    (words,) = told(earning, "surplus")
    assert words.endswith("is deducted." if surplus != "0.00" else "so there is no surplus.")


def test_only_the_grants_of_a_partner_are_looked_at() -> None:
    """A machine the partner runs is no eligible cost of a grant; an associated partner has none at all."""
    facts = bid(state_money=Euro.of("10.00"))
    machine = replace(facts, budget=(replace(facts.budget[0], stream=Stream.MACHINE, category="energy"),))
    assert assess(machine, FACTORY).in_kind == Euro()
    guest = replace(facts, partners=(replace(facts.partners[0], role=PartnerRole.ASSOCIATED),))
    assert told(assess(guest, ANTENNA), "in_kind") == [
        "Cenaero contributes nothing in kind: 0.00 from the Union in this call, 10.00 from States and 0.00 of other "
        "Union money are 10.00 more than its eligible costs of 0.00."
    ]


def test_what_a_request_or_a_cap_takes_away_is_contributed_in_kind() -> None:
    assert assess(bid(state_money=Euro(), requested_eu=Euro.of("30.00")), ANTENNA).in_kind == Euro.of("70.00")


def test_partners_are_told_in_the_order_of_their_keys() -> None:
    facts = bid(expected_revenues=Euro(1), state_money=Euro())
    other = replace(facts, partners=(*facts.partners, PartnerFacts("astron", expected_revenues=Euro(2))))
    assert [(step.rule, step.of) for step in assess(other, ANTENNA).trace[-3:]] == [
        ("surplus", "astron"),
        ("in_kind", "cenaero"),
        ("surplus", "cenaero"),
    ]
    assert assess(other, ANTENNA).revenues == Euro(3)

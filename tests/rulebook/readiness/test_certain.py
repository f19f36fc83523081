"""What is not certain never blocks: whatever an uncertain number of a shipped call says, the same acts are stopped.

Each number is doubted in turn, set to the least and to the most it can be, and the bids below are
asked everything. They are broken in every way that sets a number of the call against a number of the bid.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from bids import callfile
from bids.callfile import Kind, Unreadable
from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, DepreciationPricing, RatesFacts, SmeOwnerPricing
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness import Situation, findings
from bids.rulebook.vocabulary import PartnerKind
from tests.rulebook.readiness.bids import antenna, factory, known, line, signed

DATA = {id_: callfile.load(id_) for id_ in sorted(callfile.shipped())}
KNOWN = {id_: callfile.numbers(data) for id_, data in DATA.items()}
NUMBERS = [(id_, place) for id_, found in KNOWN.items() for place, one in found.items() if one.value is not None]
EXTREMES: dict[Kind, tuple[Any, ...]] = {
    Kind.SHARE: ("0", "1"),
    Kind.AMOUNT: ("0.00", "9000000000.00"),
    Kind.DECIMAL: ("0", "1000"),
    Kind.WHOLE: (1, 100_000),
    Kind.DAY: ("2000-01-01", "2099-01-01"),
    Kind.MOMENT: (
        "2000-01-01T17:00:00+01:00",
        "2024-12-01T17:00:00+01:00",
        "2025-05-01T17:00:00+02:00",
        "2099-01-01T17:00:00+01:00",
    ),
}
NO_CUTOFF = replace(known, cutoff=None, now=datetime(2025, 7, 15, 12, tzinfo=BRUSSELS))
CUTOFF_OF_THE_CALL = replace(known, cutoff=datetime(2025, 6, 30, 17, tzinfo=BRUSSELS))


def everywhere(call: CallFacts) -> tuple[Any, ...]:
    """Lines in every stream of the call, in categories with and without indirect costs."""
    found = []
    for scheme in call.streams:
        stream, (first, *others) = scheme.stream, scheme.cost_model.categories
        found.append(line(f"{stream}-1", stream=stream, category=first, amount=Euro.of("40000000.00")))
        found += [
            line(f"{stream}-{category}", stream=stream, category=category, partner="cenaero") for category in others
        ]
        if "A4" in scheme.cost_model.categories:
            owner, bought = SmeOwnerPricing(days=Decimal(10), country="BE"), Euro.of("3600.00")
            found += [
                line(f"{stream}-o", stream=stream, category="A4", amount=None, pricing=owner),
                line(f"{stream}-d", stream=stream, category="C2", amount=Euro.of("900.00"),
                     pricing=DepreciationPricing(bought, 36, 30, Decimal(1))),
            ]  # fmt: skip
    return tuple(found)


@cache
def bids(id_: str) -> dict[str, BidFacts]:
    """Broken in all ways, and at the edge of what is covered."""
    call = callfile.shipped()[id_]
    lead, other = factory.partners
    wide = replace(
        factory, call=call.id, budget=everywhere(call), duration_months=None, commitments=(),
        rates=RatesFacts(acquisition=Decimal("0.8"), operation=Decimal("0.9")), stated_access_share=Decimal("0.7"),
        partners=(replace(lead, requested_eu=Euro.of("39000000.00"), kind=PartnerKind.SME), other),
        title="T" * 300,
    )  # fmt: skip
    money = assess(wide, call)
    rest = money.total - money.eu - money.elsewhere
    return {
        "nothing named": wide,
        "named to the cent": replace(wide, commitments=(signed("c1", str(rest)),)),
        "half named": replace(wide, commitments=(signed("c1", str(Euro(rest.cents // 2))),), rates=RatesFacts()),
        "an antenna": replace(antenna, call=call.id, commitments=(), budget=everywhere(call)),
    }


def stopped(facts: BidFacts, call: CallFacts, situation: Situation) -> set[tuple[str, str | None, str]]:
    found = findings(facts, call, assess(facts, call), situation)
    return {(one.check, one.gate, one.where) for one in found if one.severity == "block"}


def doubted(id_: str, place: str) -> list[CallFacts]:
    """The call with this number at its least and at its most, deduced each time; as it is where an end can't be."""
    number = KNOWN[id_][place]
    stands = callfile.stands(DATA[id_], [place])[place] or {}
    calls = []
    for value in (*EXTREMES[number.kind], stands["value"]):
        edit = {"value": value, "mark": "INFERRED", "cite": "rule of this tool"}
        try:
            calls.append(callfile.read(callfile.with_edits(DATA[id_], {place: edit})))
        except Unreadable:  # cut-offs out of their order
            continue
    return calls


@pytest.mark.parametrize(("id_", "place"), NUMBERS, ids=lambda word: str(word))
def test_an_uncertain_number_stops_nothing(id_: str, place: str) -> None:
    calls = doubted(id_, place)
    assert len(calls) >= 2
    is_a_date = KNOWN[id_][place].kind in (Kind.DAY, Kind.MOMENT)
    for name, facts in bids(id_).items():
        for situation in (known, NO_CUTOFF, CUTOFF_OF_THE_CALL) if is_a_date else (known,):
            acts = [stopped(facts, call, situation) for call in calls]
            assert all(found == acts[0] for found in acts), (name, [found ^ acts[0] for found in acts])


def test_a_certain_number_does() -> None:
    """The bids above would notice: with certain marks the same extremes stop other acts."""
    id_, place = "EUROHPC-2024-CEI-AI-02", "streams/services/eu_cap"
    facts = bids(id_)["named to the cent"]
    seen = [
        callfile.read(callfile.with_edits(DATA[id_], {place: {"value": value, "mark": "HOUSE", "cite": "Call"}}))
        for value in EXTREMES[Kind.AMOUNT]
    ]
    low, high = (stopped(facts, call, known) for call in seen)
    assert ("C41", "submit", "commitments") in low - high


@pytest.mark.parametrize("id_", sorted(DATA))
def test_what_is_missing_whatever_is_uncertain_blocks_all_the_same(id_: str) -> None:
    call = callfile.shipped()[id_]
    facts = bids(id_)["nothing named"]
    ineligible = line("X1", stream=None, amount=Euro.of("1000000.00"))
    assert ("C41", "submit", "commitments") in stopped(replace(facts, budget=(*facts.budget, ineligible)), call, known)

"""Which lines count, and what is said about the others."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerRole, Stream
from tests.rulebook.funding.calls import ANTENNA, FACTORY, GIGAFACTORY, MACHINE_STREAM, OWNERSHIP, call_with

LINE = CostFact("L1", Stream.SERVICES, "p", category="A1", amount=Euro(10000))
PARTNERS = (PartnerFacts("p", short_name="Pat"), PartnerFacts("g", role=PartnerRole.ASSOCIATED))


def found(call: Any = FACTORY, **changes: Any) -> Assessment:
    return assess(BidFacts(call="CALL", title="A bid", partners=PARTNERS, budget=(replace(LINE, **changes),)), call)


def test_a_line_in_good_order_counts() -> None:
    assessment = found()
    line = assessment.lines["L1"]
    assert (line.eligible, line.reason) == (True, None)
    assert (line.amount, line.indirect, line.total, line.eu) == (Euro(10000), Euro(2500), Euro(12500), Euro(6250))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"stream": None}, "L1 belongs to no stream. Choose one, else the Union pays nothing for it."),
        ({"category": ""}, "L1 has no category. Choose one, else the Union pays nothing for it."),
        (
            {"category": "energy"},
            "L1 has the category energy, which the stream Services does not know. Choose one of its own.",
        ),
        (
            {"stream": Stream.MACHINE},
            "L1 has the category A1, which the stream Machine does not know. Choose one of its own.",
        ),
        ({"stream": Stream.CAPEX}, "L1 belongs to the stream Capital expenditure, which this call does not have."),
        ({"partner": None}, "L1 names no partner of this bid. The cost of a grant belongs to a beneficiary."),
        ({"partner": "nobody"}, "L1 names no partner of this bid. The cost of a grant belongs to a beneficiary."),
    ],
)
def test_a_line_the_union_does_not_pay_stays_in_the_total(changes: dict[str, Any], reason: str) -> None:
    assessment = found(**changes)
    line = assessment.lines["L1"]
    assert (line.eligible, str(line.reason)) == (False, reason)
    assert assessment.total == line.total == Euro(10000)
    assert assessment.eu == line.eu == line.indirect == assessment.eligible == assessment.elsewhere == Euro()
    assert assessment.national == Euro(10000)
    assert [step.rule for step in assessment.trace][:1] == ["not_eligible"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"funded_elsewhere": True}, "L1 is funded by another EU grant. The same cost can't be paid twice."),
        ({"partner": "g"}, "L1 is a cost of g, an associated partner, who gets no Union money."),
        (
            {"stream": Stream.MACHINE, "category": "energy", "funded_elsewhere": True},
            "L1 is funded by another EU grant. The same cost can't be paid twice.",
        ),
        (
            {"stream": Stream.MACHINE, "category": "energy", "partner": "g"},
            "L1 is a cost of g, an associated partner, who gets no Union money.",
        ),
        (
            {"stream": None, "funded_elsewhere": True},
            "L1 is funded by another EU grant. The same cost can't be paid twice.",
        ),
    ],
)
def test_a_line_somebody_else_pays_stands_elsewhere(changes: dict[str, Any], reason: str) -> None:
    assessment = found(**changes)
    assert str(assessment.lines["L1"].reason) == reason
    assert assessment.total == assessment.elsewhere == Euro(10000)
    assert assessment.eu == assessment.eligible == assessment.national == Euro()
    assert not any(view.eu for view in assessment.categories.values())


@pytest.mark.parametrize("changes", [{}, {"stream": Stream.MACHINE}, {"stream": None}, {"funded_elsewhere": True}])
def test_stated_indirect_costs_are_compared_and_never_added(changes: dict[str, Any]) -> None:
    assessment = found(category="E", **changes)
    line = assessment.lines["L1"]
    assert (line.amount, line.total, line.eligible) == (Euro(10000), Euro(), False)
    assert assessment.total == assessment.elsewhere == assessment.national == Euro()
    assert "E" not in assessment.categories
    assert assessment.partners["p"].total == Euro()
    assert [(step.rule, step.before) for step in assessment.trace][:1] == [("compared", Euro(10000))]


def test_the_machine_needs_no_partner() -> None:
    assessment = found(stream=Stream.MACHINE, category="energy", partner=None)
    assert assessment.lines["L1"].eligible
    assert assessment.partners["-"].machine_total == Euro(10000)
    assert assessment.partners["-"].machine_eu == assessment.eu == Euro(5000)
    assert assessment.partners["-"].rate is None
    assert assessment.partners["-"].eu_of_all_streams == Euro(5000)


def test_a_partner_gets_union_money_of_every_stream() -> None:
    """A machine line of EUR 100.00 beside the services: half of each."""
    lines = (LINE, replace(LINE, key="M1", stream=Stream.MACHINE, category="energy"))
    assessment = assess(BidFacts(call="CALL", title="A bid", partners=PARTNERS, budget=lines), FACTORY)
    share = assessment.partners["p"]
    assert (share.eu, share.machine_eu, share.eu_of_all_streams) == (Euro(6250), Euro(5000), Euro(11250))


def test_a_category_of_the_machine_that_is_neither_bought_nor_run_is_not_paid() -> None:
    """The call knows the category but puts it in no group of costs."""
    model = replace(OWNERSHIP, categories=(*OWNERSHIP.categories, "odd"))
    call = call_with(replace(MACHINE_STREAM, cost_model=model))
    assert str(found(call, stream=Stream.MACHINE, category="odd").lines["L1"].reason) == (
        "L1 has the category odd, which the stream Machine does not know. Choose one of its own."
    )


def test_a_machine_in_a_call_without_one_gets_nothing() -> None:
    assessment = found(ANTENNA, stream=Stream.MACHINE, category="energy")
    assert "machine" not in assessment.streams
    assert assessment.partners["p"].machine_total == Euro(10000)
    assert assessment.partners["p"].machine_eu == Euro()


def test_a_grant_in_a_call_without_one_gets_nothing() -> None:
    assessment = found(GIGAFACTORY)
    assert assessment.total == Euro(10000)
    assert assessment.partners["p"].direct == Euro()
    assert assessment.partners["p"].total == Euro(10000)

"""The machine, a gigafactory's capital expenditure, and access to what is paid for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from bids.rulebook.facts import BidFacts, CostFact, RatesFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import Stream
from tests.rulebook.funding.calls import ANTENNA, CAPEX_STREAM, FACTORY, GIGAFACTORY, MACHINE_STREAM, call_with


def cost(key: str, category: str, amount: str, stream: Stream = Stream.MACHINE) -> CostFact:
    return CostFact(key, stream, category=category, amount=Euro.of(amount))


def machine(*lines: CostFact, acquisition: str | None = None, operation: str | None = None) -> Assessment:
    rates = RatesFacts(
        None if acquisition is None else Decimal(acquisition), None if operation is None else Decimal(operation)
    )
    return assess(BidFacts(call="CALL", title="A bid", rates=rates, budget=lines), FACTORY)


def test_each_group_has_its_own_rate_and_spreads_it_over_its_own_lines() -> None:
    found = machine(
        cost("L1", "acquisition", "100.00"),
        cost("L2", "installation", "100.00"),
        cost("L3", "energy", "100.00"),
        acquisition="0.40",
        operation="0.10",
    )
    assert [found.lines[key].eu for key in ("L1", "L2", "L3")] == [Euro(4000), Euro(4000), Euro(1000)]
    share = found.streams["machine"]
    assert (share.acquisition, share.operation, share.total) == (Euro(20000), Euro(10000), Euro(30000))
    assert (share.eu_acquisition, share.eu_operation, share.eu) == (Euro(8000), Euro(1000), Euro(9000))
    assert (share.rate_acquisition, share.rate_operation) == (Fraction(2, 5), Fraction(1, 10))


def test_part_of_a_cent_is_cut_once_per_group() -> None:
    found = machine(cost("L1", "acquisition", "0.01"), cost("L2", "acquisition", "0.02"), cost("L3", "energy", "0.01"))
    assert found.streams["machine"].eu_acquisition == Euro(1)
    assert found.streams["machine"].eu_operation == Euro()
    assert (found.lines["L1"].eu, found.lines["L2"].eu) == (Euro(), Euro(1))


def test_without_a_request_the_maximum_is_taken() -> None:
    assert machine(cost("L1", "energy", "100.00")).eu == Euro(5000)
    assert machine(cost("L1", "energy", "100.00"), acquisition="0.10").eu == Euro(5000)


@pytest.mark.parametrize(("asked", "rules"), [("0.50", []), ("0.500001", ["ceiling"]), ("1", ["ceiling"])])
def test_a_rate_above_the_maximum_is_cut_with_a_step(asked: str, rules: list[str]) -> None:
    found = machine(cost("L1", "energy", "100.00"), operation=asked)
    assert found.eu == Euro(5000)
    told = [step for step in found.trace if step.rule == "ceiling"]
    assert [step.rule for step in told] == rules
    if asked == "1":
        assert (told[0].of, told[0].before, told[0].after) == ("machine", Euro(10000), Euro(5000))
        assert str(told[0].sentence) == (
            "For operation the bid asks for 100 %. The call pays at most 50 %, so that is taken."
        )


def test_the_step_is_left_even_before_anything_costs() -> None:
    found = machine(acquisition="0.60")
    assert [step.rule for step in found.trace][:1] == ["ceiling"]


def test_the_access_share_is_cut_and_never_above_the_rate() -> None:
    found = machine(cost("L1", "acquisition", "0.03"))
    assert found.union_access_share == Decimal("0.333333")
    assert str(machine(cost("L1", "acquisition", "1.00")).union_access_share) == "0.500000"
    assert machine(acquisition="0.5").union_access_share is None
    assert assess(BidFacts(call="CALL", title="A bid"), ANTENNA).union_access_share is None


def test_a_call_without_a_maximum_follows_the_bid() -> None:
    call = call_with(replace(MACHINE_STREAM, rate_acquisition_max=None))
    line = cost("L1", "acquisition", "1.00")
    asked = BidFacts(call="CALL", title="A bid", budget=(line,), rates=RatesFacts(Decimal("0.9")))
    assert assess(asked, call).eu == Euro(90)
    assert assess(replace(asked, rates=RatesFacts()), call).eu == Euro()


def test_the_rule_set_says_how_a_cent_is_settled() -> None:
    call = call_with(replace(MACHINE_STREAM, rounding=Rounding.HALF_UP))
    bid = BidFacts(call="CALL", title="A bid", budget=(cost("L1", "energy", "0.01"),))
    found = assess(bid, call)
    assert found.eu == Euro(1)
    assert "rounded half up" in str(found.trace[0].sentence)


def test_capital_expenditure_is_shared_between_union_states_and_the_rest() -> None:
    line = cost("L1", "compute", "1.03", Stream.CAPEX)
    found = assess(BidFacts(call="CALL", title="A bid", budget=(line,)), GIGAFACTORY)
    share = found.streams["capex"]
    assert (share.total, share.eu, share.states_min, share.rest) == (Euro(103), Euro(17), Euro(17), Euro(69))
    assert found.eligible == Euro(103)
    assert [step.rule for step in found.trace][:2] == ["capex", "states"]


def test_the_states_least_part_is_never_a_cent_too_small() -> None:
    scheme = replace(CAPEX_STREAM, state_match_min_of_eu=Fraction(1, 2))
    line = cost("L1", "compute", "1.03", Stream.CAPEX)
    found = assess(BidFacts(call="CALL", title="A bid", budget=(line,)), call_with(scheme))
    assert found.streams["capex"].states_min == Euro(9)


def test_a_call_that_says_nothing_of_capital_expenditure_pays_nothing() -> None:
    scheme = replace(CAPEX_STREAM, rate_max=None, state_match_min_of_eu=None)
    line = cost("L1", "compute", "1.00", Stream.CAPEX)
    found = assess(BidFacts(call="CALL", title="A bid", budget=(line,)), call_with(scheme))
    share = found.streams["capex"]
    assert (share.eu, share.states_min, share.rest) == (Euro(), Euro(), Euro(100))
    assert "states" not in [step.rule for step in found.trace]
    assert str(found.trace[0].sentence) == (
        "The Union pays at most 0 % of the capital expenditure of 1.00, rounded down to the cent: 0.00."
    )


def test_states_owe_nothing_where_the_call_asks_nothing_of_them() -> None:
    scheme = replace(CAPEX_STREAM, state_match_min_of_eu=None)
    line = cost("L1", "compute", "1.00", Stream.CAPEX)
    found = assess(BidFacts(call="CALL", title="A bid", budget=(line,)), call_with(scheme))
    share = found.streams["capex"]
    assert (share.eu, share.states_min, share.rest) == (Euro(17), Euro(), Euro(83))


def test_the_rest_of_a_gigafactory_is_never_below_nothing() -> None:
    scheme = replace(CAPEX_STREAM, rate_max=Fraction(1, 2), state_match_min_of_eu=Fraction(2))
    line = cost("L1", "compute", "1.00", Stream.CAPEX)
    found = assess(BidFacts(call="CALL", title="A bid", budget=(line,)), call_with(scheme))
    assert found.streams["capex"].rest == Euro()


def test_an_empty_gigafactory_has_no_story() -> None:
    found = assess(BidFacts(call="CALL", title="A bid"), GIGAFACTORY)
    assert [step.rule for step in found.trace] == ["national", "uncovered"]

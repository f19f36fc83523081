"""Why a figure is what it is, in words somebody can check."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts, RatesFacts
from bids.rulebook.funding import UnknownFigure, assess, why
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.golden.cases import (
    ANTENNA_CUT_AT_THE_CAP,
    FACTORY_WITH_EVERYTHING,
    GIGAFACTORY_ODD_CENTS,
    REQUEST_OVER_TWO_STREAMS,
    Case,
)
from tests.rulebook.funding.calls import CAPEX_STREAM, HORIZON, MACHINE_STREAM, SERVICES_STREAM, call_with


def words(case: Case, figure: str) -> list[str]:
    found = assess(case.facts, case.call, on=case.on)
    return [str(step.sentence) for step in why(found, case.facts, case.call, figure)]


def test_a_line_tells_its_whole_way_to_the_union_money() -> None:
    assert words(REQUEST_OVER_TWO_STREAMS, "lines/L1/eu") == [
        "The Union pays p 50 % of eligible costs of 200.00, rounded half up to the cent: 100.00.",
        "p requests 100.00 in all, less than the rate gives: 33.33 of it in Services.",
        "The partners' parts in Services add up to 83.33. The call pays at most 50.00.",
        "The cap of 50.00 is shared by what each partner would get: 20.00 for p.",
        "The Union's 20.00 is spread over the lines it pays for, by what they cost; "
        "cents left over go to the largest remainders: this line gets 20.00 for 200.00.",
    ]


def test_a_line_tells_its_indirect_costs() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "lines/S1/indirect") == [
        "Indirect costs of imec in Services: 25 % of 1045500.00 make 261375.00. Outside the base: A5, B, D1, D2.",
        "The indirect costs of 261375.00 are spread by amount over the lines they are computed on: "
        "445500.00 of 1045500.00 brings this line 111375.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/S3/indirect") == [
        "S3 carries no indirect costs: its category B is outside their base."
    ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/M1/indirect") == [
        "M1 carries no indirect costs: its stream has no flat rate."
    ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/S7/indirect") == [
        "S7 has the category C9, which the stream Services does not know. Choose one of its own."
    ]


def test_a_line_tells_its_price_and_how_it_was_cut() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "lines/S2/amount") == [
        "S2 asks for 40 months; only 36 count: no more than the action and the useful life.",
        "1250000.00 over a life of 60 months, 36 of them in the action, used for it at 80 %: 600000.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/S2/total")[-2:] == [
        "Add the amount: 600000.00.",
        "Add indirect costs: 150000.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/S8/amount")[0].startswith("S8 has no price.")


def test_a_line_tells_why_it_counts_or_not() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "lines/S1/eligible") == ["S1 counts for Union money in Services."]
    for figure in ("lines/M3/eu", "lines/M3/eligible"):
        assert words(FACTORY_WITH_EVERYTHING, figure) == [
            "M3 is funded by another EU grant. The same cost can't be paid twice."
        ]
    assert words(FACTORY_WITH_EVERYTHING, "lines/S6/total") == [
        "S6 states indirect costs. They are compared with the computed ones, never added."
    ]


def test_a_line_of_the_machine_or_of_a_gigafactory_tells_its_group() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "lines/M1/eu")[:2] == [
        "For acquisition the bid asks for 60 %. The call pays at most 50 %, so that is taken.",
        "The Union pays 50 % of 1000000.01 for acquisition, rounded down to the cent: 500000.00.",
    ]
    assert words(GIGAFACTORY_ODD_CENTS, "lines/L2/eu")[0].startswith("The Union pays at most 17 %")


def test_a_stream_tells_its_partners_and_its_cap() -> None:
    assert words(ANTENNA_CUT_AT_THE_CAP, "streams/services/eu") == [
        "Add a: 2000000.00.",
        "Add b: 2000000.00.",
        "Add c: 2000000.00.",
        "The partners' parts in Services add up to 6000000.00. The call pays at most 5000000.00.",
    ]
    assert words(ANTENNA_CUT_AT_THE_CAP, "streams/services/cap") == ["The call pays at most 5000000.00 in Services."]
    assert words(ANTENNA_CUT_AT_THE_CAP, "streams/services/rate") == [
        "The call pays 50 % of eligible costs in Services, unless it says otherwise for a kind of partner."
    ]
    assert words(REQUEST_OVER_TWO_STREAMS, "streams/experimental_platform/cap") == [
        "The call sets no cap for Experimental platform."
    ]


def test_what_the_call_says_rests_on_the_ground_of_its_number() -> None:
    case = ANTENNA_CUT_AT_THE_CAP
    found = assess(case.facts, case.call)
    grounds = {
        figure: why(found, case.facts, case.call, f"streams/services/{figure}")[0].source for figure in ("rate", "cap")
    }
    assert grounds == {"rate": "F9", "cap": "F13"}


def test_a_partner_in_one_stream_needs_no_sum() -> None:
    assert len(words(ANTENNA_CUT_AT_THE_CAP, "partners/a/eu")) == 3
    assert words(REQUEST_OVER_TWO_STREAMS, "partners/p/eu")[-2:] == [
        "Add Experimental platform: 66.67.",
        "Add Services: 20.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "partners/guest/eu") == ["There is nothing to add up."]


def test_a_partner_tells_its_rate() -> None:
    assert words(ANTENNA_CUT_AT_THE_CAP, "partners/a/rate") == ["a is paid at 50 %."]
    assert words(FACTORY_WITH_EVERYTHING, "partners/guest/rate") == [
        "A guest has no rate of its own: it gets no Union money, or its streams pay different rates."
    ]
    assert words(FACTORY_WITH_EVERYTHING, "partners/-/rate")[0].startswith("What no partner bears has no rate")


def test_the_bid_tells_what_is_signed_and_what_no_longer_is() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "signed") == [
        "Federal signed for 4000000.00, valid until 2026-06-30: it no longer counts.",
        "Add Region: 500000.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "other") == [
        "Own means, private equity and loans that are signed (20000.00) pay 20000.00."
    ]
    assert words(GIGAFACTORY_ODD_CENTS, "other") == ["There is nothing to add up."]


def test_the_bid_tells_its_shares() -> None:
    assert words(ANTENNA_CUT_AT_THE_CAP, "eu_share") == [
        "The Union pays 5000000.00 of 12000000.00: a share of 41.6667 %."
    ]
    assert words(FACTORY_WITH_EVERYTHING, "union_access_share")[-1] == (
        "The Union pays 3426935.00 of 7504300.01, so its share of access is 45.6662 %."
    )
    assert words(ANTENNA_CUT_AT_THE_CAP, "union_access_share") == [
        "The bid has no cost of a machine, so the Union has no share of access."
    ]


def test_a_bid_without_costs_has_no_share_to_explain() -> None:
    empty = Case("empty", type(ANTENNA_CUT_AT_THE_CAP.facts)(call="CALL", title="Empty"), ANTENNA_CUT_AT_THE_CAP.call)
    assert words(empty, "eu_share") == ["The bid costs nothing yet, so there is no share."]


def test_a_partner_tells_what_its_rates_alone_would_give() -> None:
    assert words(REQUEST_OVER_TWO_STREAMS, "partners/p/computed")[-2:] == [
        "Add Experimental platform: 200.00.",
        "Add Services: 100.00.",
    ]


def test_sums_by_category_call_each_category_by_its_name() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "partners/imec/direct") == [
        "Add A.1 Employees or equivalent: 445500.00.",
        "Add B Subcontracting: 1000.01.",
        "Add C.2 Equipment: 600000.00.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "streams/machine/operation") == ["Add Energy: 6504300.00."]
    assert words(FACTORY_WITH_EVERYTHING, "categories/C9/total") == ["Add Services: 5.00."]


def test_a_category_holds_its_lines_without_their_indirect_costs() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "categories/A1/total") == ["Add Services: 446277.79."]
    assert words(FACTORY_WITH_EVERYTHING, "categories/A1/eu") == ["Add Services: 222750.01."]
    assert words(FACTORY_WITH_EVERYTHING, "categories/E/total") == ["Add Services: 261375.01."]
    assert words(FACTORY_WITH_EVERYTHING, "categories/E/eu") == ["Add Services: 130687.51."]
    assert words(FACTORY_WITH_EVERYTHING, "sites/zellik/eu") == [
        "Add Machine: 3426935.00.",
        "Add Services: 278437.50.",
    ]


def test_a_partner_tells_its_indirect_costs_and_what_is_left() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "partners/lab/indirect") == [
        "Indirect costs of Lab of imec in Services: 25 % of 0.02 make 0.01. Outside the base: A5, B, D1, D2.",
        "Add Services: 0.01.",
    ]
    assert words(FACTORY_WITH_EVERYTHING, "partners/lab/national") == [
        "Of eligible costs of 0.03 the Union pays 0.02: 0.01 is left."
    ]


def test_a_category_nobody_knows_is_called_as_it_was_typed() -> None:
    case = GIGAFACTORY_ODD_CENTS
    odd = replace(case, facts=replace(case.facts, budget=(
        replace(case.facts.budget[0], category="odd"), replace(case.facts.budget[1], category=""),
    )))  # fmt: skip
    assert words(odd, "partners/-/machine_total") == [
        "Add lines without a category: 0.10.",
        "Add odd: 3999999999.99.",
    ]


def test_the_machine_tells_the_rate_it_applied() -> None:
    assert words(FACTORY_WITH_EVERYTHING, "streams/machine/rate_acquisition")[0].startswith("For acquisition the bid")
    assert words(FACTORY_WITH_EVERYTHING, "streams/machine/rate_operation") == [
        "The Union pays 45 % of 6504300.00 for operation, rounded down to the cent: 2926935.00."
    ]


def test_a_stream_adds_up_its_own_lines_only() -> None:
    """A call with both kinds of investment: the machine's lines are no capital expenditure, nor is an odd one."""
    call = call_with(CAPEX_STREAM, MACHINE_STREAM)
    lines = (
        CostFact("K1", Stream.CAPEX, category="compute", amount=Euro.of("100.00")),
        CostFact("K2", Stream.CAPEX, category="odd", amount=Euro.of("7.00")),
        CostFact("M1", Stream.MACHINE, category="acquisition", amount=Euro.of("50.00")),
        CostFact("M2", Stream.MACHINE, category="odd", amount=Euro.of("3.00")),
    )
    case = Case("both", BidFacts(call="CALL", title="Both", budget=lines), call)
    assert words(case, "streams/capex/total") == ["Add Compute: 100.00."]
    assert words(case, "streams/machine/acquisition") == ["Add Acquisition: 50.00."]
    assert words(case, "streams/machine/operation") == ["There is nothing to add up."]


def test_a_partner_nobody_knows_is_called_as_it_was_typed() -> None:
    line = CostFact("L1", Stream.SERVICES, "stranger", category="B", amount=Euro(100))
    case = Case("stranger", BidFacts(call="CALL", title="A bid", budget=(line,)), ANTENNA_CUT_AT_THE_CAP.call)
    assert words(case, "partners/stranger/rate")[0].startswith("stranger has no rate of its own")


def test_a_cent_between_a_line_and_its_indirect_costs_is_the_lines() -> None:
    """Overheads as large as the cost itself: the one cent of the Union can't be shared between A1 and E."""
    scheme = replace(SERVICES_STREAM, cost_model=replace(HORIZON, indirect_rate=Fraction(1)))
    line = CostFact("L1", Stream.SERVICES, "p", category="A1", amount=Euro(1))
    facts = BidFacts(call="CALL", title="A bid", partners=(PartnerFacts("p"),), budget=(line,))
    case = Case("cent", facts, call_with(scheme))
    assert words(case, "categories/A1/eu") == ["Add Services: 0.01."]
    assert words(case, "categories/E/eu") == ["Add Services: 0.00."]


def test_a_machine_the_union_pays_nothing_of_gives_it_no_access() -> None:
    line = CostFact("M1", Stream.MACHINE, category="energy", amount=Euro(100))
    rates = RatesFacts(operation=Decimal(0))
    case = Case("free", BidFacts(call="CALL", title="A bid", budget=(line,), rates=rates), FACTORY_WITH_EVERYTHING.call)
    assert words(case, "union_access_share")[-1] == ("The Union pays 0.00 of 1.00, so its share of access is 0 %.")


def test_a_call_that_names_no_rate_pays_nothing() -> None:
    case = Case("none", ANTENNA_CUT_AT_THE_CAP.facts, call_with(replace(SERVICES_STREAM, rate=None)))
    assert words(case, "streams/services/rate") == [
        "The call pays 0 % of eligible costs in Services, unless it says otherwise for a kind of partner."
    ]
    assert words(case, "partners/a/rate") == ["a is paid at 0 %."]


def test_another_call_than_the_assessments_own_explains_nothing() -> None:
    case = ANTENNA_CUT_AT_THE_CAP
    found = assess(case.facts, case.call)
    with pytest.raises(UnknownFigure, match="services"):
        why(found, case.facts, GIGAFACTORY_ODD_CENTS.call, "streams/services/eu")


@pytest.mark.parametrize(
    "figure",
    [
        "",
        "no_such",
        "trace",
        "streams",
        "streams/services",
        "streams/capex/eu",
        "streams/nowhere/eu",
        "streams/services/no_such",
        "streams/machine/no_such",
        "partners/nobody/eu",
        "partners/imec/no_such",
        "sites/nowhere/eu",
        "sites/zellik/no_such",
        "lines/L999/eu",
        "lines/S1/no_such",
        "lines/S1/eu/more",
        "__class__/x/eu",
    ],
)
def test_an_unknown_figure_is_refused_by_name(figure: str) -> None:
    """What is said names what was asked for, up to the part that is not there."""
    with pytest.raises(UnknownFigure) as refused:
        words(FACTORY_WITH_EVERYTHING, figure)
    assert figure.startswith(str(refused.value))

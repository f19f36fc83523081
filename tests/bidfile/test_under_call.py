"""What a bid file owes to its call."""

from __future__ import annotations

from typing import Any

import pytest

from bids import bidfile, callfile
from tests.bidfile.documents import changed, small

CALLS = callfile.shipped()


def problems_of(document: Any) -> list[str]:
    with pytest.raises(bidfile.Unreadable) as refused:
        bidfile.read(document, calls=CALLS)
    return [str(problem) for problem in refused.value.problems]


def line(**changes: Any) -> dict[str, Any]:
    return small(budget=[{"key": "L1", "stream": "services", "partner": "imec", "category": "A1", **changes}])


def test_the_small_bid_keeps_to_its_call() -> None:
    assert bidfile.read(small(), calls=CALLS) == bidfile.read(small())


def test_an_unknown_call_is_refused_with_the_nearest() -> None:
    assert problems_of(small(call="EUROHPC-2024-CEI-AI-2")) == [
        '$.call: There is no call "EUROHPC-2024-CEI-AI-2". Did you mean EUROHPC-2024-CEI-AI-02?'
    ]


def test_without_calls_any_call_may_be_named() -> None:
    assert bidfile.read(small(call="A-CALL-OF-TOMORROW")).call == "A-CALL-OF-TOMORROW"


def test_an_unknown_track_is_refused() -> None:
    assert problems_of(small(track="old_machine")) == [
        '$.track: The call has no track "old_machine". Did you mean new_machine?'
    ]


def test_a_call_without_tracks_takes_none() -> None:
    document = small(call="HORIZON-JU-EUROHPC-2025-AIFA-01", chapters=[])
    assert problems_of(document) == ['$.track: The call has no track "new_machine".']


@pytest.mark.parametrize(
    ("stream", "category", "problem"),
    [
        ("services", "A.1", 'The stream services has no category "A.1". Did you mean A1?'),
        (
            "machine",
            "B",
            'The stream machine has no category "B". Known are: acquisition, installation, maintenance, energy, '
            "cooling, staff_operations, housing, network, software, security, decommissioning.",
        ),
    ],
)
def test_a_category_belongs_to_the_cost_model_of_its_stream(stream: str, category: str, problem: str) -> None:
    assert problems_of(line(stream=stream, category=category)) == [f"$.budget[0].category: {problem}"]


@pytest.mark.parametrize(("stream", "category"), [("services", "E"), ("services", ""), (None, "A1"), ("capex", "A1")])
def test_stated_indirect_costs_drafts_and_streams_the_call_lacks_are_for_readiness(
    stream: str | None, category: str
) -> None:
    assert bidfile.read(line(stream=stream, category=category), calls=CALLS).budget[0].category == category


@pytest.mark.parametrize("key", ["19", "ai_visions", "19.1", "x.1"])
def test_a_chapter_that_no_section_takes_up_is_refused(key: str) -> None:
    (problem,) = problems_of(small(chapters=[{"key": key}]))
    assert problem.startswith(f'$.chapters[0].key: The call has no section "{key}".')


@pytest.mark.parametrize("key", ["17", "ai_vision", "1.1", "9.2.1"])
def test_a_chapter_is_a_section_its_criterion_or_a_part_of_it(key: str) -> None:
    assert bidfile.read(small(chapters=[{"key": key}]), calls=CALLS).chapters[0].key == key


@pytest.mark.parametrize("keys", [("9", "ai_vision"), ("ai_vision", "9")])
def test_a_section_is_not_written_under_two_names(keys: tuple[str, str]) -> None:
    (problem,) = problems_of(small(chapters=[{"key": key} for key in keys]))
    assert problem == (
        f'$.chapters[{keys.index("ai_vision")}].key: "ai_vision" is section 9, which stands here too. Keep one of them.'
    )


def test_a_document_is_of_a_known_kind() -> None:
    document = changed(("documents", 0, "kind"), "member_state_comitment")
    assert problems_of(document) == [
        '$.documents[0].kind: The call knows no document of the kind "member_state_comitment". '
        "Did you mean member_state_commitment?"
    ]


def test_an_amount_and_its_quantity_agree_to_the_cent() -> None:
    (problem,) = problems_of(changed(("budget", 0, "amount"), "445500.01"))
    assert problem.startswith("$.budget[0].amount: ")
    assert "445500.01" in problem
    assert "445500.00" in problem


def test_an_amount_and_its_formula_agree_to_the_cent() -> None:
    (problem,) = problems_of(changed(("budget", 1, "amount"), "566666.66"))
    assert problem.startswith("$.budget[1].amount: ")
    assert "566666.66" in problem
    assert "566666.67" in problem


@pytest.mark.parametrize(("country", "amount"), [("BE", "20891.55")])
def test_an_sme_owner_is_priced_by_the_opening_date_of_the_call(country: str, amount: str) -> None:
    pricing = {"kind": "sme_owner", "days": "43", "country": country}
    document = line(category="A4", amount=amount, pricing=pricing)
    assert bidfile.read(document, calls=CALLS).budget[0].amount is not None


def test_an_sme_owner_of_a_country_without_coefficient_is_refused() -> None:
    document = line(category="A4", pricing={"kind": "sme_owner", "days": "43", "country": "FR"})
    (problem,) = problems_of(document)
    assert problem.startswith("$.budget[0].pricing: ")
    assert "FR" in problem


def test_the_formula_of_a_stream_the_call_lacks_can_not_be_checked() -> None:
    pricing = {"kind": "sme_owner", "days": "43", "country": "FR"}
    assert bidfile.read(line(stream="capex", pricing=pricing), calls=CALLS).budget[0].pricing is not None


def test_a_line_that_can_not_be_read_is_not_priced_too() -> None:
    document = changed(("budget", 0, "quantity"), "5,4")
    (problem,) = problems_of(document)
    assert problem.startswith("$.budget[0].quantity: ")


def test_a_line_without_any_price_is_a_draft() -> None:
    assert bidfile.read(line(), calls=CALLS).budget[0].amount is None


def test_a_stream_that_can_not_be_read_says_nothing_about_its_category() -> None:
    (problem,) = problems_of(line(stream="sevices", category="A1"))
    assert problem == '$.budget[0].stream: "sevices" is not a word known here. Did you mean services?'


def test_a_call_that_can_not_be_read_is_told_once() -> None:
    (problem,) = problems_of(small(call="no call"))
    assert problem.startswith('$.call: "no call" is not a name')


def test_a_chapter_without_a_readable_key_is_told_once() -> None:
    (problem,) = problems_of(small(chapters=[{"key": "1 1"}]))
    assert problem.startswith('$.chapters[0].key: "1 1" is not a key')


def test_disagreements_beyond_the_hundredth_are_counted() -> None:
    lines = [{"key": f"L{n}", "quantity": "1", "unit_cost": "2.00", "amount": "1.00"} for n in range(150)]
    problems = problems_of(small(budget=lines))
    assert len(problems) == 101
    assert problems[-1] == "$: 50 more problems are not listed."

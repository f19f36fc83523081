"""The numbers of a call by their places, and the same call with some of them changed."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from bids import callfile
from bids.callfile import Kind, Unreadable, numbers, stands, with_edits
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream

FACTORY = "EUROHPC-2024-CEI-AI-02"
CAP = "streams/services/eu_cap"
EVERY = sorted(callfile.shipped())


def edit(value: Any, mark: str = "SEEN", **more: Any) -> dict[str, Any]:
    source = {"source": "S40"} if mark == "SEEN" else {}
    return {"value": value, "mark": mark, "cite": "Call text, page 12", **source, **more}


@pytest.mark.parametrize("id_", EVERY)
def test_every_marked_number_has_its_place_with_its_source(id_: str) -> None:
    data, facts = callfile.load(id_), callfile.shipped()[id_]
    found = numbers(data)
    words = {"competitive", "required_opinions", "participating_states", "title_forbidden", "rounding"}
    marked = {place for place in facts.marks if place.rpartition("/")[2] not in words and "_excluded" not in place}
    assert marked == found.keys() & facts.marks.keys()
    for place in marked:
        assert (found[place].source, found[place].value is None) == (facts.marks[place], False), place


def test_numbers_are_read_as_what_they_are() -> None:
    found = numbers(callfile.load(FACTORY))
    assert (found[CAP].kind, found[CAP].value, found[CAP].source.mark) == (
        Kind.AMOUNT,
        Euro.of("15000000.00"),
        "INFERRED",
    )
    rate = found["streams/services/action/rate"]
    assert (rate.kind, rate.value, rate.may_block) == (Kind.SHARE, Fraction(1, 2), True)
    assert found["cutoffs/2"].kind is Kind.MOMENT
    assert found["desk_closes_working_days"].value == 25
    threshold = found["criteria_sets/CEI_AI_MACHINE/criteria/specs/threshold"]
    assert (threshold.value, threshold.source.mark) == (Decimal(3), "HOUSE")
    assert (found["page_limit"].value, found["page_limit"].may_be_missing) == (None, True)
    assert "streams/machine/rate" not in found  # neither set nor something this stream could have


def test_a_call_with_edits_is_the_same_call_but_for_them() -> None:
    data = callfile.load(FACTORY)
    before = json.dumps(data)
    changed = with_edits(data, {CAP: edit("12000000.00"), "page_limit": edit(80)})
    assert json.dumps(data) == before
    assert {change.path for change in callfile.difference(data, changed)} == {
        *(f"{CAP}/{part}" for part in ("value", "mark", "source", "cite", "note")),
        "page_limit",
    }
    facts = callfile.read(changed)
    assert facts.scheme(Stream.SERVICES).eu_cap == Euro.of("12000000.00")
    assert facts.scheme(Stream.SERVICES).cap_source.is_certain
    assert facts.page_limit == 80


def test_one_of_two_streams_that_share_a_cost_model_is_changed_alone() -> None:
    place = "streams/services/cost_model/indirect_rate"
    facts = callfile.read(with_edits(callfile.load(FACTORY), {place: edit("0.20")}))
    rates = {scheme.stream: scheme.cost_model.indirect_rate for scheme in facts.streams}
    assert (rates[Stream.SERVICES], rates[Stream.EXPERIMENTAL_PLATFORM]) == (Fraction(1, 5), Fraction(1, 4))


def test_a_threshold_gets_a_source_of_its_own() -> None:
    place = "criteria_sets/CEI_AI_MACHINE/criteria/specs/threshold"
    changed = with_edits(callfile.load(FACTORY), {place: edit("3.5")})
    facts = callfile.read(changed)
    specs, tco, *_ = facts.criteria_for("new_machine").criteria
    assert (specs.threshold, tco.threshold) == (Decimal("3.5"), Decimal(3))
    assert facts.marks[place].key == "S40"
    assert numbers(changed)[place].source.key == "S40"


def test_what_may_be_missing_can_be_taken_out_and_nothing_else() -> None:
    data = callfile.load(FACTORY)
    assert callfile.read(with_edits(data, {CAP: None})).scheme(Stream.SERVICES).eu_cap is None
    for place in ("streams/services/action/rate", "streams/services/cost_model/indirect_rate", "cutoffs/0"):
        with pytest.raises(Unreadable) as refused:
            with_edits(data, {place: None})
        assert [str(one) for one in refused.value.problems] == [
            f"{place}: This number can't be left out: the call needs it."
        ]


@pytest.mark.parametrize(
    ("place", "typed", "said"),
    [
        (CAP, edit("12"), '"12" is not an amount: write it in quotes with two decimals, such as "60000.00".'),
        ("streams/services/action/rate", edit("1.5"), '"1.5" is above 1: write 50 % as "0.50".'),
        (CAP, edit("1.00", mark="HEARD"), '"HEARD" is not a mark: write SEEN, SEEN2, RECALLED 0.8, INFERRED or HOUSE.'),
        (CAP, {**edit("1.00"), "source": ""}, '"" names no source: write keys such as "S5" or "S2, S4".'),
        (CAP, {**edit("1.00"), "cite": "see S10"},
         '"see S10" can\'t be printed: cite the legal act or the call, never a compilation.'),
        ("cutoffs/0", edit("2025-03-01T17:00:00+01:00"), "Write the cut-offs in order of time, each once."),
        ("streams/river/eu_cap", edit("1.00"), 'This call has no number "streams/river/eu_cap".'),
        ("title", edit("1.00"), 'This call has no number "title".'),
        ("warn_only/C07", {"value": "Later."},
         "C07 is no house rule that blocks under this call, so it can't be switched."),
    ],
)  # fmt: skip
def test_what_can_not_be_taken_is_refused_at_its_place(place: str, typed: Any, said: str) -> None:
    with pytest.raises(Unreadable) as refused:
        with_edits(callfile.load(FACTORY), {place: typed})
    told = {(problem.path, str(problem.sentence)) for problem in refused.value.problems}
    assert (place if place != "cutoffs/0" else "$.cutoffs", said) in told


def test_a_house_rule_is_switched_to_warn_and_back() -> None:
    data = callfile.load(FACTORY)
    softer = with_edits(data, {"warn_only/C41": {"value": "The letters follow by post."}})
    assert callfile.read(softer).warn_only == {"C41": "The letters follow by post."}
    assert with_edits(softer, {"warn_only/C41": None}) == data


def test_what_stands_can_be_put_back() -> None:
    data = callfile.load(FACTORY)
    places = [CAP, "page_limit", "criteria_sets/CEI_AI_MACHINE/criteria/specs/weight", "warn_only/C41", "no/where"]
    stood = stands(data, places)
    assert stood["page_limit"] is stood["warn_only/C41"] is stood["no/where"] is None
    assert stood[places[2]] == {"value": "1", "mark": "HOUSE", "cite": "rule of this tool"}
    changed = with_edits(data, {CAP: edit("1.00"), "page_limit": edit(3), "warn_only/C41": {"value": "Later."}})
    again = with_edits(changed, stands(data, [CAP, "page_limit", "warn_only/C41"]))
    assert again == data


@pytest.mark.parametrize("id_", EVERY)
def test_every_number_of_every_call_can_be_said_again(id_: str) -> None:
    data = callfile.load(id_)
    set_ones = [place for place, number in numbers(data).items() if number.value is not None]
    assert numbers(with_edits(data, stands(data, set_ones))) == numbers(data)

"""Call data that is wrong: every mistake is named in words, none is swallowed, none crashes."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from bids import callfile
from bids.callfile.published import read_published
from bids.callfile.resolve import resolve
from bids.callfile.shelf import library, parse, shipped_paths

ANTENNA = "HORIZON-JU-EUROHPC-2025-AIFA-01"
GOOD = (Path(callfile.shelf.CALLS) / f"{ANTENNA}.toml").read_text(encoding="utf-8")


def problems_of(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "call.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.load(path)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("found", "written", "problem"),
    [
        (
            'kind = "grant"',
            'knid = "grant"\nkind = "grant"',
            "$.knid: This key is not known here. Did you mean kind?",
        ),
        (
            'value = "5000000.00"',
            "value = 5000000.00",
            '$.streams[0].eu_cap.value: "5000000.0" is not an amount: '
            'write it in quotes with two decimals, such as "60000.00".',
        ),
        (
            'value = "5000000.00"',
            'value = "5000000"',
            '$.streams[0].eu_cap.value: "5000000" is not an amount: '
            'write it in quotes with two decimals, such as "60000.00".',
        ),
        (
            'eu_cap = { value = "5000000.00", mark = "SEEN", source = "S7, S23"',
            'eu_cap = { value = "5000000.00", mark = "SEEN"',
            "$.streams[0].eu_cap.source: A number that was seen names the source it was seen in.",
        ),
        (
            'eu_cap = { value = "5000000.00", mark = "SEEN", source = "S7, S23", cite = "Call '
            'HORIZON-JU-EUROHPC-2025-AIFA-01 (to be confirmed)" }',
            'eu_cap = "5000000.00"',
            "$.streams[0].eu_cap: Write a table here.",
        ),
        (
            'mark = "SEEN", source = "S7, S23"',
            'mark = "KNOWN", source = "S7, S23"',
            '$.streams[0].eu_cap.mark: "KNOWN" is not a mark: write SEEN, SEEN2, RECALLED 0.8, INFERRED or HOUSE.',
        ),
        (
            'source = "S7, S23", cite = "Call HORIZON-JU-EUROHPC-2025-AIFA-01 (to be confirmed)"',
            'source = "S7, S23", cite = "compilation S10"',
            '$.streams[0].eu_cap.cite: "compilation S10" can\'t be printed: '
            "cite the legal act or the call, never a compilation.",
        ),
        ("version = 1", 'version = "1"', "$.version: Write a whole number here, 0 or more, without quotes."),
        ('title = "AI Factory Antennas"', "", "$.title: title is missing."),
        (
            'criteria_set = "HE_RIA"',
            'criteria_set = "HE_RAI"',
            '$.criteria_set: "HE_RAI" is not among the criteria_sets. Did you mean HE_RIA?',
        ),
        (
            'cost_model = "HE_ACTUAL"',
            'cost_model = "XYZ"',
            '$.streams[0].cost_model: "XYZ" is not among the cost_models. '
            "Known are: CAPEX, DEP_ACTUAL, HE_ACTUAL, TCO_MACHINE.",
        ),
        (
            "deadline = { value = 2025-08-21T17:00:00+02:00",
            "deadline = { value = 2025-08-21T17:00:00",
            '$.deadline.value: "2025-08-21T17:00:00" is not a moment: '
            "write 2025-06-30T17:00:00+02:00, with its offset.",
        ),
        (
            'requires = ["member_state_commitment", "linked_factory_letter"]',
            'requires = ["linked_factory_letter"]',
            '$.requires_severity.member_state_commitment: This call does not require "member_state_commitment".',
        ),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, found: str, written: str, problem: str) -> None:
    assert found in GOOD
    assert problem in problems_of(tmp_path, GOOD.replace(found, written, 1))


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("version = 1", "version = -1").replace('kind = "grant"', 'kind = "gift"')
    assert problems_of(tmp_path, text) == [
        "$.version: Write a whole number here, 0 or more, without quotes.",
        '$.kind: "gift" is not known here: write one of cei, grant, cei_joint_procurement.',
    ]


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        ({"streams": []}, "$.streams: A call needs at least one stream."),
        ({"streams": None}, "$.streams: A call needs at least one stream."),
        ({"criteria_sets": []}, "$.criteria_sets: A call needs at least one set of criteria."),
        ({"page_limit": 70}, "$.page_limit: Write a table here."),
        ({"established_factories": "jaif"}, "$.established_factories: Write a list here, in square brackets."),
        ({"single_country": "yes"}, "$.single_country: Write true or false here."),
        ({"applicants": " "}, "$.applicants: Write a text here."),
        ({"id": "a b"}, '$.id: "a b" is not an identifier: use letters, digits, . _ -'),
        (
            {"tracks": [{"id": "t", "title": "T", "criteria_set": "NONE"}]},
            "$.tracks[0].criteria_set: The track points to criteria NONE that this call does not have.",
        ),
        ({"format": "tandem-call/2"}, '$.format: "tandem-call/2" is not known here: write one of tandem-call/1.'),
    ],
    ids=str,
)
def test_self_contained_data_is_checked_again_when_it_is_read(spoil: dict[str, Any], problem: str) -> None:
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.read(callfile.load(ANTENNA) | spoil)
    assert problem in [str(each) for each in refused.value.problems]


def test_two_streams_of_one_name_and_dates_out_of_order() -> None:
    data = callfile.load("EUROHPC-2024-CEI-AI-02")
    data["streams"].append(data["streams"][0])
    data["cutoffs"].reverse()
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.read(data)
    assert [str(each) for each in refused.value.problems] == [
        "$.streams: Two entries here have the same id.",
        "$.cutoffs: Write the cut-offs in order of time, each once.",
    ]


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        (("rate_max", "value"), "1.01", '$.streams[0].rate_max.value: "1.01" is above 1: write 50 % as "0.50".'),
        (("rate_max",), None, "$.streams[0].rate_max: A stream capex needs rate_max."),
        (
            ("rounding", "value"),
            "up",
            '$.streams[0].rounding.value: "up" is not known here: write one of half_up, down.',
        ),
    ],
)
def test_a_stream_without_sound_rates(path: tuple[str, ...], value: Any, problem: str) -> None:
    data = callfile.load("EUROHPC-2026-CEI-AIGF-01")
    place = data["streams"][0]
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.read(data)
    assert [str(each) for each in refused.value.problems] == [problem]


def test_a_requirement_that_only_warns_has_no_gate() -> None:
    data = callfile.load(ANTENNA)
    data["requirements"][0]["gate"] = "submit"
    with pytest.raises(callfile.Unreadable, match="A requirement that only warns has no gate: leave it out"):
        callfile.read(data)


def test_shared_tables_of_a_call_are_tables(tmp_path: Path) -> None:
    assert "$.templates: Write a table here." in problems_of(tmp_path, "templates = 1\n" + GOOD)


def test_published_figures_are_checked_too() -> None:
    tables = parse(callfile.shelf.REFERENCE_BIDS)
    tables["bids"][0]["entries"][0]["total"] = 80
    with pytest.raises(callfile.Unreadable, match=r'^\$\.bids\[0\]\.entries\[0\]\.total: "80" is not an amount'):
        read_published(tables)


@pytest.mark.parametrize("country", ["EL", "UK"])
def test_the_codes_of_the_union_are_refused_with_the_one_to_write(tmp_path: Path, country: str) -> None:
    written = f'participating_states = {{ value = ["{country}"], mark = "HOUSE", cite = "rule of this tool" }}\n'
    iso = {"EL": "GR", "UK": "GB"}[country]
    assert problems_of(tmp_path, GOOD.replace("[requires_severity]", written + "[requires_severity]")) == [
        f"$.participating_states.value: {country} is the Union's own code: write {iso}, it is printed as {country}."
    ]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"a = " + b"[" * 5000, b"\x00"])
def test_what_is_no_toml_is_said_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "call.toml"
    path.write_bytes(content)
    with pytest.raises(callfile.Unreadable) as refused:
        callfile.load(path)
    assert refused.value.problems[0].path == "$"


def test_a_call_that_does_not_ship_is_said_so() -> None:
    with pytest.raises(callfile.Unreadable, match=r'There is no call file "NO-SUCH-CALL\.toml"'):
        callfile.load("NO-SUCH-CALL")


def test_a_call_may_bring_its_own_criteria(tmp_path: Path) -> None:
    own = GOOD.replace('criteria_set = "HE_RIA"', 'criteria_set = "OWN"') + (
        '[criteria_sets.OWN]\nscale = "eu_0_5"\ncriteria = [{ id = "one", title = "The only one" }]\n'
        'source = { mark = "HOUSE", cite = "rule of this tool" }\n'
        'weights_source = { mark = "HOUSE", cite = "rule of this tool" }\n'
    )
    path = tmp_path / "call.toml"
    path.write_text(own, encoding="utf-8")
    assert [criterion.id for criterion in callfile.read(callfile.load(path)).criteria_sets[0].criteria] == ["one"]


JUNK: list[Any] = [None, True, -1, 1.5, "", "x", "EL", [], [None], [[]], {}, {"value": {}}, [{"id": []}], 10**30]


def spoil(data: Any, dice: random.Random) -> None:
    """Put junk somewhere in the data."""
    while True:
        keys = list(data) if isinstance(data, dict) else list(range(len(data)))
        if not keys:
            return
        key = dice.choice(keys)
        if isinstance(data[key], dict | list) and dice.random() < 0.7:
            data = data[key]
            continue
        data[key] = copy.deepcopy(dice.choice(JUNK))
        return


@pytest.mark.parametrize("path", shipped_paths(), ids=lambda path: path.stem)
def test_spoiled_data_is_read_or_refused_but_never_crashes(path: Path) -> None:
    dice = random.Random(path.stem)
    tables, loaded = parse(path), callfile.load(path)
    refusals = 0
    for _ in range(60):
        for data, take in ((tables, lambda spoiled: resolve(spoiled, library())), (loaded, callfile.read)):
            spoiled = copy.deepcopy(data)
            spoil(spoiled, dice)
            try:
                take(spoiled)
            except callfile.Unreadable:
                refusals += 1
    assert refusals > 30

"""Call data that is wrong: every mistake is named in words, none is swallowed, none crashes."""

from __future__ import annotations

import copy
import random
from pathlib import Path
from typing import Any

import pytest

from bids import callfile
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

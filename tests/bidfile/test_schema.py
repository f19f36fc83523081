"""The JSON Schema: kept in the tree as generated, valid itself, and of one mind with the reader."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from bids import bidfile
from bids.bidfile.schema import printed
from bids.rulebook.facts import BidFacts
from tests.bidfile.documents import facts, small

KEPT = Path(__file__).parents[2] / "bids" / "bid.schema.json"
VALIDATOR = Draft202012Validator(bidfile.schema(), format_checker=FormatChecker(["date"]))
CROSSING = ("is not among the", "stands here a second time", "goes round in a circle")


def reader_accepts(document: Any) -> bool:
    """As far as one place alone can tell: pointers and unique keys are beyond a schema."""
    try:
        bidfile.read(document)
    except bidfile.Unreadable as refused:
        return all(any(words in str(problem) for words in CROSSING) for problem in refused.problems)
    return True


def test_the_kept_schema_is_current() -> None:
    assert KEPT.read_text(encoding="utf-8") == printed(), "renew it: python -m bids.bidfile > bids/bid.schema.json"


def test_the_schema_is_valid_itself() -> None:
    Draft202012Validator.check_schema(bidfile.schema())


def test_the_schema_refuses_what_is_not_named() -> None:
    described = bidfile.schema()
    objects = [described, *(each for each in described["$defs"].values() if each.get("type") == "object")]
    assert len(objects) > 20
    assert all(each["additionalProperties"] is False for each in objects)
    assert described["required"] == ["format", "call", "title"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(bid=facts())
def test_what_we_write_the_schema_accepts(bid: BidFacts) -> None:
    assert not list(VALIDATOR.iter_errors(bidfile.as_dict(bid)))


JUNK: list[Any] = [
    None, True, 0, -1, 3.5, 10**12, "", "x", "-1", "0.1", "0.123", "0.12345", "0.1234567", "1", "1.01", "1e3", "NaN",
    "007", "1 000", "12,50", "BE", "EL", "be", "BE-WAL", "a key", "a/b", "2026-02-30", "2026-03-01", "20260301",
    "x" * 600, "bad\u0000text", [], [None], ["x"], {}, {"key": "k"}, {"kind": "energy"}, "L001", "REF#L1", "١",
]  # fmt: skip


def spoiled(document: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The document with junk in one place, or one name dropped, or one name added."""
    result = copy.deepcopy(document)
    place: Any = result
    while True:
        steps = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not steps:
            break
        step = dice.choice(steps)
        if isinstance(place[step], dict | list) and dice.random() < 0.8:
            place = place[step]
            continue
        if isinstance(place, dict) and dice.random() < 0.2:
            del place[step]
        else:
            place[step] = copy.deepcopy(dice.choice(JUNK))
        break
    if isinstance(place, dict) and dice.random() < 0.1:
        place[dice.choice(["surprise", "amuont", "key", "kind"])] = copy.deepcopy(dice.choice(JUNK))
    return result


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(bid=facts(), seed=st.integers(0, 2**32))
def test_reader_and_schema_agree_on_spoiled_files(bid: BidFacts, seed: int) -> None:
    dice = random.Random(seed)
    written = bidfile.as_dict(bid)
    for _ in range(10):
        document = spoiled(written, dice)
        assert VALIDATOR.is_valid(document) == reader_accepts(document), json.dumps(document)[:2000]


def test_reader_and_schema_agree_on_the_small_bid_spoiled_often() -> None:
    dice = random.Random(20250701)
    verdicts = []
    for _ in range(1000):
        document = spoiled(small(), dice)
        verdicts.append(reader_accepts(document))
        assert VALIDATOR.is_valid(document) == verdicts[-1], json.dumps(document)[:2000]
    assert 100 < sum(verdicts) < 900


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_reader_and_schema_agree_on_a_whole_file_that_is_none(junk: Any) -> None:
    assert VALIDATOR.is_valid(junk) is False
    if isinstance(junk, dict):
        assert not reader_accepts(junk)

"""What differs between two versions of a call, named so that a person can check it."""

from __future__ import annotations

from bids import callfile
from bids.callfile import Change

FACTORY = "EUROHPC-2024-CEI-AI-02"


def test_nothing_changed() -> None:
    assert callfile.difference(callfile.load(FACTORY), callfile.load(FACTORY)) == ()


def test_a_changed_cap_is_named_by_its_stream() -> None:
    old, new = callfile.load(FACTORY), callfile.load(FACTORY)
    new["streams"][1]["eu_cap"]["value"] = "16000000.00"
    new["version"] = 2
    assert callfile.difference(old, new) == (
        Change("version", 1, 2),
        Change("streams/services/eu_cap/value", "15000000.00", "16000000.00"),
    )


def test_a_dropped_stream_and_a_new_page_limit() -> None:
    old, new = callfile.load(FACTORY), callfile.load(FACTORY)
    platform = new["streams"].pop()
    limit = {"value": 70, "mark": "HOUSE", "cite": "rule of this tool"}
    new["page_limit"] = limit
    changes = {change.path: change for change in callfile.difference(old, new)}
    assert changes == {
        "streams/experimental_platform": Change("streams/experimental_platform", platform, None),
        "page_limit": Change("page_limit", None, limit),
    }


def test_lists_of_words_change_as_a_whole() -> None:
    assert callfile.difference({"a": ["x"]}, {"a": ["x", "y"]}) == (Change("a", ["x"], ["x", "y"]),)


def test_entries_without_a_name_of_their_own_are_told_apart_by_position() -> None:
    old = {"list": [{"value": "x", "n": 1}, {"value": "x", "n": 2}]}
    new = {"list": [{"value": "x", "n": 1}, {"value": "x", "n": 3}]}
    assert callfile.difference(old, new) == (Change("list/1/n", 2, 3),)

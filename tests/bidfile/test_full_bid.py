"""A bid file with every field filled in, as the format is described to others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bids import bidfile, callfile
from bids.rulebook.funding import assess

CONTENT = (Path(__file__).parent / "full-bid.json").read_bytes()


def without_defaults(written: Any, given: Any) -> Any:
    """What we write, less the fields the file leaves out."""
    if isinstance(given, dict):
        return {name: without_defaults(written[name], given[name]) for name in given}
    if isinstance(given, list):
        return [without_defaults(*pair) for pair in zip(written, given, strict=True)]
    return written


def test_a_full_file_is_read_under_its_call_and_loses_nothing() -> None:
    given = json.loads(CONTENT)
    written = bidfile.as_dict(bidfile.read(CONTENT, calls=callfile.shipped()))
    assert without_defaults(written, given) == given


def test_every_field_of_the_format_is_written_somewhere_in_it() -> None:
    text = CONTENT.decode()
    described = bidfile.schema()
    for record in [described, *described["$defs"].values()]:
        for name in record.get("properties", {}):
            assert f'"{name}"' in text, name


def test_each_formula_gives_the_amount_of_the_worked_example() -> None:
    facts = bidfile.read(CONTENT)
    lines = assess(facts, callfile.shipped()[facts.call]).lines
    assert {key: str(line.amount) for key, line in lines.items()} == {
        "L001": "445500.00",
        "L002": "566666.67",
        "L003": "30722.71",
        "L004": "445500.00",
        "L005": "20891.55",
        "L006": "500.00",
        "L007": "6504300.00",
    }

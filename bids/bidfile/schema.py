"""The bid file as JSON Schema, for tools that are not ours. It says all that one place alone can tell."""

from __future__ import annotations

import json
from typing import Any

from bids.bidfile import shape
from bids.rulebook.facts import FORMAT


def schema() -> dict[str, Any]:
    """JSON Schema 2020-12 of a bid file, generated from the types of the facts."""
    definitions: dict[str, Any] = {}
    described = shape.bid().describe(definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{FORMAT.replace('/', ':')}",
        "title": f"A bid ({FORMAT})",
        **described,
        "$defs": dict(sorted(definitions.items())),
    }


def printed() -> str:
    """The schema as `bids/bid.schema.json` keeps it."""
    return json.dumps(schema(), ensure_ascii=True, indent=2) + "\n"

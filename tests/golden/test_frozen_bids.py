"""What was computed once is computed to the same cent for ever, under the rules and the engine of its day."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from bids import bidfile
from bids.rulebook.funding import ENGINE_VERSION
from tests.golden.freeze import SHELF, frozen

FROZEN = sorted(SHELF.glob("*.json"))


@pytest.mark.parametrize("path", FROZEN, ids=lambda path: path.stem)
def test_a_frozen_bid_is_computed_as_it_was(path: Path) -> None:
    kept = json.loads(path.read_text())
    assert hashlib.sha256(kept["text"].encode()).hexdigest() == kept["sha256"]
    assert bidfile.canonical(bidfile.read(kept["text"])) == kept["text"]
    assert frozen(kept["text"], kept["call"], kept["engine"]) == kept


def test_every_engine_has_a_frozen_bid() -> None:
    """Who raises the engine's version freezes bids under it, and keeps the old ones computing."""
    assert ENGINE_VERSION in {json.loads(path.read_text())["engine"] for path in FROZEN}

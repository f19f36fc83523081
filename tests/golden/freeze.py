"""Keeps a bid as it is computed today, for ever: `python -m tests.golden.freeze NAME FILE` writes snapshots/NAME.json.

Nothing overwrites a file that is there: what was once frozen is never computed anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from bids import bidfile, callfile
from bids.rulebook.funding import ENGINE_VERSION, assess, figures

SHELF = Path(__file__).with_name("snapshots")


def frozen(text: str, call: dict[str, Any], engine: str = ENGINE_VERSION) -> dict[str, Any]:
    """The bid, its law, and every figure that follows, as plain JSON."""
    facts, law = bidfile.read(text), callfile.read(call)
    canonical = bidfile.canonical(facts)
    return {
        "engine": engine,
        "rule_set": law.rule_set,
        "sha256": hashlib.sha256(canonical.encode()).hexdigest(),
        "text": canonical,
        "call": call,
        "figures": {name: None if value is None else str(value) for name, value in figures(assess(facts, law)).items()},
    }


def main(name: str, path: str) -> None:
    bid = json.loads(Path(path).read_text())
    for written in ("chapters", "documents"):  # no figure depends on them
        bid.pop(written, None)
    for commitment in bid.get("commitments", ()):
        commitment["document"] = None
    content = frozen(json.dumps(bid), callfile.load(bid["call"]))
    with (SHELF / f"{name}.json").open("x") as file:
        json.dump(content, file, ensure_ascii=False, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(*sys.argv[1:])

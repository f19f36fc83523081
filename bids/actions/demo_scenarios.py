"""The scenarios of the demonstration: started with their bid, and then somebody's work."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from accounts.models import User
from bids.actions import demo_bids, scenarios
from bids.models import Bid
from bids.rulebook.scenarios import read

FILE = demo_bids.FILES / "scenarios.toml"


@cache
def stories() -> dict[str, list[dict[str, Any]]]:
    """By reference of the bid: name, note and changes of each scenario."""
    with FILE.open("rb") as file:
        return tomllib.load(file)


def start(bid: Bid, *, by: User) -> None:
    """The scenarios of a bid that was made just now."""
    for story in stories().get(bid.reference, ()):
        scenarios.start(bid, story["name"], note=story["note"], changes=read(story["changes"]), by=by)

"""How much the Union pays for a bid, and why: of a bid file without a database, or of a stored bid."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from bids.management.bid_command import AskedBid, BidCommand
from bids.rulebook import funding


class Command(BidCommand):
    help = "Print the funding of a bid file or of a stored bid; exit 2 if the file can't be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--explain", action="store_true", help="with every step of why")

    def answer(self, asked: AskedBid, options: dict[str, Any]) -> str:
        assessment = funding.assess(asked.facts, asked.call, on=asked.on)
        if options["json"]:
            return json.dumps(funding.as_json(assessment), ensure_ascii=False, indent=1)
        return funding.explain(assessment) if options["explain"] else funding.summary(assessment)

"""What still stands between a bid and its next act: of a bid file without a database, or of a stored bid."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bids.management.bid_command import AskedBid, BidCommand
from bids.rulebook import funding
from bids.rulebook.readiness import Finding, findings
from bids.wording import say


class Command(BidCommand):
    help = "Print what still blocks or worries in a bid file or a stored bid; exit 2 if the file can't be read."

    def answer(self, asked: AskedBid, options: dict[str, Any]) -> str:
        assessment = funding.assess(asked.facts, asked.call, on=asked.on)
        found = findings(asked.facts, asked.call, assessment, asked.situation)
        return as_json(found) if options["json"] else as_words(found)


def as_json(found: Iterable[Finding]) -> str:
    """The findings as data, the sentences in English."""
    entries = [
        {
            "check": finding.check,
            "severity": finding.severity,
            "gate": finding.gate,
            "sentence": str(finding.sentence),
            "where": finding.where,
            "source": finding.source,
        }
        for finding in found
    ]
    return json.dumps(entries, ensure_ascii=False, indent=1)


def as_words(found: Iterable[Finding]) -> str:
    """One line per finding: what it stops, which check, where, and the sentence."""
    lines = [
        f"{finding.severity:<6}{finding.gate or '':<10}{finding.check}  {finding.where}: {say(finding.sentence, 'en')}"
        for finding in found
    ]
    return "\n".join(lines) or "Nothing was found."

"""What `assess` and `readiness` have in common: a bid file or the reference of a stored bid, and its answer."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts import clock
from bids import bidfile, callfile
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.readiness import Situation
from bids.rulebook.text import Problem

CANNOT_READ = 2


@dataclass(frozen=True, slots=True)
class AskedBid:
    """A bid, its call, and what is known around it."""

    facts: BidFacts
    call: CallFacts
    situation: Situation


class BidCommand(BaseCommand):
    """Asks about one bid. A file is answered without touching any database."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE|REFERENCE", help="a bid file, or the reference of a stored bid")
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = self.find(options["source"])
        except bidfile.Unreadable as refused:
            self.refuse(refused.problems)
        self.stdout.write(self.answer(asked, options))

    def answer(self, asked: AskedBid, options: dict[str, Any]) -> str:
        """What the command says about the bid."""
        raise NotImplementedError

    def find(self, source: str) -> AskedBid:
        """The bid that was asked about."""
        return in_file(Path(source))

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """One line per problem, with its place, and exit 2."""
        for problem in problems:
            self.stderr.write(str(problem))
        raise SystemExit(CANNOT_READ)


def in_file(path: Path) -> AskedBid:
    """The bid of a file, under the shipped data of its call; of its surroundings only the clock is known."""
    calls = callfile.shipped()
    facts = bidfile.read_file(path, calls=calls)
    return AskedBid(facts, calls[facts.call], Situation(now=clock.now()))

"""What `assess` and `readiness` have in common: a bid file or the reference of a stored bid, and its answer."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from accounts import clock
from bids import bidfile, callfile, snapshot
from bids.actions.surroundings import facts_in_force, surroundings
from bids.models import Bid
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.readiness import Situation
from bids.rulebook.text import Problem, gettext_noop, quoted, sentence
from bids.rulebook.workflow.states import WITH_THE_CONSORTIUM

CANNOT_READ = 2
_NOBODY = gettext_noop("There is neither a file nor a stored bid %(source)s.")
_NO_DATABASE = gettext_noop("There is no file %(source)s, and the database with the stored bids can't be read.")


@dataclass(frozen=True, slots=True)
class AskedBid:
    """A bid, its call, what is known around it, and the day on which signatures count."""

    facts: BidFacts
    call: CallFacts
    situation: Situation
    on: date


class BidCommand(BaseCommand):
    """Asks about one bid. A file is answered without touching any database."""

    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE|REFERENCE", help="a bid file, or the reference of a stored bid")
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            asked = find(options["source"])
        except bidfile.Unreadable as refused:
            self.refuse(refused.problems)
        self.stdout.write(self.answer(asked, options))

    def answer(self, asked: AskedBid, options: dict[str, Any]) -> str:
        """What the command says about the bid."""
        raise NotImplementedError

    def refuse(self, problems: tuple[Problem, ...]) -> None:
        """One line per problem, with its place, and exit 2."""
        for problem in problems:
            self.stderr.write(str(problem))
        raise SystemExit(CANNOT_READ)


def find(source: str) -> AskedBid:
    """The bid of a file, or else the stored bid of that reference; `Unreadable` where there is neither."""
    path = Path(source)
    if path.exists() or path.suffix == ".json" or len(path.parts) > 1:
        return in_file(path)
    try:
        return stored(Bid.objects.kept().with_call().get(reference=source))
    except Bid.DoesNotExist:
        words = sentence(_NOBODY, source=quoted(source))
    except DatabaseError:
        words = sentence(_NO_DATABASE, source=quoted(source))
    raise bidfile.Unreadable((Problem("$", words),))


def in_file(path: Path) -> AskedBid:
    """The bid of a file, under the shipped data of its call; of its surroundings only the clock is known."""
    calls = callfile.shipped()
    facts = bidfile.read_file(path, calls=calls)
    situation = Situation(now=clock.now(), published=callfile.published().bids)
    return AskedBid(facts, calls[facts.call], situation, clock.today())


def stored(bid: Bid) -> AskedBid:
    """A stored bid as it counts now: the working copy, or the newest round with the signatures since."""
    facts, call = facts_in_force(bid), snapshot.call_of(bid)
    newest = None if bid.state in WITH_THE_CONSORTIUM else bid.snapshots.first()
    on = timezone.localtime(newest.received_at).date() if newest else clock.today()
    return AskedBid(facts, call, surroundings(bid, None, facts, call, looks_beside=True), on)

"""A bid file into the database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from bids import bidfile, snapshot
from bids.actions.bidfiles import import_bid


class Command(BaseCommand):
    help = "Store a bid file as a new draft; exit 2 when it can't be read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--by", metavar="EMAIL", help="who becomes the coordinator")

    def handle(self, *args: Any, **options: Any) -> None:
        by = _person(options["by"]) if options["by"] else None
        try:
            bid = import_bid(bidfile.read_file(options["file"], calls=snapshot.calls_in_force()), by=by)
        except bidfile.Unreadable as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems), returncode=2) from error
        self.stdout.write(f"{bid.reference}: stored, total {bid.total}, EU {bid.eu}")


def _person(email: str) -> User:
    try:
        return User.objects.get_by_natural_key(email)
    except User.DoesNotExist as error:
        raise CommandError(f"Nobody is known by the address {email}.", returncode=2) from error

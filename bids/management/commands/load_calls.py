"""Call data from TOML into the database, with the difference printed."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from bids import callfile
from bids.actions.calls import Loaded, load_calls


class Command(BaseCommand):
    help = "Load calls from TOML files (without any: the shipped ones) and print what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="print the difference and store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = [callfile.load(path) for path in options["files"] or callfile.shipped_paths()]
        except callfile.Unreadable as error:
            raise CommandError("\n".join(str(problem) for problem in error.problems), returncode=2) from error
        with transaction.atomic():
            loaded = load_calls(data)
            if options["dry_run"]:
                transaction.set_rollback(True)
        for call in loaded:
            self._tell(call)
        if options["dry_run"]:
            self.stdout.write("Nothing was stored (--dry-run).")

    def _tell(self, call: Loaded) -> None:
        if call.is_new_call:
            self.stdout.write(f"{call.version}: new")
        elif call.is_unchanged:
            self.stdout.write(f"{call.version}: unchanged")
        else:
            self.stdout.write(f"{call.version}: {len(call.changes)} values differ from the version before")
            for change in call.changes:
                self.stdout.write(f"  {change.path}: {change.before!r} -> {change.after!r}")
        self._tell_of_the_desk(call)

    def _tell_of_the_desk(self, call: Loaded) -> None:
        """What two people confirmed stands against the file, and where it could not."""
        for one in call.kept:
            held, said = _short(one.after), _short(one.before)
            self.stdout.write(f"  kept {one.path}: {held}, confirmed at the desk; the file says {said}")
        for one in call.lost:
            self.stdout.write(
                f"  LOST {one.path}: {_short(one.before)}, confirmed at the desk; the call of the file can't hold it"
            )
        if call.kept:
            self.stdout.write(
                "  What was confirmed at the desk is changed at the desk: propose the file's value there."
            )


def _short(number: Any) -> str:
    """The value of a number with its mark."""
    if number is None:
        return "nothing"
    return " ".join(filter(None, [repr(number["value"]), f"({number['mark']})" if "mark" in number else ""]))

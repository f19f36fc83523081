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

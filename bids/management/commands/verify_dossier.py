"""Is this PDF ours, unchanged, and of which round? Exit 0 when it is, else 1."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids import wording
from bids.dossier.verify import Known, known_file


class Command(BaseCommand):
    help = "Tell whether a PDF is a dossier that was made here and is unchanged; exit 1 if not."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} can't be read: {error.strerror}.", returncode=2) from error
        found = known_file(content)
        if found is None:
            raise CommandError("This file was not made here, or it was changed afterwards: its digest is not known.")
        if not found.is_intact:
            raise CommandError(f"The file is ours, but the text of {found.reference} it was made from was changed.")
        self.stdout.write(told(found))


def told(found: Known) -> str:
    """What anybody may know of it."""
    lines = [
        f"Known: {found.thing.label}, {wording.word(found.kind).lower()}, {found.language}",
        f"Bid        {found.reference}" + (f", round {found.round}" if found.round else ", working copy"),
        f"Date       {wording.moment(found.at)}",
        f"SHA-256    {found.source} (of what it was made from; it stands on every page)",
        "Seal       none: dossiers are not sealed yet" if found.thing == "dossier" else "Seal       there is one",
    ]
    return "\n".join(lines)

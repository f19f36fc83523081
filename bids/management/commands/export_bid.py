"""A stored bid as a bid file."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids.actions.bidfiles import export_bid
from bids.models import Bid


class Command(BaseCommand):
    help = "Write the bid file of a stored bid, to a file or to standard output."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reference", metavar="REFERENCE")
        parser.add_argument("--out", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        bid = Bid.objects.filter(reference=options["reference"]).first()
        if bid is None:
            raise CommandError(f"There is no bid {options['reference']}.", returncode=2)
        text = json.dumps(export_bid(bid), indent=2, ensure_ascii=False)
        if options["out"] is None:
            self.stdout.write(text)
            return
        try:
            options["out"].write_text(text + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{options['out']} can't be written: {error.strerror}.", returncode=2) from error
        self.stdout.write(f"{bid.reference}: written to {options['out']}")

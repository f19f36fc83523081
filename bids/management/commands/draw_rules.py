"""Writes docs/workflow.md and docs/permits.md from the tables that the house runs on."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bids.rulebook.permits import describe as permits
from bids.rulebook.workflow import describe as workflow

PAGES = {"workflow.md": workflow.as_page, "permits.md": permits.as_page}


class Command(BaseCommand):
    help = "Write docs/workflow.md and docs/permits.md from the tables in the rulebook."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path(settings.BASE_DIR) / "docs", help="the folder to write to")

    def handle(self, *args: Any, **options: Any) -> None:
        for name, page in PAGES.items():
            (options["out"] / name).write_text(page(), encoding="utf-8")
            self.stdout.write(f"{name} written")

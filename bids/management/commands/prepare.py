"""What `make run` does before it serves: tables, calls, the test seal and, on a demonstration, people and bids."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from bids.dossier.seal.sealing import make_ready


class Command(BaseCommand):
    """One process instead of three, because `make run` is waited for; each step may be repeated."""

    help = "Bring everything up to date: tables, shipped calls, the demo where DEMO=1, the test key where SEAL=test."

    def handle(self, *args: Any, **options: Any) -> None:
        steps = ["migrate", "load_calls", *(["demo"] if settings.DEMO else [])]
        for step in steps:
            call_command(step, verbosity=0 if step == "migrate" else 1, stdout=self.stdout)
        make_ready()

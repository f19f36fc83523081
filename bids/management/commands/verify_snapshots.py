"""Is what was submitted as it was submitted?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids.actions import audit


class Command(BaseCommand):
    help = "Verify every snapshot and stored file; exit 1 and name the first fault if one was changed."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(audit.faults_of_the_snapshots())
        if faults:
            raise CommandError(f"{faults[0]} ({len(faults)} faults in all)")
        self.stdout.write(f"{audit.counts()[1]} snapshots and all stored files are as they were submitted.")

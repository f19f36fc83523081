"""Is the trail as it was written?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids.actions import audit


class Command(BaseCommand):
    help = "Verify every chain of events; exit 1 and name the first fault if one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(audit.faults_of_the_trail())
        if faults:
            raise CommandError(f"{faults[0]} ({len(faults)} faults in all)")
        self.stdout.write(f"{audit.counts()[0]} chains of events are as they were written.")

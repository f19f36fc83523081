"""Demonstration people and bids, for a house that only this machine can reach."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bids.actions import demo_people
from bids.actions.demo import Seeded, seed


class Command(BaseCommand):
    help = "Make the demonstration people and bids, move the rehearsal round, and print the log-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Demonstration people have a published password. Set DEMO=1 to make them.")
        seeded = seed()
        self.stdout.write(json.dumps(_as_data(seeded), indent=1) if options["json"] else _as_words(seeded))


def _as_data(seeded: Seeded) -> dict[str, Any]:
    return {
        "password": demo_people.password(),
        "people": [
            {"email": person.email, "name": person.name, "organisation": person.organisation, "role": person.role}
            for person in demo_people.cast()
        ],
        "bids": [
            {
                "reference": bid.reference, "title": bid.title, "call": bid.call_version.call.reference,
                "state": bid.state, "total": str(bid.total), "eu": str(bid.eu), "new": bid.reference in seeded.new,
            }
            for bid in seeded.bids
        ],
        "rehearsal": {"cutoff": seeded.cutoff.isoformat(), "desk_closes": seeded.desk_closes.isoformat()},
    }  # fmt: skip


def _as_words(seeded: Seeded) -> str:
    people = [f"  {person.email:36} {person.role.label}" for person in demo_people.cast()]
    bids = [f"  {bid.reference:36} {bid.state.label}, EUR {bid.total}, Union EUR {bid.eu}" for bid in seeded.bids]
    return "\n".join(
        (
            f"Log-ins (password: {demo_people.password()})", *people, "Bids", *bids,
            f"Rehearsal round: the desk closes on {seeded.desk_closes:%d %B %Y, %H:%M}, "
            f"the cut-off is on {seeded.cutoff:%d %B %Y, %H:%M} (Brussels).",
        )
    )  # fmt: skip

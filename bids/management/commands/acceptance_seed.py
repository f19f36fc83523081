"""Bids in every state and people of every role, for checks from outside."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from bids.actions import acceptance, demo_people
from bids.models import Bid
from bids.rulebook.vocabulary import BidState, Role


class Command(BaseCommand):
    help = "Make one bid per state, a foreign bid and a person per role; print their ids and log-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            seeded = acceptance.seed()
        except acceptance.HoldsRealBids:
            raise CommandError(
                "This database holds real bids: nobody with a known password is let in. Use an empty one."
            ) from None
        self.stdout.write(json.dumps(_as_data(seeded), indent=1) if options["json"] else _as_words(seeded))


def _as_data(seeded: acceptance.Acceptance) -> dict[str, Any]:
    roles = {person.email: person.role for person in demo_people.cast(acceptance.CAST)}
    return {
        "password": seeded.password,
        "people": [
            {
                "id": user.pk, "email": email, "name": user.name, "role": roles.get(email, Role.COORDINATOR),
                "is_superuser": user.is_superuser, "foreign": email not in roles,
            }
            for email, user in seeded.people.items()
        ],
        "bids": [_bid(bid) for bid in seeded.bids.values()],
        "foreign": _bid(seeded.foreign),
    }  # fmt: skip


def _bid(bid: Bid) -> dict[str, Any]:
    return {
        "id": bid.pk, "reference": bid.reference, "state": bid.state, "round": bid.round,
        "call": bid.call_version.call.reference,
        "snapshots": list(bid.snapshots.order_by("round").values_list("sha256", flat=True)),
    }  # fmt: skip


def _as_words(seeded: acceptance.Acceptance) -> str:
    people = [f"  {email:46} {user.name}" for email, user in seeded.people.items()]
    bids = [f"  {bid.reference:24} {BidState(bid.state).label}" for bid in seeded.bids.values()]
    return "\n".join(
        (f"Log-ins (password: {seeded.password})", *people, "Bids", *bids, f"  {seeded.foreign.reference:24} foreign")
    )

"""One step of a bid in a process of its own, so that it can be killed: `python -m tests.faults.step PREPARE|STEP…`.

Runs inside a house (`tests/house.py`), where FAULT may be set.
"""

from __future__ import annotations

import sys

import django

if __name__ == "__main__":
    django.setup()

from django.core.management import call_command

from accounts.models import User
from bids.actions import acceptance, demo_people
from bids.actions.calls import load_missing_calls
from bids.actions.transition import perform
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from bids.rulebook.workflow import Said


def prepare(state: str) -> None:
    """A database with one bid in this state."""
    call_command("migrate", verbosity=0)
    load_missing_calls()
    acceptance.bid_in(BidState(state), demo_people.settle(acceptance.CAST, "only for tests"))


def take(name: str, login: str) -> None:
    """The only bid there moves one step."""
    bid = Bid.objects.with_call().get()
    newest = bid.snapshots.first()
    said = Said(revision_seen=bid.revision, digest_seen=newest.sha256 if newest else "", note="Once.")
    person = User.objects.get(email__startswith=f"{login}@")
    perform(bid, name, by=person, said=said, stepped_up=True)


if __name__ == "__main__":
    {"prepare": prepare, "take": take}[sys.argv[1]](*sys.argv[2:])

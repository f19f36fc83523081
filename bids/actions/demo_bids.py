"""The bids of the demonstration, from their bid files, with the people and letters that belong to them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from accounts.models import User
from bids import bidfile
from bids.actions import demo_people
from bids.actions.bidfiles import import_bid
from bids.actions.records import record
from bids.actions.specimens import specimen
from bids.models import Bid, BidRole, StoredFile
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import Role

FILES = Path(__file__).resolve().parent.parent / "demo"  # each file is named for the reference of its bid
CALL_OF = {
    "BE-AIF-2025": "EUROHPC-2024-CEI-AI-02",  # the factory
    "BE-AIFA-2025": "HORIZON-JU-EUROHPC-2025-AIFA-01",  # the antenna, its fallback
}


def written(path: Path) -> BidFacts:
    """A demonstration bid as its file says it."""
    return bidfile.read(path.read_text(encoding="utf-8"))


def load(path: Path, people: Mapping[str, User]) -> tuple[Bid, bool]:
    """The bid of this file, and whether it is new: one that exists is somebody's work and is left alone."""
    found = Bid.objects.with_call().filter(reference=path.stem).first()
    if found:
        return found, False
    facts = written(path)
    coordinator = people[demo_people.email_of(Role.COORDINATOR)]
    bid = import_bid(facts, by=coordinator, files=letters(facts), is_demo=True)
    _let_in(bid, people, by=coordinator)
    return bid, True


def letters(facts: BidFacts) -> list[StoredFile]:
    """The specimen letters of a bid, stored; each is the very file whose digest the bid states."""
    return [StoredFile.objects.keep(specimen(facts, document), pages=document.pages) for document in facts.documents]


def _let_in(bid: Bid, people: Mapping[str, User], *, by: User) -> None:
    """Everybody of the consortium but its coordinator, whom the import has named."""
    partners = {partner.short_name: partner for partner in bid.partners.all()}
    for person in demo_people.cast():
        if not person.role.is_consortium or person.role is Role.COORDINATOR:
            continue
        partner = partners.get(person.organisation)
        BidRole.objects.create(bid=bid, user=people[person.email], role=person.role, partner=partner, given_by=by)
        record(bid, "person_added", by=by, about=f"user/{people[person.email].pk}", after={"role": person.role.value})

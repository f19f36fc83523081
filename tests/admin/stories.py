"""What stories at the desk have in common: addresses, papers, and what is typed on its pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import User
from bids import snapshot, wording
from bids.actions.plain_pdf import letter
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from tests import factories
from tests.factories import PASSWORD

At = Callable[[User], Client]
CRITERIA = ("excellence", "impact", "implementation")
LETTER = letter("A letter", ["To the desk."], "note", "SPECIMEN")
HOSTILE = ("", "a\x00b", "<script>alert(1)</script>", "9" * 400, "../../etc/passwd", "-1")


def page_of(bid: Bid | str, name: str = "bid", *more: object) -> str:
    """The address of a page of a bid's file: `overview`, `bid-money` …"""
    return reverse(f"desk:{name}", args=[getattr(bid, "reference", bid), *more])


def step(bid: Bid, name: str) -> str:
    return page_of(bid, f"bid-step-{name}")


def newest(bid: Bid) -> str:
    """The digest of the newest round, as every form carries it."""
    return str(bid.snapshots.latest("round").sha256)


def a_paper(content: bytes = LETTER, name: str = "letter.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/pdf")


def take(client: Client, bid: Bid, name: str, **typed: Any) -> Any:
    """Take a step of the ministry through its page, on the newest round."""
    return client.post(step(bid, name), {"digest": newest(bid), "note": "", "password": PASSWORD} | typed)


def a_review(bid: Bid, points: str = "4", **typed: Any) -> dict[str, Any]:
    """A review as its form sends it: the same points and a comment on every criterion."""
    said: dict[str, Any] = {"digest": newest(bid), "version": 0, "comment": "Sound."}
    for number, criterion in enumerate(CRITERIA):
        said[f"score-{number}"] = str(int(float(points) * 2))
        said[f"comment-{number}"] = f"{criterion} is well explained."
    return said | typed


def day(days: int) -> str:
    """A day from today, as the browser's calendar sends it."""
    return wording.in_brussels(clock.now() + timedelta(days=days)).date().isoformat()


def confirm_all(bid: Bid, by: User) -> None:
    """Every partner's card and figures are confirmed as they stand."""
    facts = snapshot.take(bid)
    for partner in bid.partners.all():
        factories.a_confirmation(partner, by, digest=snapshot.partner_digest(facts, partner.key))


def requested(**typed: Any) -> dict[str, Any]:
    """A request for changes as its form sends it."""
    return {"sections": ["budget"], "due_on": day(10), "due_at": "17:00", "note": "Explain the storage."} | typed


def state_of(bid: Bid) -> BidState:
    bid.refresh_from_db()
    return bid.state

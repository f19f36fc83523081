"""Addresses of a bid's pages, and a bid that nothing stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from accounts import clock, stepup
from accounts.models import User
from bids import snapshot
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import Role
from tests import factories

GENERIC = "GENERIC-HE-RIA"


def sound_facts(reference: str = "BE-SOUND") -> BidFacts:
    """A grant bid with nothing that blocks."""
    facts = factories.small_bid(reference, GENERIC)
    lines = [replace(line, site=None, funded_elsewhere=False, alternative_of=None) for line in facts.budget]
    return replace(
        facts, track="", sites=(), links=(), chapters=(), documents=(), commitments=(),
        partners=tuple(replace(partner, requested_eu=None) for partner in facts.partners),
        budget=tuple(line for line in lines if line.key.startswith("L")),
    )  # fmt: skip


@pytest.fixture
def sound_bid(ada: User, fien: User) -> Bid:
    """Ada's bid in a call that never closes, every partner's figures confirmed."""
    factories.a_call(GENERIC)
    bid = import_bid(sound_facts(), by=ada)
    factories.a_bid_role(bid, fien, Role.FINANCE_OFFICER, bid.partners.get(key="imec"))
    facts = snapshot.take(bid)
    for partner in bid.partners.all():
        factories.a_confirmation(partner, ada, digest=snapshot.partner_digest(facts, partner.key))
    return Bid.objects.with_call().get(pk=bid.pk)


def step_up(client: Client) -> None:
    """As if the password had just been typed again."""
    session = client.session
    session[stepup.KEY] = (clock.now() - timedelta(seconds=1)).isoformat()
    session.save()

"""The desk compares the round it reads, never the working copy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.models import Bid
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState
from tests import factories


@pytest.fixture
def submitted(bid: Bid, ada: User, moved_to) -> Bid:
    factories.a_snapshot(bid, ada)
    return moved_to(bid, BidState.IN_REVIEW)


def page_of(bid: Bid) -> str:
    return reverse("desk:bid-benchmarks", args=[bid.reference])


def test_the_desk_reads_the_round_among_published_bids(client: Client, submitted: Bid, clara: User) -> None:
    frozen_total = submitted.total
    line = submitted.budget_lines.first()
    type(line).objects.filter(pk=line.pk).update(amount=Euro.of("99999999.00"), quantity=None, unit_cost=None)
    client.force_login(clara)
    text = client.get(page_of(submitted)).text
    assert "LitAI" in text
    assert "wave 3" in text
    assert "99,999,999" not in text
    assert f"{frozen_total.cents // 100:,}" in text


def test_reviewers_read_it_once_they_declared_and_strangers_never(
    client: Client, submitted: Bid, desk: SimpleNamespace, frank: User, sam: User
) -> None:
    for user, status in ((desk.rik, 200), (desk.ines, 200), (sam, 404), (frank, 403)):
        client.force_login(user)
        assert client.get(page_of(submitted)).status_code == status, user

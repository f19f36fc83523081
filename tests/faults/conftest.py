"""Small bids that have come as far as a test needs, with everybody around them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from bids.actions import acceptance, demo_people
from bids.actions.calls import load_missing_calls
from bids.models import Bid
from bids.rulebook.vocabulary import BidState


@pytest.fixture
def people(db: Any) -> dict[str, User]:
    """By the word before the @."""
    load_missing_calls()
    return {
        email.partition("@")[0]: user for email, user in demo_people.settle(acceptance.CAST, "only for tests").items()
    }


@pytest.fixture
def bid_in(people: dict[str, User]) -> Callable[[BidState], Bid]:
    by_address = {user.email: user for user in people.values()}
    return lambda state: acceptance.bid_in(state, by_address)


def fresh(bid: Bid) -> Bid:
    """The bid as another request would read it."""
    return Bid.objects.with_call().get(pk=bid.pk)

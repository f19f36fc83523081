"""The desk sees two linked rounds side by side, if the reader may read both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids.actions.bidfiles import import_bid
from bids.models import Bid
from bids.rulebook.vocabulary import BidState
from tests import factories


@pytest.fixture
def submitted(bid: Bid, ada: User, moved_to: Callable[..., Bid]) -> Bid:
    bid.budget_lines.filter(key="L001").update(alternative_of="BE-FALL#L001")
    Bid.objects.filter(pk=bid.pk).update(alternative_to="BE-FALL")
    bid.refresh_from_db()
    factories.a_snapshot(bid, ada)
    return moved_to(bid, BidState.IN_REVIEW)


@pytest.fixture
def fallback(ada: User, moved_to: Callable[..., Bid]) -> Bid:
    facts = replace(factories.small_bid("BE-FALL"), title="A quiet fallback", alternative_to="BE-SMALL")
    found = import_bid(facts, by=ada)
    factories.a_snapshot(found, ada)
    return moved_to(found, BidState.SUBMITTED)


def page_of(bid: Bid) -> str:
    return reverse("desk:bid-linked", args=[bid.reference])


def test_the_case_manager_sees_what_would_be_paid_twice(
    client: Client, submitted: Bid, fallback: Bid, clara: User
) -> None:
    client.force_login(clara)
    text = client.get(page_of(submitted)).text
    for words in ("Linked to BE-FALL", "556,875.00", "3 shared partners", "Paid twice for the same thing", "marked"):
        assert words in text, words
    assert "<button" not in text.partition("<main")[2].partition("</main>")[0]
    assert 'aria-current="page">Linked bid' in text


def test_a_reviewer_of_one_bid_sees_only_the_reference_of_the_other(
    client: Client, submitted: Bid, fallback: Bid, desk: SimpleNamespace
) -> None:
    client.force_login(desk.rik)
    text = client.get(page_of(submitted)).text
    assert "This bid is the alternative to BE-FALL" in text
    assert [words for words in ("A quiet fallback", "Paid twice", "shared partner") if words in text] == []
    assert client.get(page_of(fallback)).status_code == 404


def test_a_linked_bid_that_was_never_submitted_stays_with_its_consortium(
    client: Client, submitted: Bid, ada: User, clara: User
) -> None:
    import_bid(replace(factories.small_bid("BE-FALL"), title="A quiet fallback"), by=ada)
    client.force_login(clara)
    text = client.get(page_of(submitted)).text
    assert "is shown only to those who may read both bids" in text
    assert "Paid twice" not in text


def test_a_bid_that_is_linked_to_none_has_no_such_page(
    client: Client, bid: Bid, ada: User, clara: User, moved_to: Callable[..., Bid]
) -> None:
    factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.IN_REVIEW)
    client.force_login(clara)
    assert client.get(page_of(bid)).status_code == 404
    assert "Linked bid" not in client.get(reverse("desk:bid", args=[bid.reference])).text

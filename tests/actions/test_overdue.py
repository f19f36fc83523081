"""What moves by itself when its moment has come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts import clock as house_clock
from accounts.models import User
from bids import clock
from bids.actions import overdue, transition
from bids.models import Bid, BidEvent, Letter
from bids.rulebook.vocabulary import BidState, JobState
from tests import factories

pytestmark = pytest.mark.django_db

ALREADY = timedelta(seconds=-1)
LATER = timedelta(hours=1)


@pytest.fixture
def frozen_once(ada: User) -> Bid:
    """Ada's bid with one submitted round."""
    bid = factories.a_bid("BE-CLOCK")
    factories.a_snapshot(bid, ada)
    Bid.objects.filter(pk=bid.pk).update(round=1)
    return bid


def reopened(bid: Bid, closes_in: timedelta, state: BidState = BidState.DRAFT) -> Bid:
    Bid.objects.filter(pk=bid.pk).update(state=state, desk_closes=house_clock.now() + closes_in)
    return bid


def asked_for_changes(bid: Bid, by: User, due_in: timedelta) -> Bid:
    Bid.objects.filter(pk=bid.pk).update(state=BidState.CHANGES_REQUESTED)
    factories.a_change_request(bid.snapshots.get(), by, "budget", due_at=house_clock.now() + due_in)
    return bid


def state_of(bid: Bid) -> str:
    return Bid.objects.get(pk=bid.pk).state


@pytest.mark.parametrize("state", [BidState.DRAFT, BidState.LOCKED])
def test_a_reopened_bid_returns_to_its_round_when_the_desk_closes(frozen_once: Bid, state: BidState) -> None:
    reopened(frozen_once, ALREADY, state)
    assert overdue.move_what_is_due() == 1
    assert state_of(frozen_once) == BidState.SUBMITTED
    assert overdue.move_what_is_due() == 0


def test_nothing_returns_before_its_time(frozen_once: Bid) -> None:
    reopened(frozen_once, LATER)
    assert (overdue.move_what_is_due(), state_of(frozen_once)) == (0, BidState.DRAFT)


def test_a_draft_that_was_never_submitted_stays_a_draft() -> None:
    bid = reopened(factories.a_bid("BE-LATE"), ALREADY)
    assert (overdue.move_what_is_due(), state_of(bid)) == (0, BidState.DRAFT)


def test_overdue_changes_return_to_review(frozen_once: Bid, clara: User) -> None:
    asked_for_changes(frozen_once, clara, ALREADY)
    clock.move_what_is_due()
    assert state_of(frozen_once) == BidState.IN_REVIEW


def test_changes_that_are_not_due_stay_open(frozen_once: Bid, clara: User) -> None:
    asked_for_changes(frozen_once, clara, LATER)
    assert (overdue.move_what_is_due(), state_of(frozen_once)) == (0, BidState.CHANGES_REQUESTED)


def test_one_that_is_refused_does_not_hold_up_the_others(
    frozen_once: Bid, clara: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.a_bid("BE-OTHER")
    factories.a_snapshot(other, clara)
    Bid.objects.filter(pk=other.pk).update(round=1)
    for bid in (frozen_once, other):
        reopened(bid, ALREADY)
    perform = transition.perform

    def refuse_the_first(bid: Bid, name: str, **given: object) -> BidEvent:
        if bid.pk == frozen_once.pk:
            raise transition.Closed(())
        return perform(bid, name, **given)

    monkeypatch.setattr(transition, "perform", refuse_the_first)
    assert overdue.move_what_is_due() == 1
    assert (state_of(frozen_once), state_of(other)) == (BidState.DRAFT, BidState.SUBMITTED)


def test_letters_that_wait_are_sent_once(ada: User, mailoutbox: list) -> None:
    letter = factories.a_letter(ada, letter="decision_published", bid=factories.a_bid("BE-TOLD"))
    clock.send_letters()
    clock.send_letters()
    assert [sent.to for sent in mailoutbox] == [[ada.email]]
    assert Letter.objects.get(pk=letter.pk).state == JobState.DONE

"""Several people at the same button at the same moment: one outcome, the right one, and a reason for everybody else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connection

from accounts import clock
from accounts.models import User
from bids import snapshot
from bids.actions import transition
from bids.actions.audit import faults_of_the_snapshots, faults_of_the_trail
from bids.actions.transition import Closed
from bids.models import Approval, Bid, BidEvent, Dossier, LateAttempt, Letter, Snapshot, triggers
from bids.rulebook.vocabulary import BidState, DossierKind
from bids.rulebook.workflow import Said
from tests import measured
from tests.faults.conftest import fresh
from tests.faults.crowd import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

BidIn = Callable[[BidState], Bid]


def submit(bid: Bid, by: User, received_at: datetime | None = None) -> BidEvent:
    said = Said(revision_seen=bid.revision)
    return transition.perform(fresh(bid), "submit", by=by, said=said, stepped_up=True, received_at=received_at)


def vote(bid: Bid, name: str, by: User) -> BidEvent:
    said = Said(digest_seen=bid.snapshots.latest("round").sha256, note="As I see it.")
    return transition.perform(fresh(bid), name, by=by, said=said, stepped_up=True)


def test_a_submission_sent_six_times_at_once_is_one_round_with_one_receipt(
    bid_in: BidIn, people: dict[str, User]
) -> None:
    bid = bid_in(BidState.LOCKED)
    told = at_once([partial(submit, bid, people["coordinator"])] * 6)
    frozen = Snapshot.objects.get(bid=bid)
    assert {event.after["receipt"] for event in told} == {frozen.receipt}
    assert (fresh(bid).state, fresh(bid).round) == (BidState.SUBMITTED, 1)
    assert Dossier.objects.filter(bid=bid, kind=DossierKind.SUBMISSION).count() == 1
    assert bid.events.filter(name="submitted").count() == 1
    assert Letter.objects.filter(bid=bid, letter="receipt", to=people["coordinator"]).count() == 1
    assert [*faults_of_the_trail(), *faults_of_the_snapshots()] == []


def test_two_approvers_at_the_same_moment_approve_once_each(bid_in: BidIn, people: dict[str, User]) -> None:
    """Both press twice: two votes count, the other two are told why not."""
    bid = bid_in(BidState.RECOMMENDED)
    acts = [partial(vote, bid, "approve", people[login]) for login in ("approver1", "approver2") * 2]
    refused = [told for told in at_once(acts) if isinstance(told, Closed)]
    votes = Approval.objects.filter(bid=bid).order_by("order")
    assert [one.order for one in votes] == [1, 2]
    assert {one.user for one in votes} == {people["approver1"], people["approver2"]}
    assert len(refused) == 2
    assert fresh(bid).state is BidState.APPROVED
    assert Dossier.objects.filter(bid=bid, kind=DossierKind.DECISION).count() == 1


def contradict(bid: Bid, people: dict[str, User], times: int) -> None:
    """One approves while the other rejects; each time the bid goes back to review, and is recommended again."""
    for attempt in range(1, times + 1):
        told = at_once(
            [partial(vote, bid, "approve", people["approver1"]), partial(vote, bid, "reject", people["approver2"])]
        )
        assert [type(one) for one in told] == [BidEvent, BidEvent]
        assert fresh(bid).state is BidState.IN_REVIEW
        assert Approval.objects.filter(bid=bid, attempt=attempt).count() == 2
        transition.perform(fresh(bid), "recommend", by=people["manager"], said=Said(note="Once more."))


def test_one_yes_and_one_no_at_the_same_moment_decide_nothing(bid_in: BidIn, people: dict[str, User]) -> None:
    contradict(bid_in(BidState.RECOMMENDED), people, times=3)


@pytest.mark.deep
def test_a_hundred_contradictions_decide_nothing(bid_in: BidIn, people: dict[str, User]) -> None:
    contradict(bid_in(BidState.RECOMMENDED), people, times=100)
    keep("one yes and one no at the same moment, 100 times", "100 times back to review", "0 wrong decisions")


def test_whoever_withdraws_while_another_approves_leaves_one_state(bid_in: BidIn, people: dict[str, User]) -> None:
    bid = bid_in(BidState.RECOMMENDED)
    vote(bid, "approve", people["approver1"])
    said = Said(note="The money is gone.")
    withdraw = partial(transition.perform, fresh(bid), "withdraw", by=people["coordinator"], said=said, stepped_up=True)
    told = at_once([withdraw, partial(vote, bid, "approve", people["approver2"])])
    moved = [one.name for one in told if isinstance(one, BidEvent)]
    assert fresh(bid).state is BidState.WITHDRAWN or moved == ["approved"]
    assert "withdrawn" in moved or fresh(bid).state is BidState.APPROVED
    assert list(faults_of_the_trail()) == []


def submit_around_the_closing(bid_in: BidIn, people: dict[str, User], bids: int, within: timedelta) -> None:
    """Each bid is sent twice at once, some before the desk closes and some after, and all wait for the same lock."""
    closes = clock.now() + timedelta(hours=1)
    locked = [_another_locked(bid_in) for _ in range(bids)]
    Bid.objects.filter(pk__in=[bid.pk for bid in locked]).update(desk_closes=closes)
    step = within * 2 / max(bids - 1, 1)
    moments = [closes - within + step * number for number in range(bids)]
    for first in range(0, bids, 4):
        batch = list(zip(locked, moments, strict=True))[first : first + 4]
        at_once([partial(submit, bid, people["coordinator"], at) for bid, at in batch for _ in range(2)])
    for bid, received in zip(locked, moments, strict=True):
        in_time = received < closes
        assert Snapshot.objects.filter(bid=bid).count() == int(in_time), received
        assert LateAttempt.objects.filter(bid=bid).count() == (0 if in_time else 2)
        assert fresh(bid).state is (BidState.SUBMITTED if in_time else BidState.LOCKED)


def _another_locked(bid_in: BidIn) -> Bid:
    """A locked bid that the next call of `bid_in` doesn't find again."""
    bid = bid_in(BidState.LOCKED)
    Bid.objects.filter(pk=bid.pk).update(reference=f"LATE-{bid.pk}")
    return fresh(bid)


def test_who_was_received_in_time_is_in_time_and_nobody_else(bid_in: BidIn, people: dict[str, User]) -> None:
    submit_around_the_closing(bid_in, people, bids=5, within=timedelta(milliseconds=2))


@pytest.mark.deep
def test_two_hundred_submissions_around_the_closing_are_told_apart(bid_in: BidIn, people: dict[str, User]) -> None:
    submit_around_the_closing(bid_in, people, bids=100, within=timedelta(seconds=2))
    aim = "all by the time received, one round each"
    keep("200 submissions around the closing, two by two", "50 bids in time, 50 late with two receipts each", aim)


def keep(what: str, figure: str, aim: str) -> None:
    measured.keep(f"{what}, {connection.vendor}", figure, aim=aim, command="make deep")


def test_six_late_submissions_at_once_each_leave_evidence_of_their_own(bid_in: BidIn, people: dict[str, User]) -> None:
    bid = bid_in(BidState.LOCKED)
    Bid.objects.filter(pk=bid.pk).update(desk_closes=clock.now() - timedelta(seconds=1))
    told = at_once([partial(submit, bid, people["coordinator"])] * 6)
    assert {type(one) for one in told} == {Closed}
    kept = LateAttempt.objects.filter(bid=bid)
    assert sorted(one.receipt for one in kept) == sorted(one.receipt for one in told)
    assert len({one.receipt for one in kept}) == 6


def test_a_late_submission_tells_when_it_came_and_keeps_the_evidence(bid_in: BidIn, people: dict[str, User]) -> None:
    bid = bid_in(BidState.LOCKED)
    closes = clock.now() - timedelta(seconds=1)
    Bid.objects.filter(pk=bid.pk).update(desk_closes=closes)
    refused: Any = at_once([partial(submit, bid, people["coordinator"])])[0]
    kept = LateAttempt.objects.get(bid=bid)
    assert isinstance(refused, Closed)
    assert refused.receipt == kept.receipt
    assert kept.received_at >= kept.closed_at == closes
    assert fresh(bid).state is BidState.LOCKED


def test_two_alternatives_approved_at_the_same_moment_are_funded_once(bid_in: BidIn, people: dict[str, User]) -> None:
    """Each lacks one vote and both votes are given at once: one bid is approved, the other is told why not."""
    first, aim = bid_in(BidState.RECOMMENDED), "BE-FIRST#L001"
    _rewrite_round(first, "BE-FIRST", None)
    second = bid_in(BidState.RECOMMENDED)
    _rewrite_round(second, "BE-SECOND", aim)
    for bid in (first, second):
        vote(bid, "approve", people["approver1"])
    told = at_once([partial(vote, bid, "approve", people["approver2"]) for bid in (first, second)])
    assert sorted(type(one).__name__ for one in told) == ["BidEvent", "Closed"]
    assert sorted(fresh(bid).state for bid in (first, second)) == [BidState.APPROVED, BidState.RECOMMENDED]
    (refused,) = (one for one in told if isinstance(one, Closed))
    assert "stand in a bid that was approved" in str(refused)


def _rewrite_round(bid: Bid, reference: str, aim: str | None) -> None:
    """As if the bid had been submitted under another reference, its first line the alternative of another bid's."""
    newest = bid.snapshots.latest("round")
    facts = snapshot.read(newest.text)
    first, *others = facts.budget
    lines = (replace(first, key="L001", alternative_of=aim), *(line for line in others if line.key != "L001"))
    text = snapshot.canonical(replace(facts, reference=reference, budget=lines))
    with triggers.lifted(connection):
        changed = {"text": text, "sha256": snapshot.digest(text), "receipt": f"{reference}/1"}
        Snapshot.objects.filter(pk=newest.pk).update(**changed)
    Bid.objects.filter(pk=bid.pk).update(reference=reference)

"""My desk: what waits for each person, the oldest first, and a fixed number of questions for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts import clock
from accounts.models import User
from bids.actions import transition
from bids.models import Appeal, Bid, BidEvent, DateChange, Proposal
from bids.rulebook.vocabulary import BidState, DateChangeKind, Interest, OpinionKind, OpinionVerdict, ReviewState, Role
from bids.rulebook.workflow import Said
from tests import factories
from tests.admin.stories import At, take

QUESTIONS = {"clara": 21, "rik": 18, "leo": 19, "dora": 20, "otto": 15}


def tasks(page: Any) -> list[str]:
    """What waits, from top to bottom."""
    return re.findall(r'<th scope="row"><a class="ds-link" href="[^"]+">([^<]+)<', page.text)


def test_an_empty_desk_says_what_will_stand_there(at: At, clara: User) -> None:
    page = at(clara).get("/desk/").text
    assert "0 things wait for you" in page
    assert "What needs you will stand here, the oldest first." in page


def test_a_submitted_bid_waits_for_people_and_then_to_be_taken_in(
    at: At, submitted: Bid, ministry: SimpleNamespace
) -> None:
    assert tasks(at(ministry.clara).get("/desk/")) == ["Assign reviewers, then take in"]
    factories.an_assignment(submitted, ministry.rik, Role.REVIEWER)
    assert tasks(at(ministry.clara).get("/desk/")) == ["Take in"]
    assert tasks(at(ministry.rik).get("/desk/")) == ["Declare whether you have a conflict of interest"]
    assert tasks(at(ministry.rosa).get("/desk/")) == []


def test_a_bid_under_review_waits_for_reviews_and_opinions(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    assert tasks(at(ministry.rik).get("/desk/")) == ["Write your review"]
    assert tasks(at(ministry.leo).get("/desk/")) == ["Give your opinion"]
    assert tasks(at(ministry.clara).get("/desk/")) == []
    factories.a_review(in_review.snapshots.get(), ministry.rik)
    assert tasks(at(ministry.rik).get("/desk/")) == ["Finish and send your review"]


def test_a_judged_bid_waits_to_be_recommended_and_then_for_two_approvers(
    at: At, judged: Bid, ministry: SimpleNamespace
) -> None:
    assert tasks(at(ministry.clara).get("/desk/")) == ["Recommend: reviews and opinions are complete"]
    assert tasks(at(ministry.rik).get("/desk/")) == []
    transition.perform(judged, "recommend", by=ministry.clara)
    assert tasks(at(ministry.dora).get("/desk/")) == ["Approve or reject"]
    take(at(ministry.dora), judged, "approve")
    assert tasks(at(ministry.dora).get("/desk/")) == []
    assert tasks(at(ministry.dirk).get("/desk/")) == ["Approve or reject"]


def test_an_approved_bid_waits_to_be_filed_and_published(at: At, approved: Bid, ministry: SimpleNamespace) -> None:
    assert sorted(tasks(at(ministry.clara).get("/desk/"))) == [
        "File with the Union and record it", "Publish the decision",
    ]  # fmt: skip


def test_an_unfavourable_opinion_waits_for_the_decision_that_answers_it(
    at: At, in_review: Bid, ministry: SimpleNamespace
) -> None:
    newest = in_review.snapshots.get()
    factories.an_opinion(newest, ministry.leo, OpinionKind.LEGAL, verdict=OpinionVerdict.UNFAVOURABLE)
    assert tasks(at(ministry.clara).get("/desk/")) == ["Record the decision that answers: Legal opinion"]


def test_an_opinion_waits_again_once_what_it_read_has_changed(
    at: At, judged: Bid, ministry: SimpleNamespace, second_round: Callable[[Bid], Bid]
) -> None:
    second_round(judged)
    assert tasks(at(ministry.ines).get("/desk/")) == ["Give your opinion again: what it read has changed"]
    assert tasks(at(ministry.leo).get("/desk/")) == []


def test_overdue_changes_come_first(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    older = factories.a_bid("BE-OLDER", state=BidState.SUBMITTED)
    factories.a_snapshot(older, ministry.clara, received_at=clock.now() - timedelta(days=9))
    request = Said(sections=("budget",), due=clock.now() + timedelta(days=3), note="Explain.")
    transition.perform(in_review, "request_changes", by=ministry.clara, said=request)
    in_review.change_requests.update(due_at=clock.now() - timedelta(hours=1))
    page = at(ministry.clara).get("/desk/")
    assert tasks(page) == ["Changes are overdue", "Assign reviewers, then take in"]
    assert "Overdue</span>" in page.text


def test_the_oldest_waits_on_top(at: At, ministry: SimpleNamespace) -> None:
    for name, days in (("B-NEWER", 1), ("A-NEWEST", 0), ("C-OLDEST", 9)):
        bid = factories.a_bid(name, state=BidState.SUBMITTED)
        factories.a_snapshot(bid, ministry.clara, received_at=clock.now() - timedelta(days=days))
    page = at(ministry.clara).get("/desk/").text
    assert re.findall(r'<span class="ds-sr-only">: ([A-Z-]+)</span></a></th>', page) == [
        "C-OLDEST", "B-NEWER", "A-NEWEST",
    ]  # fmt: skip


def test_what_a_colleague_proposed_waits_for_an_approver_and_not_for_who_proposed(
    at: At, staffed: Bid, ministry: SimpleNamespace
) -> None:
    take(at(ministry.clara), staffed, "declare_inadmissible", ground="duplicate", note="Twice the same.")
    assert tasks(at(ministry.dora).get("/desk/")) == ["Confirm that the bid is inadmissible"]
    assert "Confirm that the bid is inadmissible" not in tasks(at(ministry.clara).get("/desk/"))


@pytest.fixture
def crowd(ministry: SimpleNamespace, ada: User) -> Callable[[int], list[Bid]]:
    """So many bids in every state that gives somebody something to do."""
    return lambda rows: [bid for number in range(rows) for bid in _one_of_each(number, ministry, ada)]


def _one_of_each(number: int, ministry: SimpleNamespace, ada: User) -> list[Bid]:
    states = (
        BidState.SUBMITTED, BidState.IN_REVIEW, BidState.CHANGES_REQUESTED, BidState.RECOMMENDED, BidState.APPROVED,
        BidState.FILED, BidState.REJECTED,
    )  # fmt: skip
    bids = []
    for state in states:
        bid = factories.a_bid(f"{state.value.upper()}-{number}".replace("_", "-"), state=state)
        first = factories.a_snapshot(bid, ada)
        for user, role in ((ministry.rik, Role.REVIEWER), (ministry.leo, Role.LEGAL_REVIEWER)):
            factories.an_assignment(bid, user, role)
            factories.a_declaration(bid, user)
        factories.a_declaration(bid, ministry.dora)
        factories.a_review(first, ministry.rik, state=ReviewState.SENT, sent_at=clock.now())
        factories.an_opinion(first, ministry.leo, OpinionKind.LEGAL)
        newest = factories.a_snapshot(bid, ada)
        factories.a_review(newest, ministry.rik)
        if state is BidState.CHANGES_REQUESTED:
            factories.a_change_request(newest, ministry.clara, due_at=clock.now() - timedelta(days=1))
            DateChange.objects.create(
                bid=bid, kind=DateChangeKind.EXTENSION, desk_closes=factories.in_days(9), reason="Ill.",
                proposed_by=ministry.clara, proposed_at=clock.now(),
            )  # fmt: skip
        if state is BidState.RECOMMENDED:
            factories.a_recommendation(newest, ministry.clara)
        if state is BidState.SUBMITTED:
            Proposal.objects.create(bid=bid, move="declare_inadmissible", ground="duplicate", by=ministry.clara)
        if state is BidState.REJECTED:
            with transaction.atomic():
                BidEvent.objects.append(bid, "rejected", by=ministry.dirk, roles={Role.APPROVER})
            Appeal.objects.create(bid=bid, reason="We were misread.", by=ada)
        bids.append(bid)
    return bids


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUESTIONS)
def test_my_desk_costs_the_same_for_one_bid_and_for_three(
    at: At,
    ministry: SimpleNamespace,
    crowd: Callable[[int], list[Bid]],
    django_assert_num_queries: Any,
    name: str,
    rows: int,
) -> None:
    crowd(rows)
    client = at(getattr(ministry, name))
    with django_assert_num_queries(QUESTIONS[name]):
        page = client.get("/desk/")
    assert len(tasks(page)) % rows == 0
    assert len(tasks(page)) > 0 or name == "otto"


def test_a_conflict_takes_a_bid_off_the_desk(at: At, staffed: Bid, ministry: SimpleNamespace) -> None:
    staffed.interests.filter(user=ministry.rik).update(interest=Interest.CONFLICT)
    page = at(ministry.rik).get("/desk/").text
    assert "BE-SOUND" not in page
    assert "0 things wait for you" in page

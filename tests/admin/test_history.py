"""The trail of one bid and the trail over all of them: read by those who may, changed by nobody."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from bids.models import Bid, BidEvent
from bids.rulebook.vocabulary import BidState, Role
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of

TRAIL = "/desk/bids/bidevent/"
QUESTIONS = {"history": 10, "trail": 5}


def happened(bid: Bid | None, name: str, by: User, role: Role, **more: Any) -> BidEvent:
    with transaction.atomic():
        return BidEvent.objects.append(bid, name, by=by, roles={role}, **more)


def test_the_history_tells_both_sides_newest_first(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    page = at(ministry.clara).get(page_of(in_review, "bid-history")).text
    assert page.index("The ministry took the bid in for review.") < page.index("The bid was submitted as round 1")
    assert "Ada" in page
    for user, status in ((ministry.otto, 200), (ministry.dora, 403), (ministry.rik, 403), (ministry.leo, 403)):
        assert at(user).get(page_of(in_review, "bid-history")).status_code == status


def test_what_the_consortium_writes_while_it_holds_the_bid_stays_its_own(
    at: At, in_review: Bid, ada: User, clara: User
) -> None:
    Bid.objects.filter(pk=in_review.pk).update(state=BidState.CHANGES_REQUESTED)
    happened(in_review, "line_changed", ada, Role.COORDINATOR, note="CANARY of the consortium")
    happened(in_review, "paper_kept", clara, Role.CASE_MANAGER, note="A paper of the desk")
    page = at(clara).get(page_of(in_review, "bid-history")).text
    assert ("CANARY" in page, "A paper of the desk" in page, "The bid was submitted" in page) == (False, True, True)


def test_any_page_number_is_some_page(at: At, in_review: Bid, clara: User) -> None:
    for typed in HOSTILE:
        assert at(clara).get(page_of(in_review, "bid-history"), {"page": typed}).status_code == 200


def test_the_trail_is_for_auditors_and_its_technical_part_for_administrators(
    at: At, submitted: Bid, ministry: SimpleNamespace, sam: User
) -> None:
    happened(None, "user_changed", sam, Role.SYSTEM_ADMIN, about=f"user/{User.objects.get(name='Ada').pk}")
    everything = at(ministry.otto).get(TRAIL).text
    assert ("BE-SOUND" in everything, "System" in everything) == (True, True)
    technical = at(sam).get(TRAIL).text
    assert ("BE-SOUND" in technical, "The account of Ada was changed." in technical) == (False, True)
    for user in (ministry.clara, ministry.dora, ministry.rik):
        assert at(user).get(TRAIL).status_code == 403


def test_the_trail_is_searched_by_event_bid_and_person(at: At, submitted: Bid, otto: User) -> None:
    for asked, found in (("q=submitted", True), ("q=BE-SOUND", True), ("q=ada", True), ("q=nobody+at+all", False)):
        assert ("BE-SOUND</a>" in at(otto).get(f"{TRAIL}?{asked}").text) is found, asked


def test_whatever_is_asked_of_the_trail_is_no_accident(at: At, submitted: Bid, otto: User) -> None:
    for asked in ["q=%00", "q=sub%00mitted", "p=-1", "p=x", "o=9.9", "note__contains=a", "e=1&p=99"]:
        answer = at(otto).get(f"{TRAIL}?{asked}")
        assert answer.status_code in (200, 302)
        if "%00" in asked:
            assert "BE-SOUND</a>" not in answer.text


def test_nothing_of_the_trail_is_changed_from_here(at: At, submitted: Bid, otto: User, sam: User) -> None:
    before = BidEvent.objects.count()
    for user in (otto, sam):
        for posted in (
            {},
            {"action": "delete_selected", "_selected_action": "1"},
            {"_save": "1", "form-TOTAL_FORMS": "1"},
        ):
            at(user).post(TRAIL, posted)
    assert BidEvent.objects.count() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_both_cost_the_same_for_one_event_and_for_three(
    at: At,
    bid: Bid,
    ada: User,
    ministry: SimpleNamespace,
    moved_to: Callable[[Bid, object], Bid],
    django_assert_num_queries: Callable[..., Any],
    rows: int,
) -> None:
    factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.IN_REVIEW)
    for number in range(rows):
        happened(bid, "line_changed", ada, Role.COORDINATOR, about=f"budget/L00{number}", note="Said.")
    client = at(ministry.otto)
    with django_assert_num_queries(QUESTIONS["history"]):
        history = client.get(page_of(bid, "bid-history")).text
    with django_assert_num_queries(QUESTIONS["trail"]):
        trail = client.get(TRAIL).text
    assert (history.count("Said."), trail.count("Said.")) == (rows, rows)

"""Who works on a bid: assigned by the case manager, kept out by a conflict, sent home with a reason."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from bids.models import Assignment, Bid, Letter
from bids.rulebook.vocabulary import Interest, Role
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of, step, take

QUESTIONS = 23


def assign(client: Any, bid: Bid, user: User | str, role: str = "reviewer", **more: Any) -> Any:
    chosen = user.pk if isinstance(user, User) else user
    return client.post(page_of(bid, "bid-assign", role), {"person": chosen}, **more)


def test_a_case_manager_assigns_everybody_and_takes_the_bid_in(
    at: At, submitted: Bid, ministry: SimpleNamespace
) -> None:
    clara = at(ministry.clara)
    closed = clara.get(step(submitted, "take_in")).text
    for reason in (
        "Two reviewers without a conflict",
        "Assign a legal reviewer first.",
        "Assign an Inspector of Finance",
    ):
        assert reason in closed
    work = ((ministry.rik, "reviewer"), (ministry.rosa, "reviewer"), (ministry.leo, "legal_reviewer"),
            (ministry.ines, "finance_inspector"))  # fmt: skip
    for user, role in work:
        answer = assign(clara, submitted, user, role, follow=True)
        assert f"{user.name} was assigned and asked to declare" in answer.text
    asked = Letter.objects.filter(letter="interest_asked").values_list("to__name", flat=True)
    assert sorted(asked) == ["Ines", "Leo", "Rik", "Rosa"]
    assert "so far 0 declared that" in clara.get(step(submitted, "take_in")).text
    for user, _ in work:
        factories.a_declaration(submitted, user)
    answer = take(clara, submitted, "take_in")
    assert answer.headers["Location"] == page_of(submitted)
    assert "The bid is taken in. Everybody assigned can begin." in clara.get(page_of(submitted)).text


def test_who_has_a_conflict_or_works_on_it_already_can_t_be_chosen(
    at: At, submitted: Bid, ministry: SimpleNamespace
) -> None:
    factories.a_declaration(submitted, ministry.rik, Interest.CONFLICT)
    factories.an_assignment(submitted, ministry.rosa, Role.REVIEWER)
    page = at(ministry.clara).get(page_of(submitted, "bid-people")).text
    assert "2 people can&#x27;t be chosen" in page.replace("can't", "can&#x27;t")
    assert "Rik: Has declared a conflict of interest with this bid." in page
    assert "Rosa: Works on this bid already, as: Reviewer." in page
    for user in (ministry.rik, ministry.rosa):
        answer = assign(at(ministry.clara), submitted, user)
        assert (answer.status_code, "Select a valid choice" in answer.text) == (200, True)
    assert Assignment.objects.count() == 1


def test_somebody_else_is_no_choice(at: At, submitted: Bid, clara: User, ada: User) -> None:
    for typed in [*HOSTILE, "999999", "1e3", "ada@example.org"]:
        answer = assign(at(clara), submitted, typed or str(ada.pk))
        assert answer.status_code == 200
        assert 'id="reviewer-person"' in answer.text
        assert 'aria-invalid="true"' in answer.text
        assert not Assignment.objects.exists()


def test_an_empty_choice_says_so_at_its_own_box(at: At, submitted: Bid, ministry: SimpleNamespace) -> None:
    page = assign(at(ministry.clara), submitted, "", "legal_reviewer").text
    assert 'href="#legal_reviewer-person"' in page
    assert page.count('aria-invalid="true"') == 1


def test_only_three_kinds_of_work_are_assigned(at: At, submitted: Bid, clara: User, dora: User) -> None:
    for role in ["approver", "coordinator", "case_manager", "nothing", "REVIEWER"]:
        assert assign(at(clara), submitted, dora, role).status_code == 404


def test_only_case_managers_assign(at: At, staffed: Bid, ministry: SimpleNamespace) -> None:
    for user, status in ((ministry.rik, 403), (ministry.dora, 403), (ministry.otto, 403)):
        assert assign(at(user), staffed, ministry.rosa).status_code == status
    assert at(ministry.otto).get(page_of(staffed, "bid-people")).text.count("<form") == 1  # to log out
    assert at(ministry.rik).get(page_of(staffed, "bid-people")).status_code == 403


def test_an_assignment_ends_with_a_reason(at: At, staffed: Bid, ministry: SimpleNamespace) -> None:
    row = staffed.assignments.get(user=ministry.rik)
    end = page_of(staffed, "bid-unassign", row.pk)
    assert "End the work of Rik as Reviewer on this bid?" in at(ministry.clara).get(end).text
    refused = at(ministry.clara).post(end, {"reason": "  "})
    assert (refused.status_code, "This field is required." in refused.text) == (200, True)
    answer = at(ministry.clara).post(end, {"reason": "On leave until May."}, follow=True)
    assert "The assignment of Rik has ended." in answer.text
    assert "On leave until May." in answer.text
    assert at(ministry.rik).get(page_of(staffed)).status_code == 404
    again = at(ministry.clara).post(end, {"reason": "Twice."})
    assert (again.status_code, "This assignment has ended already." in again.text) == (403, True)


def test_the_work_of_another_bid_can_t_be_ended_from_here(
    at: At, staffed: Bid, foreign_bid: Bid, ministry: SimpleNamespace
) -> None:
    row = factories.an_assignment(foreign_bid, ministry.rik, Role.REVIEWER)
    for number in (row.pk, 999999, 10**30):
        address = page_of(staffed, "bid-people") + f"{number}/end/"
        assert at(ministry.clara).post(address, {"reason": "x"}).status_code == 404
    row.refresh_from_db()
    assert row.ended_at is None


@pytest.mark.parametrize("rows", [1, 3])
def test_people_on_the_bid_cost_the_same_for_one_and_for_three(
    at: At, submitted: Bid, clara: User, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for number in range(rows):
        user = factories.a_user(f"Reviewer {number}", is_staff=True)
        factories.a_call_role(user, Role.REVIEWER)
        factories.an_assignment(submitted, user, Role.REVIEWER, by=clara)
        former = factories.a_user(f"Former {number}", is_staff=True)
        row = factories.an_assignment(submitted, former, Role.REVIEWER, by=clara)
        type(row).objects.filter(pk=row.pk).update(ended_at=row.at, reason="Left.")
    client = at(clara)
    with django_assert_num_queries(QUESTIONS):
        page = client.get(page_of(submitted, "bid-people")).text
    assert page.count("/end/") == rows

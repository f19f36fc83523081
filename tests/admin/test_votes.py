"""Two people decide, each bound to the round that was read; an appeal is judged by two others."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from accounts.models import User
from bids.actions import transition
from bids.models import Approval, Bid, BidEvent, SignatureRecord
from bids.rulebook.vocabulary import BidState, Role
from bids.rulebook.workflow import Said
from tests import factories
from tests.admin.stories import At, a_paper, newest, page_of, requested, state_of, step, take

NOT_OPEN = "This step is not open"
READ_IT = "A newer version was submitted since you opened this page."


def test_two_people_approve_and_the_first_is_refused_a_second_time(
    at: At, recommended: Bid, ministry: SimpleNamespace
) -> None:
    form = at(ministry.dora).get(step(recommended, "approve")).text
    assert ("Is it really you?" in form, newest(recommended) in form) == (True, True)
    answer = at(ministry.dora).post(
        step(recommended, "approve"), {"digest": newest(recommended), "note": "Sound.", "password": "tandem-tests"},
        follow=True,
    )  # fmt: skip
    assert "Your approval is recorded. A second approver decides." in answer.text
    again = take(at(ministry.dora), recommended, "approve", note="Me once more.")
    assert again.status_code == 403
    assert "You have voted already: the second vote is another person" in again.text
    assert "Me once more." in again.text
    assert state_of(recommended) is BidState.RECOMMENDED
    assert take(at(ministry.dirk), recommended, "approve").status_code == 302
    assert state_of(recommended) is BidState.APPROVED
    assert sorted(Approval.objects.values_list("order", "user__name")) == [(1, "Dora"), (2, "Dirk")]


def test_nobody_approves_without_the_password(at: At, recommended: Bid, dora: User) -> None:
    for password in ["", "wrong", "\x00", "x" * 5000]:
        answer = take(at(dora), recommended, "approve", note="Let me in.", password=password)
        assert (answer.status_code, 'href="#id_password"' in answer.text) == (200, True)
        assert "Let me in.</textarea>" in answer.text
        assert not Approval.objects.exists()


def test_one_of_each_vote_sends_the_bid_back_with_both_reasons(
    at: At, recommended: Bid, ministry: SimpleNamespace
) -> None:
    take(at(ministry.dora), recommended, "approve", note="Sound.")
    answer = at(ministry.dirk).post(
        step(recommended, "reject"), {"digest": newest(recommended), "note": "Too dear.", "password": "tandem-tests"},
        follow=True,
    )  # fmt: skip
    assert "The two votes differ: the bid is back in review, with both reasons." in answer.text
    history = at(ministry.clara).get(page_of(recommended, "bid-history")).text
    assert ("Sound." in history, "Too dear." in history) == (True, True)
    assert state_of(recommended) is BidState.IN_REVIEW


def test_a_rejection_needs_a_reason_and_two_people(at: At, recommended: Bid, ministry: SimpleNamespace) -> None:
    silent = take(at(ministry.dora), recommended, "reject", note="  ")
    assert (silent.status_code, 'href="#id_note"' in silent.text) == (200, True)
    for user in (ministry.dora, ministry.dirk):
        take(at(user), recommended, "reject", note="Not convincing.")
    assert state_of(recommended) is BidState.REJECTED


def test_who_took_part_before_does_not_decide(at: At, recommended: Bid, ministry: SimpleNamespace) -> None:
    """Rik, who reviewed, becomes an approver."""
    factories.a_call_role(ministry.rik, Role.APPROVER)
    page = at(ministry.rik).get(step(recommended, "approve")).text
    assert (NOT_OPEN in page, "You took part in an earlier step of this bid" in page) == (True, True)
    assert take(at(ministry.rik), recommended, "approve").status_code == 403
    assert not Approval.objects.exists()


def test_what_is_not_signed_stops_the_approval_until_its_letter_is_recorded(
    at: At, recommended: Bid, ministry: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pledge in the file covers the national share once its signed letter has come."""
    assert at(ministry.clara).get(step(recommended, "record_signature")).status_code == 200
    none = take(at(ministry.clara), recommended, "record_signature", commitment="c1", file=a_paper())
    assert (none.status_code, 'href="#id_commitment"' in none.text) == (200, True)
    assert not SignatureRecord.objects.exists()


@pytest.mark.parametrize("name", ["approve", "reject"])
def test_a_vote_on_an_older_round_comes_back_with_its_words_and_can_be_given_again(
    at: At, recommended: Bid, dora: User, second_round: Callable[[Bid], Bid], name: str
) -> None:
    stale = newest(recommended)
    again = second_round(recommended)
    answer = take(at(dora), again, name, digest=stale, note="About the first round.")
    assert answer.status_code == 409
    assert READ_IT in answer.text
    assert "About the first round." in answer.text
    assert f'value="{newest(again)}"' in answer.text or NOT_OPEN in answer.text
    assert not Approval.objects.exists()


def test_no_step_is_taken_unseen_on_a_newer_round(
    at: At, judged: Bid, clara: User, second_round: Callable[[Bid], Bid]
) -> None:
    stale = newest(judged)
    again = second_round(judged)
    answer = take(at(clara), again, "request_changes", digest=stale, **requested())
    assert (answer.status_code, READ_IT in answer.text) == (409, True)
    assert "Explain the storage.</textarea>" in answer.text
    assert f'value="{newest(again)}"' in answer.text
    assert state_of(again) is BidState.IN_REVIEW
    assert take(at(clara), again, "request_changes", **requested()).status_code == 302


def test_a_step_that_somebody_else_has_taken_meanwhile_is_closed_and_keeps_the_words(
    at: At, judged: Bid, clara: User, ministry: SimpleNamespace
) -> None:
    transition.perform(judged, "recommend", by=clara)
    answer = take(at(clara), judged, "recommend", note="Both are favourable.")
    assert answer.status_code == 403
    assert "state is “Recommended”" in answer.text
    assert BidEvent.objects.filter(bid=judged, name="recommended").count() == 1


def test_an_appeal_is_decided_by_two_who_did_not_decide_before(
    at: At, recommended: Bid, ada: User, ministry: SimpleNamespace
) -> None:
    for user in (ministry.dora, ministry.dirk):
        take(at(user), recommended, "reject", note="Not convincing.")
    judges = [factories.a_user(name, is_staff=True) for name in ("Jo", "Jef")]
    for judge in judges:
        factories.a_call_role(judge, Role.APPROVER)
        factories.a_declaration(recommended, judge)
    assert "There is no appeal to decide." in at(judges[0]).get(step(recommended, "decide_appeal")).text
    transition.perform(recommended, "lodge_appeal", by=ada, said=Said(note="We were misread."))
    assert "others have to decide" in at(ministry.dora).get(step(recommended, "decide_appeal")).text
    undecided = take(at(judges[0]), recommended, "decide_appeal", note="Well.")
    assert (undecided.status_code, 'href="#id_upholds_0"' in undecided.text) == (200, True)
    for judge in judges:
        take(at(judge), recommended, "decide_appeal", upholds="yes", note="They were.")
    assert state_of(recommended) is BidState.IN_REVIEW

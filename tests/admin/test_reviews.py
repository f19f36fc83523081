"""Reviews: one's own as a draft and then sent, the others' once it is; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts import clock
from accounts.models import User
from bids.models import Bid, Review
from bids.rulebook.vocabulary import ReviewState, Role
from tests import factories
from tests.admin.stories import CRITERIA, HOSTILE, At, a_review, page_of

QUESTIONS = 11
SENT_ALREADY = "You have sent your review of this round already."


def write(client: Any, bid: Bid, button: str = "keep", **typed: Any) -> Any:
    return client.post(page_of(bid, "bid-review"), a_review(bid, **typed) | {button: ""})


def test_a_reviewer_keeps_a_draft_and_sends_it_later(at: At, in_review: Bid, rik: User) -> None:
    assert "Score each criterion and explain the score." in at(rik).get(page_of(in_review, "bid-review")).text
    assert write(at(rik), in_review, points="3.5").headers["Location"] == page_of(in_review, "bid-review")
    draft = at(rik).get(page_of(in_review, "bid-review")).text
    assert "excellence is well explained." in draft
    assert '<option value="7" selected>' in draft
    answer = write(at(rik), in_review, "send", version=1, points="4")
    assert answer.headers["Location"] == page_of(in_review, "bid-reviews")
    review = Review.objects.get()
    assert (review.state, sorted(review.scores.values_list("halves", flat=True))) == (ReviewState.SENT, [8, 8, 8])


def test_an_unfinished_review_is_kept_but_not_sent(at: At, in_review: Bid, rik: User) -> None:
    lacking = {"score-0": "", "comment-1": "  ", "comment": "So far."}
    answer = write(at(rik), in_review, "send", **lacking)
    assert answer.status_code == 200
    assert 'href="#id_score-0"' in answer.text
    assert 'href="#id_comment-1"' in answer.text
    assert "give a score before you send the review" in answer.text
    assert "explain the score in a comment" in answer.text
    assert "So far.</textarea>" in answer.text
    assert not Review.objects.exists()
    assert write(at(rik), in_review, **lacking).status_code == 302


def test_a_score_that_is_none_is_refused_at_its_box(at: At, in_review: Bid, rik: User) -> None:
    for typed in [*HOSTILE[1:], "3.7", "11", "1e1"]:
        answer = write(at(rik), in_review, **{"score-1": typed})
        assert (answer.status_code, 'href="#id_score-1"' in answer.text) == (200, True)
        assert "excellence is well explained.</textarea>" in answer.text
        assert not Review.objects.exists()


def test_a_comment_that_can_t_be_stored_is_refused_at_its_box(at: At, in_review: Bid, rik: User) -> None:
    for name in ["comment", "comment-0"]:
        for typed in ("a\x00b", "x" * 20_001):
            answer = write(at(rik), in_review, **{name: typed})
            assert (answer.status_code, f'href="#id_{name}"' in answer.text) == (200, True)
        assert not Review.objects.exists()


def test_a_tampered_form_saves_nothing(at: At, in_review: Bid, rik: User) -> None:
    for hidden in [{"version": "x"}, {"version": "-1"}, {"version": ""}, {"digest": ""}, {"digest": "d" * 65}]:
        assert write(at(rik), in_review, **hidden).status_code == 200
        assert not Review.objects.exists()


def test_two_windows_lose_nobody_s_words(at: At, in_review: Bid, rik: User) -> None:
    write(at(rik), in_review, comment="From the first window.")
    answer = write(at(rik), in_review, comment="From the second window.")
    assert answer.status_code == 409
    assert "From the first window." in answer.text
    assert "From the second window." in answer.text
    assert Review.objects.get().comment == "From the first window."
    assert write(at(rik), in_review, version=1, comment="From the second window.").status_code == 302
    assert Review.objects.get().comment == "From the second window."


def test_a_newer_round_sends_the_review_back_with_every_word(
    at: At, in_review: Bid, rik: User, second_round: Callable[[Bid], Bid]
) -> None:
    stale = a_review(in_review, comment="About the first round.")
    again = second_round(in_review)
    answer = at(rik).post(page_of(again, "bid-review"), stale | {"send": ""})
    assert answer.status_code == 409
    assert "A newer round was submitted since you opened this page." in answer.text
    assert "About the first round.</textarea>" in answer.text
    assert again.snapshots.get(round=2).sha256 in answer.text
    assert not Review.objects.exists()
    assert write(at(rik), again, "send", comment="About the first round.").status_code == 302
    assert Review.objects.get().snapshot.round == 2


def test_a_sent_review_is_not_changed_and_what_was_typed_stays(at: At, judged: Bid, rik: User) -> None:
    assert at(rik).get(page_of(judged, "bid-review")).headers["Location"] == page_of(judged, "bid-reviews")
    answer = write(at(rik), judged, version=1, comment="A second thought.")
    assert (answer.status_code, SENT_ALREADY in answer.text) == (409, True)
    assert "A second thought.</textarea>" in answer.text


def test_others_are_read_once_the_own_review_is_sent(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    write(at(ministry.rosa), in_review, "send", comment="Rosa finds it sound.")
    early = at(ministry.rik).get(page_of(in_review, "bid-reviews"))
    assert (early.status_code, "once you have sent yours" in early.text) == (403, True)
    assert "Reviews</a>" not in at(ministry.rik).get(page_of(in_review)).text
    write(at(ministry.rik), in_review, "send", points="2")
    page = at(ministry.rik).get(page_of(in_review, "bid-reviews")).text
    assert "Rosa finds it sound." in page
    assert "Spread" in page
    for user, status in ((ministry.ines, 200), (ministry.otto, 200), (ministry.clara, 200), (ministry.dora, 403)):
        assert at(user).get(page_of(in_review, "bid-reviews")).status_code == status


def test_a_draft_is_its_author_s_alone(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    write(at(ministry.rik), in_review, comment="Not for others yet.")
    page = at(ministry.clara).get(page_of(in_review, "bid-reviews")).text
    assert ("Not for others yet." in page, "Being written:" in page) == (False, True)


def test_only_assigned_reviewers_write(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    stranger = factories.a_user("Ruth", is_staff=True)
    factories.a_call_role(stranger, Role.REVIEWER)
    for user, status in ((stranger, 404), (ministry.clara, 403), (ministry.leo, 403), (ministry.dora, 403)):
        assert write(at(user), in_review, "send").status_code == status
    assert not Review.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_reviews_cost_the_same_for_one_and_for_three(
    at: At, in_review: Bid, clara: User, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for number in range(rows):
        reviewer = factories.a_user(f"Reviewer {number}")
        review = factories.a_review(
            in_review.snapshots.get(), reviewer, state=ReviewState.SENT, sent_at=clock.now(), comment="Said."
        )
        for criterion in CRITERIA:
            factories.a_score(review, criterion)
    client = at(clara)
    with django_assert_num_queries(QUESTIONS):
        page = client.get(page_of(in_review, "bid-reviews")).text
    assert page.count("Said.") == rows

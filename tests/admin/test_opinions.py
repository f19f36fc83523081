"""Opinions: given by their own people, recorded with their paper, lapsed where what they read changed, answered."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from bids.models import Bid, BidEvent, DeskDocument, Opinion, OpinionDecision
from bids.rulebook.vocabulary import OpinionKind, OpinionVerdict
from tests import factories
from tests.admin.stories import HOSTILE, At, a_paper, day, newest, page_of, step

QUESTIONS = 10


def give(client: Any, bid: Bid, kind: str = "legal", **typed: Any) -> Any:
    said = {"verdict": "favourable", "text": "Nothing to remark.", "digest": newest(bid)} | typed
    return client.post(page_of(bid, "bid-opinion", kind), said)


def record(client: Any, bid: Bid, **typed: Any) -> Any:
    said = {"kind": "budget", "verdict": "favourable", "text": "", "given_on": day(-1), "file": a_paper()}
    return client.post(page_of(bid, "bid-opinion-record"), said | {"digest": newest(bid)} | typed)


def test_the_legal_reviewer_gives_an_opinion_on_the_round_that_was_read(
    at: At, in_review: Bid, ministry: SimpleNamespace
) -> None:
    page = at(ministry.leo).get(page_of(in_review, "bid-opinion", "legal")).text
    assert newest(in_review)[:16] in page
    assert give(at(ministry.leo), in_review).headers["Location"] == page_of(in_review, "bid-opinions")
    page = at(ministry.leo).get(page_of(in_review, "bid-opinions")).text
    assert "Nothing to remark." in page
    assert "Give it again" in page
    give(at(ministry.leo), in_review, verdict="reserved", text="On second thoughts.")
    assert Opinion.objects.filter(replaced_at=None).get().verdict == OpinionVerdict.RESERVED
    assert "1 former opinion" in at(ministry.leo).get(page_of(in_review, "bid-opinions")).text


def test_each_gives_the_own_opinion_only(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    told = {
        (ministry.leo, "finance"): "The legal reviewer gives the legal opinion only.",
        (ministry.ines, "legal"): "The Inspector of Finance gives the financial opinion only.",
        (ministry.clara, "legal"): "Your role does not allow this.",
    }
    for (user, kind), reason in told.items():
        answer = give(at(user), in_review, kind)
        assert (answer.status_code, reason in answer.text) == (403, True)
    for kind in ("budget", "nothing", "record%00"):
        assert at(ministry.leo).get(page_of(in_review, "bid-opinions") + f"{kind}/").status_code == 404
    assert not Opinion.objects.exists()


def test_what_is_wrong_is_said_at_its_box_and_the_words_stay(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    for typed, box in [
        ({"verdict": ""}, "verdict_0"),
        ({"verdict": "splendid"}, "verdict_0"),
        ({"text": " "}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "x" * 20_001}, "text"),
    ]:
        answer = give(at(ministry.leo), in_review, **typed)
        assert (answer.status_code, f'href="#id_{box}"' in answer.text) == (200, True)
        assert typed.get("text", "Nothing to remark.").strip("\x00 ")[:10] in answer.text
        assert not Opinion.objects.exists()


def test_a_newer_round_sends_the_opinion_back_with_every_word(
    at: At, in_review: Bid, ministry: SimpleNamespace, second_round: Callable[[Bid], Bid]
) -> None:
    stale = newest(in_review)
    again = second_round(in_review)
    answer = give(at(ministry.leo), again, text="About the first round.", digest=stale)
    assert (answer.status_code, "A newer round was submitted" in answer.text) == (409, True)
    assert "About the first round.</textarea>" in answer.text
    assert f'value="{newest(again)}"' in answer.text
    assert not Opinion.objects.exists()


def test_an_opinion_lapses_when_what_it_read_changes_and_only_then(
    at: At, judged: Bid, ministry: SimpleNamespace, second_round: Callable[[Bid], Bid]
) -> None:
    again = second_round(judged)
    page = at(ministry.clara).get(page_of(again, "bid-opinions")).text
    assert page.count("Lapsed</span>") == 1
    assert "What it read has changed since, so it has to be given again." in page
    assert "Opinion of the Inspector of Finance has lapsed" in at(ministry.clara).get(step(again, "recommend")).text


def test_an_opinion_from_outside_comes_with_its_paper(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    answer = record(at(ministry.clara), in_review, text="In short: agreed.")
    assert answer.headers["Location"] == page_of(in_review, "bid-opinions")
    kept = DeskDocument.objects.get()
    page = at(ministry.clara).get(page_of(in_review, "bid-opinions")).text
    assert page_of(in_review, "bid-paper", kept.pk) in page
    assert Opinion.objects.get().kind == OpinionKind.BUDGET


def test_a_paper_that_is_none_or_a_wrong_day_keeps_nothing(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    for typed, box, told in [
        ({"file": ""}, "file", "required"),
        ({"file": a_paper(b"no pdf")}, "file", "PDF"),
        ({"given_on": day(3)}, "given_on", "lies ahead"),
        ({"given_on": "yesterday"}, "given_on", "valid date"),
        ({"given_on": "0001-01-01"}, "given_on", "1900"),
        ({"kind": "legal"}, "kind", "valid choice"),
        ({"kind": "\x00"}, "kind", "valid choice"),
    ]:
        answer = record(at(ministry.clara), in_review, text="Typed for nothing.", **typed)
        assert answer.status_code == 200
        assert f'href="#id_{box}"' in answer.text
        assert told in answer.text
        assert "Typed for nothing." in answer.text
        assert not Opinion.objects.exists()
        assert not DeskDocument.objects.exists()


def test_only_case_managers_record_from_outside(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    for user in (ministry.leo, ministry.rik, ministry.otto):
        assert record(at(user), in_review).status_code == 403
    assert not Opinion.objects.exists()


def test_an_unfavourable_opinion_stops_the_bid_until_a_decision_answers_it(
    at: At, judged: Bid, ministry: SimpleNamespace
) -> None:
    give(at(ministry.leo), judged, verdict="unfavourable", text="No legal basis.")
    opinion = Opinion.objects.get(kind=OpinionKind.LEGAL, replaced_at=None)
    answer_it = page_of(judged, "bid-opinion-answer", opinion.pk)
    assert "Record the decision that answers it" in at(ministry.clara).get(step(judged, "recommend")).text
    assert (
        "has to answer it before the bid can be recommended"
        in at(ministry.leo).get(page_of(judged, "bid-opinions")).text
    )
    form = at(ministry.clara).get(answer_it).text
    assert "No legal basis." in form
    empty = at(ministry.clara).post(answer_it, {"text": "The minister goes on."})
    assert (empty.status_code, "The minister goes on.</textarea>" in empty.text) == (200, True)
    assert not OpinionDecision.objects.exists()
    at(ministry.clara).post(answer_it, {"text": "The minister goes on.", "file": a_paper()})
    assert "The minister goes on." in at(ministry.leo).get(page_of(judged, "bid-opinions")).text
    assert "Record the decision that answers it" not in at(ministry.clara).get(step(judged, "recommend")).text
    again = at(ministry.clara).post(answer_it, {"text": "Once more.", "file": a_paper()})
    assert (again.status_code, "There is nothing left to decide about this opinion." in again.text) == (409, True)
    assert "Once more.</textarea>" in again.text
    assert OpinionDecision.objects.count() == DeskDocument.objects.count() == 1


def test_an_answer_to_an_opinion_that_was_replaced_is_sent_back(at: At, judged: Bid, ministry: SimpleNamespace) -> None:
    former = Opinion.objects.get(kind=OpinionKind.LEGAL)
    give(at(ministry.leo), judged, verdict="reserved", text="Again.")
    answer = at(ministry.clara).post(
        page_of(judged, "bid-opinion-answer", former.pk), {"text": "To the old one.", "file": a_paper()}
    )
    assert (answer.status_code, "This opinion was replaced by a newer one." in answer.text) == (409, True)
    assert not DeskDocument.objects.exists()


def test_an_opinion_of_another_bid_can_t_be_answered_from_here(
    at: At, in_review: Bid, foreign_bid: Bid, ministry: SimpleNamespace
) -> None:
    other = factories.an_opinion(factories.a_snapshot(foreign_bid, ministry.clara), ministry.leo)
    for number in (other.pk, 999999, 10**30):
        address = page_of(in_review, "bid-opinions") + f"{number}/answer/"
        assert at(ministry.clara).get(address).status_code == 404


def test_whatever_is_typed_is_no_accident(at: At, in_review: Bid, ministry: SimpleNamespace) -> None:
    for typed in HOSTILE:
        assert give(at(ministry.leo), in_review, verdict=typed, text=typed, digest=typed).status_code in (200, 409)
        answer = record(at(ministry.clara), in_review, kind=typed, verdict=typed, given_on=typed, text=typed)
        assert answer.status_code == 200
        assert not BidEvent.objects.filter(name__in=("opinion_given", "outside_opinion_recorded")).exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_opinions_cost_the_same_for_one_and_for_three(
    at: At, in_review: Bid, ministry: SimpleNamespace, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    for kind in list(OpinionKind)[:rows]:
        paper = factories.a_desk_document(in_review, ministry.clara)
        opinion = factories.an_opinion(
            in_review.snapshots.get(), ministry.leo, kind, verdict=OpinionVerdict.RESERVED, document=paper
        )
        OpinionDecision.objects.create(opinion=opinion, text="We go on.", document=paper, by=ministry.clara)
    client = at(ministry.clara)
    with django_assert_num_queries(QUESTIONS):
        page = client.get(page_of(in_review, "bid-opinions")).text
    assert page.count("We go on.") == rows

"""Conflict of interest comes first: title and parties to judge by, the declaration, then the bid or nothing of it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from accounts.models import User
from bids.models import Assignment, Bid, BidEvent, InterestDeclaration, Letter, Opinion, Review
from bids.rulebook.vocabulary import Interest, Role
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of, step

FIRST = "First declare whether you have a conflict of interest with this bid."
CLOSED = ("bid-budget", "bid-lines", "bid-documents", "bid-checks", "bid-review", "bid-reviews", "bid-dossiers")


@pytest.fixture
def undeclared(in_review: Bid, ministry: SimpleNamespace) -> Bid:
    """Rik is assigned and has said nothing yet."""
    in_review.interests.filter(user=ministry.rik).delete()
    return in_review


def test_before_declaring_a_reviewer_sees_title_and_parties_only(at: At, undeclared: Bid, rik: User) -> None:
    page = at(rik).get(page_of(undeclared)).text
    assert (FIRST in page, "A small factory" in page, "Cenaero legal name" in page) == (True, True, True)
    hidden = ("Two sites.", "1,012", "445,500", undeclared.snapshots.get().sha256, "Your steps", "Received")
    assert [words for words in hidden if words in page] == []
    for name in CLOSED:
        answer = at(rik).get(page_of(undeclared, name))
        assert (answer.status_code, FIRST in answer.text) == (403, True), name


def test_without_a_conflict_the_bid_opens(at: At, undeclared: Bid, rik: User) -> None:
    form = page_of(undeclared, "bid-interest")
    assert "judge by its title and its parties" in at(rik).get(form).text
    answer = at(rik).post(form, {"interest": "none", "reason": ""}, follow=True)
    assert "Your declaration is recorded." in answer.text
    assert "Two sites." in answer.text
    assert "You declared on" in at(rik).get(form).text
    assert BidEvent.objects.filter(bid=undeclared, name="interest_declared", actor=rik).count() == 1


def test_a_conflict_has_to_be_explained(at: At, undeclared: Bid, rik: User) -> None:
    answer = at(rik).post(page_of(undeclared, "bid-interest"), {"interest": "conflict", "reason": " "})
    assert (answer.status_code, "Say in a few words what the conflict is." in answer.text) == (200, True)
    assert 'value="conflict"' in answer.text
    assert not InterestDeclaration.objects.filter(user=rik).exists()


def test_a_conflict_hides_the_bid_everywhere_and_ends_the_work_on_it(
    at: At, judged: Bid, ministry: SimpleNamespace
) -> None:
    typed = {"interest": "conflict", "reason": "My sister works at Cenaero."}
    answer = at(ministry.rik).post(page_of(judged, "bid-interest"), typed, follow=True)
    assert answer.redirect_chain == [("/desk/", 302)]
    assert "no longer shown to you" in answer.text
    for name in ("bid", "bid-interest", *CLOSED):
        assert at(ministry.rik).get(page_of(judged, name)).status_code == 404, name
    for address in ("/desk/", "/desk/bids/bid/", "/desk/bids/bid/?q=sound"):
        assert "BE-SOUND" not in at(ministry.rik).get(address).text
    assert Assignment.objects.get(bid=judged, user=ministry.rik).ended_at is not None
    assert Review.objects.get(bid=judged, reviewer=ministry.rik).voided_at is not None
    assert Letter.objects.filter(letter="conflict_declared").values_list("to__name", flat=True)[0] == "Clara"


def test_an_opinion_of_somebody_with_a_conflict_no_longer_counts(
    at: At, judged: Bid, ministry: SimpleNamespace
) -> None:
    at(ministry.leo).post(page_of(judged, "bid-interest"), {"interest": "conflict", "reason": "My former employer."})
    assert Opinion.objects.get(bid=judged, by=ministry.leo).replaced_at is not None
    page = at(ministry.clara).get(step(judged, "recommend")).text
    assert "Legal opinion has not been given." in page


def test_an_approver_declares_too(at: At, recommended: Bid, ministry: SimpleNamespace) -> None:
    recommended.interests.filter(user=ministry.dora).delete()
    assert FIRST in at(ministry.dora).get(step(recommended, "approve")).text
    at(ministry.dora).post(page_of(recommended, "bid-interest"), {"interest": "conflict", "reason": "Shares."})
    assert at(ministry.dora).get(page_of(recommended)).status_code == 404
    assert at(ministry.dora).get(step(recommended, "approve")).status_code == 404


def test_who_once_worked_in_the_bid_has_a_conflict_without_saying_so(
    at: At, submitted: Bid, ministry: SimpleNamespace, fien: User
) -> None:
    """Fien leaves the consortium and becomes a reviewer of the ministry."""
    BidEvent.objects.append(submitted, "line_changed", by=fien, roles={Role.FINANCE_OFFICER})
    submitted.people.filter(user=fien).delete()
    User.objects.filter(pk=fien.pk).update(is_staff=True)
    factories.a_call_role(fien, Role.REVIEWER)
    factories.an_assignment(submitted, fien, Role.REVIEWER)
    factories.a_declaration(submitted, fien)
    assert at(fien).get(page_of(submitted)).status_code == 404
    people = at(ministry.clara).get(page_of(submitted, "bid-people")).text
    assert "has worked in it" in people


def test_whatever_is_typed_leaves_a_sentence_or_a_declaration(at: At, undeclared: Bid, rik: User) -> None:
    for typed in HOSTILE:
        for sent in ({"interest": typed, "reason": "x"}, {"interest": "conflict", "reason": typed[:3]}):
            answer = at(rik).post(page_of(undeclared, "bid-interest"), sent)
            assert answer.status_code in (200, 302, 404)
        assert InterestDeclaration.objects.filter(bid=undeclared, user=rik, interest=Interest.NONE).count() == 0


def test_case_managers_and_auditors_have_nothing_to_declare(at: At, submitted: Bid, ministry: SimpleNamespace) -> None:
    for user in (ministry.clara, ministry.otto):
        answer = at(user).get(page_of(submitted, "bid-interest"))
        assert (answer.status_code, "Your role does not allow this." in answer.text) == (403, True)

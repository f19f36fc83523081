"""The end of the embargo: what was decided is the ministry's until the case manager publishes it."""

from __future__ import annotations

from types import SimpleNamespace

from accounts.models import User
from bids.models import Bid, BidEvent, Letter
from tests.admin.stories import At, page_of


def test_a_decision_is_published_once(at: At, approved: Bid, ministry: SimpleNamespace, ada: User) -> None:
    publish = page_of(approved, "bid-publish")
    assert publish in at(ministry.clara).get(page_of(approved)).text
    assert "Tell the consortium of BE-SOUND what was decided?" in at(ministry.clara).get(publish).text
    answer = at(ministry.clara).post(publish, follow=True)
    assert "The decision is published, and the coordinator is told by letter." in answer.text
    assert Letter.objects.filter(letter="decision_published", to=ada).count() == 1
    assert publish not in at(ministry.clara).get(page_of(approved)).text
    again = at(ministry.clara).post(publish)
    assert (again.status_code, "has been published already" in again.text) == (403, True)
    assert BidEvent.objects.filter(name="decision_published").count() == 1


def test_nobody_else_publishes_and_nothing_before_it_is_decided(
    at: At, approved: Bid, ministry: SimpleNamespace
) -> None:
    for user in (ministry.dora, ministry.otto, ministry.rik):
        assert at(user).post(page_of(approved, "bid-publish")).status_code == 403
    assert not BidEvent.objects.filter(name="decision_published").exists()


def test_there_is_nothing_to_publish_while_the_bid_is_judged(at: At, recommended: Bid, clara: User) -> None:
    answer = at(clara).post(page_of(recommended, "bid-publish"))
    assert (answer.status_code, "state is “Recommended”" in answer.text) == (403, True)

"""The bid is locked while somebody writes: the page says so and gives the words back; nothing of them is saved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from bids.actions import changing
from bids.models import Bid
from bids.rulebook.vocabulary import BidState

FROM_HERE = {"headers": {"Origin": "http://testserver"}}
WORDS = "Three engineers who <b>run</b> the machine."
SAVES = {
    "budget/lines/L001/": {"description": WORDS, "stream": "services", "amount": "1", "version": "1"},
    "budget/lines/L001/cells/": {"description": WORDS, "version": "1"},
    "basics/edit/": {"title": WORDS, "language": "en", "version": "1"},
}


@pytest.fixture
def browser(ada: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    return client


@pytest.fixture
def locked_at_the_last_moment(monkeypatch: pytest.MonkeyPatch, moved_to: Callable[[Bid, object], Bid]) -> None:
    """Somebody locks the bid after a page let the writer in, and before it holds the bid itself."""
    hold = changing._locked

    def too_late(bid: Bid) -> Bid:
        return hold(moved_to(bid, BidState.LOCKED))

    monkeypatch.setattr(changing, "_locked", too_late)


@pytest.mark.usefixtures("locked_at_the_last_moment")
@pytest.mark.parametrize("place", ["budget/lines/L001/cells/", "basics/edit/"])
def test_a_save_that_comes_a_moment_too_late_is_refused_with_its_reason(bid: Bid, browser: Client, place: str) -> None:
    answer = browser.post(f"/bids/{bid.reference}/{place}", SAVES[place], **FROM_HERE)
    assert answer.status_code == 403
    assert "The bid can no longer be changed." in answer.text
    assert "Three engineers who &lt;b&gt;run&lt;/b&gt; the machine." in answer.text
    assert bid.budget_lines.get(key="L001").description == "Engineers"


@pytest.mark.usefixtures("locked_at_the_last_moment")
def test_what_removes_something_is_refused_as_well(bid: Bid, browser: Client) -> None:
    answer = browser.post(f"/bids/{bid.reference}/budget/lines/L001/remove/", {"version": "1"}, **FROM_HERE)
    assert (answer.status_code, "The bid can no longer be changed." in answer.text) == (403, True)
    assert bid.budget_lines.get(key="L001").removed_at is None


@pytest.mark.parametrize("place", ["budget/lines/L001/", "basics/edit/"])
def test_who_wrote_while_the_bid_was_locked_gets_the_words_back(
    bid: Bid, browser: Client, moved_to: Callable[[Bid, object], Bid], place: str
) -> None:
    moved_to(bid, BidState.LOCKED)
    answer = browser.post(f"/bids/{bid.reference}/{place}", SAVES[place], **FROM_HERE)
    assert (answer.status_code, "What you typed was not saved." in answer.text) == (403, True)
    assert "Three engineers who &lt;b&gt;run&lt;/b&gt; the machine." in answer.text


def test_words_that_another_site_sent_are_not_repeated(
    bid: Bid, browser: Client, moved_to: Callable[[Bid, object], Bid]
) -> None:
    moved_to(bid, BidState.LOCKED)
    sent = {"data": SAVES["basics/edit/"], "headers": {"Origin": "https://evil.example"}}
    answer = browser.post(f"/bids/{bid.reference}/basics/edit/", **sent)
    assert (answer.status_code, "Three engineers" in answer.text) == (403, False)

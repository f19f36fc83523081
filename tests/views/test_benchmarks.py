"""Where a bid stands among published ones: told on screen to those who may read it, never on paper."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from bids.models import Bid
from tests import factories
from tests.views.budget_pages import address


def test_each_figure_is_shown_with_place_median_source_and_mark(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    text = client.get(address("benchmarks", bid)).text
    for words in (
        "decided on 10 October 2025 (wave 3)", "the cut-off of 30 June 2025", "Among published bids",
        "Total cost", "LitAI", "S10, SEEN2", "RECALLED 0.6", "rounded", "press only", "Median", "another wave",
        "Acquisition per accelerator", "MIMER", "S10, S38, SEEN2", "inferred",
    ):  # fmt: skip
        assert words in text, words
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg" class="plot"') >= 4


def test_an_empty_draft_has_a_page_too(client: Client, ada: User, bid: Bid) -> None:
    bid.budget_lines.all().delete()
    client.force_login(ada)
    assert client.get(address("benchmarks", bid)).status_code == 200


def test_readiness_leads_there(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    text = client.get(address("readiness", bid)).text
    assert "would be number" in text
    assert f'href="{address("benchmarks", bid)}"' in text


def test_a_stranger_and_the_ministry_are_told_nothing(
    client: Client, foreign_bid: Bid, ada: User, clara: User, bid: Bid
) -> None:
    client.force_login(ada)
    assert client.get(address("benchmarks", foreign_bid)).status_code == 404
    client.force_login(clara)
    assert client.get(address("benchmarks", bid)).status_code == 403


@pytest.mark.parametrize("lines", [1, 3])
def test_the_page_asks_as_many_questions_for_one_line_as_for_three(
    client: Client, bid: Bid, vic: User, lines: int, django_assert_num_queries
) -> None:
    bid.budget_lines.all().delete()
    for _ in range(lines):
        factories.a_line(bid)
    client.force_login(vic)
    with django_assert_num_queries(23):
        client.get(address("benchmarks", bid))

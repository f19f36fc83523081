"""The list of bids: found by words and filters, with what each person may see of them and not a figure more."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from bids.models import Bid
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, Interest, Role
from tests import factories
from tests.admin.stories import HOSTILE, At, page_of

LIST = "/desk/bids/bid/"
QUESTIONS = {"clara": 8, "rik": 8, "otto": 8}


def found(page: Any) -> list[str]:
    """The references of the rows, from top to bottom."""
    return re.findall(r'<th scope="row"[^>]*><a class="ds-link" href="/desk/bids/bid/([^/]+)/">', page.text)


def row_of(page: Any, reference: str) -> list[str]:
    """What the cells of a bid's row say."""
    row = re.search(rf'/desk/bids/bid/{reference}/">.*?</tr>', page.text, re.DOTALL)
    assert row, page.text
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.DOTALL)]


@pytest.fixture
def three(ministry: SimpleNamespace, ada: User) -> list[Bid]:
    """A submitted bid, one in review, and one that is selected; Rik works on the second."""
    bids = [
        factories.a_bid("BE-ONE", title="One factory", state=BidState.SUBMITTED),
        factories.a_bid("BE-TWO", title="Two sites", acronym="TWINS", state=BidState.IN_REVIEW),
        factories.a_bid("FR-THREE", title="A grant", state=BidState.SELECTED),
    ]
    for bid in bids:
        factories.a_snapshot(bid, ada)
    factories.an_assignment(bids[1], ministry.rik, Role.REVIEWER)
    return bids


def test_each_person_finds_the_bids_that_are_theirs(at: At, three: list[Bid], ministry: SimpleNamespace) -> None:
    for user in (ministry.clara, ministry.otto, ministry.dora):
        assert found(at(user).get(LIST)) == ["BE-ONE", "BE-TWO", "FR-THREE"]
    assert found(at(ministry.rik).get(LIST)) == ["BE-TWO"]
    page = at(ministry.rosa).get(LIST)
    assert (found(page), "No bid is here for you" in page.text) == ([], True)


def test_a_draft_is_on_the_case_manager_s_list_alone(at: At, bid: Bid, ministry: SimpleNamespace) -> None:
    assert found(at(ministry.clara).get(LIST)) == ["BE-SMALL"]
    for user in (ministry.otto, ministry.dora):
        assert found(at(user).get(LIST)) == []


def test_bids_are_found_by_words_and_filters(at: At, three: list[Bid], clara: User) -> None:
    for asked, references in (
        ("q=be-", ["BE-ONE", "BE-TWO"]), ("q=twins", ["BE-TWO"]), ("q=sites+two", ["BE-TWO"]), ("q=nothing", []),
        ("state=submitted", ["BE-ONE"]), ("state=selected&q=grant", ["FR-THREE"]), ("state=bogus", []),
        ("call=EUROHPC-2024-CEI-AI-02", ["BE-ONE", "BE-TWO", "FR-THREE"]), ("call=ANOTHER", []), ("work=mine", []),
    ):  # fmt: skip
        assert found(at(clara).get(f"{LIST}?{asked}")) == references, asked


def test_a_reviewer_filters_by_the_own_work(at: At, three: list[Bid], ministry: SimpleNamespace) -> None:
    assert found(at(ministry.rik).get(f"{LIST}?work=mine")) == ["BE-TWO"]


def test_a_character_that_no_database_keeps_finds_nothing(at: At, three: list[Bid], clara: User) -> None:
    for asked in ("q=%00", "q=BE%00ONE", "state=%00", "call=%00", "work=%00"):
        page = at(clara).get(f"{LIST}?{asked}")
        assert (page.status_code, found(page)) == (200, []), asked


def test_whatever_stands_in_the_address_is_no_accident(at: At, three: list[Bid], clara: User) -> None:
    for name in ("q", "state", "call", "work", "p", "o", "e"):
        for typed in HOSTILE[1:4]:
            answer = at(clara).get(LIST, {name: typed, "all": typed, "_popup": typed})
            assert answer.status_code in (200, 302), (name, typed)


def test_nobody_sieves_what_the_list_does_not_show(at: At, three: list[Bid], ministry: SimpleNamespace) -> None:
    """Django's admin takes any condition from the address: asked often enough, it would tell hidden figures."""
    for asked in (
        "eu__gt=1", "total__gte=100", "abstract__contains=secret", "reviews__comment__contains=weak",
        "created_by__password__startswith=a",
    ):  # fmt: skip
        assert found(at(ministry.rik).get(f"{LIST}?{asked}")) == ["BE-TWO"], asked


def test_before_the_declaration_only_title_call_and_state_are_shown(
    at: At, three: list[Bid], ministry: SimpleNamespace
) -> None:
    Bid.objects.update(total=Euro.of("1234567.00"), eu=Euro.of("7654.00"))
    cells = row_of(at(ministry.rik).get(LIST), "BE-TWO")
    assert cells[:7] == ["EUROHPC-2024-CEI-AI-02", "In review", "–", "–", "–", "–", "–"]
    factories.a_declaration(three[1], ministry.rik)
    assert row_of(at(ministry.rik).get(LIST), "BE-TWO")[3:7] == ["1", "0/1", "1,234,567.00", "7,654.00"]


def test_figures_of_a_working_copy_are_nobody_s_at_the_desk(at: At, three: list[Bid], clara: User) -> None:
    """While the consortium changes the bid, its totals are those of what it types."""
    Bid.objects.filter(reference="BE-TWO").update(state=BidState.CHANGES_REQUESTED, total=Euro.of("1234567.00"))
    page = at(clara).get(LIST)
    assert row_of(page, "BE-TWO")[3:7] == ["1", "0/1", "–", "–"]
    assert "1,234,567" not in page.text


def test_a_conflict_hides_a_bid_from_list_search_and_counts(
    at: At, three: list[Bid], ministry: SimpleNamespace
) -> None:
    factories.a_declaration(three[1], ministry.rik, Interest.CONFLICT)
    for asked in ("", "?q=two", "?state=in_review", "?work=mine"):
        page = at(ministry.rik).get(LIST + asked)
        assert (found(page), "0 entries" in page.text) == ([], True)
        assert "In review" not in page.text


def test_a_member_of_a_partner_never_sees_its_bid(at: At, bid: Bid, imec: Any, moved_to: Any, ministry: Any) -> None:
    bid.partners.filter(key="imec").update(organisation=imec)
    factories.a_snapshot(bid, ministry.clara)
    moved_to(bid, BidState.RECOMMENDED)
    imec.memberships.create(user=ministry.dora)
    assert found(at(ministry.dora).get(LIST)) == []
    assert at(ministry.dora).get(page_of(bid)).status_code == 404
    assert found(at(ministry.dirk).get(LIST)) == ["BE-SMALL"]


def test_the_list_goes_on_page_after_page(at: At, ministry: SimpleNamespace) -> None:
    call_version = factories.a_call_version()
    Bid.objects.bulk_create(
        Bid(reference=f"BE-{number:03}", title="Many", call_version=call_version) for number in range(51)
    )
    assert found(at(ministry.clara).get(LIST))[-1] == "BE-049"
    assert found(at(ministry.clara).get(f"{LIST}?p=2")) == ["BE-050"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_list_costs_the_same_for_one_bid_and_for_three(
    at: At, ministry: SimpleNamespace, ada: User, django_assert_num_queries: Callable[..., Any], name: str, rows: int
) -> None:
    for _ in range(rows):
        bid = factories.a_bid(state=BidState.IN_REVIEW)
        factories.a_review(factories.a_snapshot(bid, ada), ministry.rosa)
        factories.an_assignment(bid, ministry.rik, Role.REVIEWER)
        factories.a_declaration(bid, ministry.rik)
    client = at(getattr(ministry, name))
    with django_assert_num_queries(QUESTIONS[name]):
        page = client.get(reverse("desk:bids_bid_changelist"))
    assert len(found(page)) == rows

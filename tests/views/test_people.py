"""People of a bid: invited with a role, sent away, given chapters to write."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from accounts.mail import wait_until_sent
from accounts.models import Membership, User
from bids.models import Bid, BidRole, Chapter
from bids.rulebook.vocabulary import BidState, Role
from tests import factories


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def invitation(bid: Bid, email: str = "nora@example.org", role: str = "finance_officer", partner: str = "imec") -> Any:
    return {"email": email, "role": role, "partner": partner}


@pytest.fixture
def at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


def test_a_coordinator_invites_somebody_new(at_work: Client, bid: Bid, django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = at_work.post(address("person-add", bid), invitation(bid))
    wait_until_sent()
    assert answer.status_code == 302
    given = BidRole.objects.get(bid=bid, user__email="nora@example.org")
    assert (given.role, given.partner.key) == (Role.FINANCE_OFFICER, "imec")
    assert [letter.to for letter in outbox.outbox] == [["nora@example.org"]]
    assert bid.events.filter(name="person_added", about=f"user/{given.user_id}").exists()


def test_only_the_own_organisation_gains_a_member(at_work: Client, bid: Bid, imec: Any, cenaero: Any) -> None:
    """Membership reaches beyond this bid: nobody gives it away for an organisation they are not of."""
    bid.partners.filter(key="imec").update(organisation=imec)
    bid.partners.filter(key="cenaero").update(organisation=cenaero)
    at_work.post(address("person-add", bid), invitation(bid, "in@example.org"))
    at_work.post(address("person-add", bid), invitation(bid, "out@example.org", partner="cenaero"))
    assert list(Membership.objects.filter(user__email="in@example.org").values_list("organisation", flat=True)) == [
        imec.pk
    ]
    assert not Membership.objects.filter(user__email="out@example.org").exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"email": "nobody"}, "valid email address"),
        ({"email": "a@example.org\nBcc: b@example.org"}, "valid email address"),
        ({"role": "coordinator"}, "Select a valid choice"),
        ({"role": "approver"}, "Select a valid choice"),
        ({"partner": "nobody"}, "Select a valid choice"),
        ({"email": "vic@example.org", "role": "viewer"}, "already has this role"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_invited(
    at_work: Client, bid: Bid, typed: dict[str, str], told: str
) -> None:
    before = (User.objects.count(), BidRole.objects.count())
    answer = at_work.post(address("person-add", bid), invitation(bid) | typed)
    assert (answer.status_code, told in answer.text) == (200, True)
    assert (User.objects.count(), BidRole.objects.count()) == before


def test_a_partner_of_another_bid_can_t_be_acted_for(at_work: Client, bid: Bid, foreign_bid: Bid) -> None:
    factories.a_partner(foreign_bid, "elsewhere")
    answer = at_work.post(address("person-add", bid), invitation(bid) | {"partner": "elsewhere"})
    assert (answer.status_code, BidRole.objects.filter(user__email="nora@example.org").exists()) == (200, False)


def test_nobody_of_the_ministry_is_drawn_into_a_bid(at_work: Client, bid: Bid, rik: User) -> None:
    answer = at_work.post(address("person-add", bid), invitation(bid, rik.email))
    assert "works for the ministry on the same call" in answer.text
    assert not BidRole.objects.filter(user=rik).exists()
    assert not rik.memberships.exists()


def test_a_coordinator_takes_a_role_away(at_work: Client, bid: Bid, vic: User) -> None:
    given = BidRole.objects.get(bid=bid, user=vic)
    url = address("person-remove", bid, pk=given.pk)
    assert "Take the role “Viewer” from Vic?" in at_work.get(url).text
    assert at_work.post(url).status_code == 302
    assert not BidRole.objects.filter(pk=given.pk).exists()
    assert bid.events.filter(name="person_removed").exists()


def test_the_coordinator_stays_on_board(at_work: Client, bid: Bid, ada: User) -> None:
    given = BidRole.objects.get(bid=bid, user=ada)
    answer = at_work.post(address("person-remove", bid, pk=given.pk))
    assert "The coordinator stays on board." in answer.text
    assert BidRole.objects.filter(pk=given.pk).exists()


def test_a_role_of_another_bid_is_not_there(at_work: Client, bid: Bid, foreign_bid: Bid) -> None:
    theirs = foreign_bid.people.get()
    assert at_work.post(address("person-remove", bid, pk=theirs.pk)).status_code == 404
    assert at_work.get(address("people", foreign_bid)).status_code == 404


def test_others_see_who_is_there_and_change_nothing(client: Client, bid: Bid, bruno: User) -> None:
    client.force_login(bruno)
    page = client.get(address("people", bid))
    assert (page.status_code, "ada@example.org" in page.text, "Who writes what" in page.text) == (200, True, False)
    assert client.post(address("person-add", bid), invitation(bid)).status_code == 403
    assert client.post(address("chapters-assign", bid)).status_code == 403


def test_chapters_are_assigned_in_all_their_languages_and_empty_ones_made(at_work: Client, bid: Bid) -> None:
    cenaero = bid.partners.get(key="cenaero")
    answer = at_work.post(address("chapters-assign", bid), {"section-1": "cenaero", "section-2": "cenaero"})
    assert answer.status_code == 302
    assigned = Chapter.objects.filter(bid=bid, assigned_to=cenaero).order_by("key", "language")
    assert [(chapter.key, chapter.language.value, chapter.state.value) for chapter in assigned] == [
        ("1", "en", "empty"), ("2", "en", "empty"),
    ]  # fmt: skip
    at_work.post(address("chapters-assign", bid), {"section-1": ""})
    assert not Chapter.objects.filter(bid=bid, key="1", assigned_to=cenaero).exists()


def test_a_chapter_can_t_be_given_to_a_partner_of_another_bid(at_work: Client, bid: Bid, foreign_bid: Bid) -> None:
    factories.a_partner(foreign_bid, "elsewhere")
    answer = at_work.post(address("chapters-assign", bid), {"section-1": "elsewhere"})
    assert (answer.status_code, "Select a valid choice" in answer.text) == (200, True)


def test_while_changes_are_requested_no_empty_chapter_turns_up(
    at_work: Client, bid: Bid, ada: User, clara: User, moved_to: Any
) -> None:
    factories.a_change_request(factories.a_snapshot(bid, ada), clara, "budget")
    moved_to(bid, BidState.CHANGES_REQUESTED)
    assert at_work.post(address("chapters-assign", bid), {"section-2": "imec"})
    assert not Chapter.objects.filter(bid=bid, key="2").exists()


@pytest.mark.parametrize("more", [0, 2])
def test_the_page_asks_the_same_number_of_questions_at_any_size(
    at_work: Client, bid: Bid, more: int, django_assert_num_queries: Any
) -> None:
    for _ in range(more):
        factories.a_bid_role(bid, factories.a_user(), Role.VIEWER, factories.a_partner(bid))
    with django_assert_num_queries(25):
        assert at_work.get(address("people", bid)).status_code == 200

"""Financing: commitments against the national share, written by the coordinator and the lead's finance officer."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from bids.models import Bid, Commitment
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, CommitmentStatus, PayerKind
from tests import factories
from tests.views.budget_pages import address, pledge

Move = Callable[[Bid, BidState], Bid]
NEW = {"payer": "Wallonia", "kind": "region", "amount": "1 000 000", "status": "pledged", "years": "2026-2028"}


@pytest.fixture
def commitment(bid: Bid) -> Commitment:
    return bid.commitments.get(key="c1")


def test_the_page_sets_commitments_against_the_national_share(client: Client, bid: Bid, vic: User) -> None:
    client.force_login(vic)
    text = client.get(address("financing", bid)).text
    for words in ("Federal State", "1,900,000.00", "Signed", "2026–2027", "Letter", "National share", 'role="img"'):
        assert words in text
    assert address("why", bid, figure="uncovered") in text
    assert address("commitment-edit", bid, key="c1") not in text


def test_what_nobody_pays_yet_is_said(client: Client, bid: Bid, ada: User, commitment: Commitment) -> None:
    client.force_login(ada)
    Commitment.objects.filter(pk=commitment.pk).update(amount=Euro.of("1.00"), status=CommitmentStatus.ANNOUNCED)
    text = client.get(address("financing", bid)).text
    assert "Say who pays the missing" in text
    assert "signatures for" in text


def test_a_commitment_is_added(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    assert client.post(address("commitment-add", bid), NEW).status_code == 302
    added = bid.commitments.get(payer="Wallonia")
    assert (added.kind, str(added.amount), added.years) == (PayerKind.REGION, "1000000.00", [2026, 2027, 2028])
    assert bid.events.latest("sequence").name == "commitment_added"


def test_a_commitment_is_revised_with_its_letter(client: Client, bid: Bid, ada: User, commitment: Commitment) -> None:
    letter = factories.a_document(bid, "letter2", title="Second letter")
    client.force_login(ada)
    typed = pledge(commitment, document="letter2", signatory="The minister", condition="If selected")
    assert client.post(address("commitment-edit", bid, key="c1"), typed).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.document, commitment.signatory, commitment.years) == (letter, "The minister", [2026, 2027])


def test_an_opened_and_saved_commitment_stays_as_it_was(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    form = client.get(address("commitment-edit", bid, key="c1")).context["form"]
    sent = {box.html_name: box.value() for box in form if box.value() is not None}
    assert client.post(address("commitment-edit", bid, key="c1"), sent).status_code == 302
    assert bid.commitments.get(key="c1").version == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("amount", "1.234", "can be read in two ways"),
        ("amount", "-1", "zero or more"),
        ("amount", "12345678901234567890", "too large"),
        ("amount", "", "required"),
        ("payer", "  ", "required"),
        ("years", "soon", "is not a year"),
        ("years", "2028-2026", "is not a year"),
        ("years", "1990-2100", "too many years"),
        ("kind", "lottery", "not one of the available choices"),
        ("document", "elsewhere", "not one of the available choices"),
        ("signed_on", "2026-02-30", "valid date"),
        ("signed_on", "2026-02-03", "belongs to a signed commitment"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, field: str, typed: str, words: str
) -> None:
    factories.a_document(foreign_bid, "elsewhere")
    client.force_login(ada)
    answer = client.post(address("commitment-add", bid), NEW | {field: typed})
    assert answer.status_code == 200
    assert words in answer.text
    assert bid.commitments.count() == 1


def test_a_signature_ends_after_it_begins(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    days = {"status": "signed", "signed_on": "2026-02-03", "valid_until": "2026-02-02"}
    assert "end before it is signed" in client.post(address("commitment-add", bid), NEW | days).text


def test_two_people_edit_one_commitment(
    client: Client, bid: Bid, ada: User, fien: User, commitment: Commitment
) -> None:
    url = address("commitment-edit", bid, key="c1")
    client.force_login(fien)
    assert client.post(url, pledge(commitment, payer="Belgium")).status_code == 302
    client.force_login(ada)
    answer = client.post(url, pledge(commitment, payer="The Kingdom"))
    assert answer.status_code == 409
    assert "Belgium" in answer.text
    assert "The Kingdom" in answer.text
    commitment.refresh_from_db()
    assert commitment.payer == "Belgium"


def test_a_commitment_is_dropped_after_one_question(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    url = address("commitment-delete", bid, key="c1")
    assert "Federal State" in client.get(url).text
    assert client.post(url, {"version": 9}).status_code == 409
    assert client.post(url, {"version": 1}).status_code == 302
    assert not bid.commitments.exists()
    assert "No commitments yet" in client.get(address("financing", bid)).text


@pytest.mark.parametrize("name", ["commitment-add", "commitment-edit", "commitment-delete"])
def test_wrong_people_and_wrong_times(
    client: Client, bid: Bid, foreign_bid: Bid, ada: User, vic: User, moved_to: Move, name: str
) -> None:
    more = {} if name == "commitment-add" else {"key": "c1"}
    client.force_login(vic)
    assert client.post(address(name, bid, **more), NEW).status_code == 403
    client.force_login(ada)
    assert client.post(address(name, foreign_bid, **more), NEW).status_code == 404
    moved_to(bid, BidState.LOCKED)
    assert client.post(address(name, bid, **more), NEW).status_code == 403
    assert bid.commitments.get().version == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_questions_at_any_length(
    client: Client, bid: Bid, ada: User, count: int, django_assert_num_queries
) -> None:
    for _ in range(count - 1):
        factories.a_commitment(bid)
    client.force_login(ada)
    with django_assert_num_queries(23):
        client.get(address("financing", bid))

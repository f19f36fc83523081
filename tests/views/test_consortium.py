"""Partners and their confirmations: cards, mandates, figures that move, wrong people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from bids import snapshot
from bids.actions.changing import changing
from bids.models import Bid, Confirmation, Partner
from bids.rulebook.vocabulary import BidState, Role
from tests import factories


def address(name: str, bid: Bid, **more: Any) -> str:
    return reverse(f"bids:{name}", kwargs={"reference": bid.reference, **more})


def card(partner: Partner, **more: Any) -> dict[str, Any]:
    """The form of a card as a browser sends it back."""
    shown = {
        "name": partner.name, "short_name": partner.short_name, "country": partner.country, "kind": partner.kind,
        "role": partner.role, "affiliated_to": partner.affiliated_to_id or "", "version": partner.version,
    }  # fmt: skip
    return shown | more


@pytest.fixture
def cenaero_card(bid: Bid) -> Partner:
    return bid.partners.get(key="cenaero")


def digest_on(page: Any) -> str:
    return str(page.context["digest"])


def test_a_coordinator_adds_a_partner(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    typed = {
        "name": "Université de Liège", "short_name": "ULiège", "country": "BE", "region": "BE-WAL", "kind": "public",
        "role": "beneficiary", "enterprise_number": "0325.777.171", "requested_eu": "1 234,50",
    }  # fmt: skip
    assert client.post(address("partner-add", bid), typed).status_code == 302
    added = bid.partners.get(short_name="ULiège")
    assert (added.key, added.enterprise_number, str(added.requested_eu)) == ("P001", "0325777171", "1234.50")
    assert "Université de Liège" in client.get(address("partners", bid)).text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"name": " "}, "Write the legal name"),
        ({"pic": "12345"}, "nine digits"),
        ({"enterprise_number": "0123456789"}, "check digits"),
        ({"role": "coordinator"}, "imec is the coordinator already"),
        ({"role": "affiliated"}, "Choose the beneficiary"),
        ({"region": "FR-IDF"}, "not in the country"),
        ({"region": "wallonia"}, "ISO 3166-2"),
        ({"requested_eu": "1.234"}, "can be read in two ways"),
        ({"requested_eu": "-5"}, "zero or more"),
        ({"state_money": "12345678901234567890"}, "too large"),
        ({"other_union_money": "some"}, "some"),
        ({"expected_revenues": "-0,01"}, "zero or more"),
        ({"short_name": "<script>alert(1)</script>", "kind": "guild"}, "&lt;script&gt;"),
    ],
)
def test_what_is_wrong_with_a_card_is_said_and_stays_typed(
    client: Client, bid: Bid, ada: User, cenaero_card: Partner, typed: dict[str, str], told: str
) -> None:
    client.force_login(ada)
    answer = client.post(address("partner-edit", bid, key="cenaero"), card(cenaero_card, **typed))
    assert (answer.status_code, told in answer.text) == (200, True)
    cenaero_card.refresh_from_db()
    assert cenaero_card.version == 1


def test_an_affiliation_never_goes_round(client: Client, bid: Bid, ada: User, cenaero_card: Partner) -> None:
    """Nobody is affiliated to itself, to an affiliate, or while others are affiliated to it."""
    imec, lab = (bid.partners.get(key=key) for key in ("imec", "lab"))
    assert lab.affiliated_to == cenaero_card
    client.force_login(ada)
    for of, to, field, words in (
        (cenaero_card, cenaero_card, "affiliated_to", "Choose a partner that is not itself affiliated to another one."),
        (cenaero_card, lab, "affiliated_to", "Choose a partner that is not itself affiliated to another one."),
        (cenaero_card, imec, "role", "Other partners are affiliated to this one"),
    ):
        typed = card(of, role="affiliated", affiliated_to=to.key)
        answer = client.post(address("partner-edit", bid, key=of.key), typed)
        assert (answer.status_code, words in answer.context["form"].errors[field][0]) == (200, True)
        of.refresh_from_db()
        assert of.affiliated_to is None


def test_a_card_says_who_else_pays_and_what_is_earned(
    client: Client, bid: Bid, ada: User, cenaero_card: Partner
) -> None:
    client.force_login(ada)
    stated = {"state_money": "1 000,50", "other_union_money": "0", "expected_revenues": "25"}
    typed = card(cenaero_card, **stated)
    assert client.post(address("partner-edit", bid, key="cenaero"), typed).status_code == 302
    cenaero_card.refresh_from_db()
    kept = (cenaero_card.state_money, cenaero_card.other_union_money, cenaero_card.expected_revenues)
    assert [str(amount) for amount in kept] == ["1000.50", "0.00", "25.00"]
    (facts,) = (partner for partner in snapshot.take(bid).partners if partner.key == "cenaero")
    assert (facts.state_money, facts.other_union_money, facts.expected_revenues) == kept
    financing = client.get(address("financing", bid)).text
    for words in ("Contributions in kind", "Expected revenues", "Surplus of revenues"):
        assert words in financing
    why = client.get(address("why", bid, figure="partners/cenaero/in_kind")).text
    assert "1,000.50 from States" in why


def test_two_people_at_one_card_lose_nothing(client: Client, bid: Bid, ada: User, cenaero_card: Partner) -> None:
    client.force_login(ada)
    url = address("partner-edit", bid, key="cenaero")
    assert client.post(url, card(cenaero_card, name="First name")).status_code == 302
    answer = client.post(url, card(cenaero_card, name="Second name"))
    assert (answer.status_code, "First name" in answer.text, "Second name" in answer.text) == (409, True, True)


def test_an_editor_keeps_the_own_card_and_no_other(
    client: Client, bid: Bid, bruno: User, cenaero_card: Partner
) -> None:
    client.force_login(bruno)
    url = address("partner-edit", bid, key="cenaero")
    assert client.post(url, card(cenaero_card, short_name="CENAERO")).status_code == 302
    assert client.get(address("partner-edit", bid, key="imec")).status_code == 403
    assert client.get(address("partner-add", bid)).status_code == 403
    assert client.get(address("partner-delete", bid, key="cenaero")).status_code == 403


def test_a_partner_in_use_stays(client: Client, bid: Bid, ada: User, cenaero_card: Partner) -> None:
    client.force_login(ada)
    url = address("partner-delete", bid, key="cenaero")
    assert "Remove “Cenaero legal name” from this bid?" in client.get(url).text
    assert "is still used by" in client.post(url, {"version": 1}).text
    assert bid.partners.filter(key="cenaero").exists()


def test_a_partner_without_anything_goes(client: Client, bid: Bid, ada: User) -> None:
    factories.a_partner(bid, "guest")
    client.force_login(ada)
    assert client.post(address("partner-delete", bid, key="guest"), {"version": 1}).status_code == 302
    assert not bid.partners.filter(key="guest").exists()


def test_a_finance_officer_confirms_the_own_figures(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    url = address("partner-confirm", bid, key="imec")
    page = client.get(url)
    assert "L002" in page.text
    assert client.post(url, {"digest": digest_on(page)}).status_code == 302
    given = Confirmation.objects.get(partner__bid=bid, cleared_at=None)
    assert (given.partner.key, given.by, given.digest, given.mandate) == ("imec", fien, digest_on(page), None)
    assert bid.events.filter(name="partner_confirmed", about="partners/imec").exists()
    assert "This is confirmed" in client.get(url).text


def test_confirming_twice_is_confirming_once(client: Client, bid: Bid, fien: User) -> None:
    client.force_login(fien)
    url = address("partner-confirm", bid, key="imec")
    digest = digest_on(client.get(url))
    for _ in range(2):
        assert client.post(url, {"digest": digest}).status_code == 302
    assert Confirmation.objects.filter(partner__bid=bid).count() == 1


def test_figures_that_moved_while_they_were_read_are_not_confirmed(
    client: Client, bid: Bid, fien: User, ada: User
) -> None:
    client.force_login(fien)
    url = address("partner-confirm", bid, key="imec")
    digest = digest_on(client.get(url))
    line = bid.budget_lines.get(key="L002")
    with changing(bid, by=ada) as change:
        change.save(line, {"description": "Twice the storage"}, expected=line.version)
    answer = client.post(url, {"digest": digest})
    assert (answer.status_code, "Twice the storage" in answer.text) == (409, True)
    assert not Confirmation.objects.exists()


def test_a_change_clears_the_confirmation_and_is_shown_the_next_time(
    client: Client, bid: Bid, fien: User, ada: User
) -> None:
    client.force_login(fien)
    url = address("partner-confirm", bid, key="imec")
    client.post(url, {"digest": digest_on(client.get(url))})
    line = bid.budget_lines.get(key="L002")
    with changing(bid, by=ada) as change:
        change.save(line, {"description": "Twice the storage"}, expected=line.version)
    page = client.get(url)
    assert "Confirmed before, changed since" in page.text
    assert [str(told.what) for told in page.context["changes"]] == ["Budget line L002: changed"]
    assert "Not confirmed" in client.get(address("partners", bid)).text


def test_the_coordinator_confirms_for_a_partner_only_with_its_mandate(
    client: Client, bid: Bid, ada: User, cenaero_card: Partner
) -> None:
    client.force_login(ada)
    url = address("partner-confirm", bid, key="cenaero")
    refused = client.get(url)
    assert (refused.status_code, "mandate" in refused.text) == (403, True)
    mandate = factories.a_document(bid, "mandate", kind="partner_mandate", partner=cenaero_card)
    page = client.get(url)
    assert "on the strength of its mandate “A letter”" in page.text
    assert client.post(url, {"digest": digest_on(page)}).status_code == 302
    assert Confirmation.objects.get(partner=cenaero_card).mandate == mandate


def test_a_mandate_of_another_partner_is_none(client: Client, bid: Bid, ada: User) -> None:
    factories.a_document(bid, "mandate", kind="partner_mandate", partner=bid.partners.get(key="lab"))
    client.force_login(ada)
    assert client.get(address("partner-confirm", bid, key="cenaero")).status_code == 403


@pytest.mark.parametrize("person", ["bruno", "vic"])
def test_editors_and_viewers_confirm_nothing(client: Client, bid: Bid, person: str, request: Any) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.get(address("partner-confirm", bid, key="cenaero")).status_code == 403


def test_after_locking_figures_may_still_be_confirmed_and_cards_no_longer_edited(
    client: Client, bid: Bid, fien: User, moved_to: Any
) -> None:
    moved_to(bid, BidState.LOCKED)
    client.force_login(fien)
    url = address("partner-confirm", bid, key="imec")
    assert client.post(url, {"digest": digest_on(client.get(url))}).status_code == 302
    assert client.get(address("partner-edit", bid, key="imec")).status_code == 403


def test_a_partner_that_is_not_there(client: Client, bid: Bid, ada: User) -> None:
    client.force_login(ada)
    assert client.get(address("partner-edit", bid, key="nobody")).status_code == 404
    assert client.get(address("partner-confirm", bid, key="nobody")).status_code in (403, 404)


@pytest.mark.parametrize("name", ["partners", "partner-add"])
def test_a_stranger_finds_nothing(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.get(address(name, foreign_bid)).status_code == 404
    assert client.get(address("partner-confirm", foreign_bid, key="imec")).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
@pytest.mark.parametrize(("name", "asked"), [("partners", 24), ("partner-confirm", 25)])
def test_a_page_asks_the_same_number_of_questions_at_any_size(
    client: Client, bid: Bid, ada: User, more: int, name: str, asked: int, django_assert_num_queries: Any
) -> None:
    imec = bid.partners.get(key="imec")
    factories.a_confirmation(imec, ada, digest="0" * 64)
    for number in range(more):
        partner = factories.a_partner(bid)
        factories.a_confirmation(partner, ada)
        factories.a_line(bid, f"X{number}", partner=imec)
        factories.a_bid_role(bid, factories.a_user(), Role.VIEWER, partner)
    client.force_login(ada)
    with django_assert_num_queries(asked):
        assert client.get(address(name, bid, **({"key": "imec"} if "confirm" in name else {}))).status_code == 200

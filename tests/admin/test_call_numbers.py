"""A call's numbers at the desk: Clara proposes, sees what it would mean, and Dora confirms; bids move for nobody."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from accounts.models import User
from bids import callfile, snapshot
from bids.actions import call_numbers as acts
from bids.actions.calls import load_calls
from bids.models import Bid, Call, NumbersChange
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import BidState, ProposalState, Role, Stream
from tests import factories
from tests.admin.call_pages import CAP, RATE, READ, page, proposed, send, typed
from tests.admin.stories import At
from tests.factories import FACTORY_CALL
from tests.views.conftest import GENERIC

QUESTIONS = {"numbers": 7, "proposal": 11}


def test_everybody_at_the_desk_reads_the_numbers_with_mark_and_source(
    at: At, call: Call, ministry: SimpleNamespace, sam: User, ada: User
) -> None:
    for user in (*vars(ministry).values(), sam):
        shown = at(user).get(page())
        assert (shown.status_code, "Ceiling of the Union" in shown.text) == (200, True)
        assert ("Propose other numbers" in shown.text) is (user.name == "Clara")
    assert at(ada).get(page()).status_code == 403
    shown = at(ministry.clara).get(page()).text
    row = re.search(rf'<tr><td><input[^>]*value="{CAP}".*?</tr>', shown, re.DOTALL)
    assert row is not None
    for words in ("€\N{NO-BREAK SPACE}15,000,000.00", "INFERRED", "only warns", "from the published grants of IT4LIA"):
        assert words in row[0]
    assert "not set" in shown
    assert "C41: Commitments of every kind and status cover what the Union leaves" in shown


def test_clara_sees_the_difference_before_anybody_agrees_then_dora_confirms(
    at: At, bid: Bid, clara: User, dora: User
) -> None:
    looked = send(at(clara), CAP, **typed({"value": "12 000 000,00"}))
    assert looked.status_code == 200
    for words in ("What would change in the call", "€\N{NO-BREAK SPACE}12,000,000.00", "S40", bid.reference):
        assert words in looked.text
    assert not NumbersChange.objects.exists()
    answer = send(at(clara), CAP, **typed({"value": "12 000 000,00"}, send=""))
    change = NumbersChange.objects.get()
    assert answer.headers["Location"] == page(f"changes/{change.pk}/")
    shown = at(clara).get(answer.headers["Location"]).text
    assert "Take it back" in shown
    assert ">Confirm<" not in shown
    assert page(f"changes/{change.pk}/") in at(dora).get("/desk/").text
    shown = at(dora).get(page(f"changes/{change.pk}/")).text
    assert ">Confirm<" in shown
    answer = at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest})
    assert answer.headers["Location"] == page()
    version = bid.call.version_in_force()
    scheme = snapshot.facts_of(version).scheme(Stream.SERVICES)
    assert scheme is not None
    assert (version.number, scheme.eu_cap) == (2, Euro.of("12000000.00"))
    told = at(clara).get(f"/desk/bids/call/{FACTORY_CALL}/").text
    assert "proposed by Clara, confirmed by Dora" in told
    assert Bid.objects.with_call().get(pk=bid.pk).call_version.number == 1
    assert "Numbers of calls to confirm" not in at(dora).get("/desk/").text


def test_a_submitted_bid_shows_what_it_would_be(at: At, submitted: Bid, clara: User, rik: User) -> None:
    looked = send(at(clara), RATE, call=GENERIC, **typed({"value": "50"})).text
    assert "What it would mean for open bids" in looked
    assert submitted.reference in looked
    assert "Contribution of the Union" in looked
    assert re.search(r"\d+ figures of its parts would be others too", looked)
    change = proposed(submitted.call, clara, {RATE: {"value": "0.50", **READ}})
    other = at(rik).get(page(f"changes/{change.pk}/", GENERIC)).text
    assert submitted.reference not in other  # a reviewer who isn't assigned


def test_a_draft_is_named_to_the_case_manager_and_its_figures_are_nobodys(
    at: At, bid: Bid, clara: User, dora: User
) -> None:
    looked = send(at(clara), CAP, **typed({"value": "1"})).text
    assert f"before it moves: {bid.reference}" in " ".join(looked.split())
    assert "Contribution of the Union" not in looked.partition("What it would mean for open bids")[2]
    change = proposed(bid.call, clara)
    assert bid.reference not in at(dora).get(page(f"changes/{change.pk}/")).text


def test_dora_refuses_with_a_reason_and_clara_proposes_again(at: At, call: Call, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    answer = at(dora).post(page(f"changes/{change.pk}/refuse/"), {"answer": ""})
    assert (answer.status_code, "There is a problem" in answer.text) == (200, True)
    at(dora).post(page(f"changes/{change.pk}/refuse/"), {"answer": "Page 12 says 15."})
    change.refresh_from_db()
    assert (change.outcome, change.answer) == (ProposalState.REFUSED, "Page 12 says 15.")
    shown = at(clara).get(page(f"changes/{change.pk}/")).text
    assert "Page 12 says 15." in shown
    assert f"?again={change.pk}" in shown
    again = at(clara).get(f"{page('numbers/change/')}?again={change.pk}").text
    assert 'value="12,000,000.00"' in again
    assert "The call text says so." in again


def test_clara_takes_back_what_is_hers(at: At, call: Call, clara: User) -> None:
    colleague = factories.a_user("Carl", is_staff=True)
    factories.a_call_role(colleague, Role.CASE_MANAGER)
    change = proposed(call, clara)
    answer = at(colleague).post(page(f"changes/{change.pk}/take-back/"))
    assert (answer.status_code, "Only the person who proposed this" in answer.text) == (409, True)
    assert at(clara).post(page(f"changes/{change.pk}/take-back/")).status_code == 302
    change.refresh_from_db()
    assert change.outcome is ProposalState.TAKEN_BACK


def test_who_may_not_is_told_why(at: At, call: Call, ministry: SimpleNamespace, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    for user in vars(ministry).values():
        status = 302 if user.name == "Clara" else 403
        assert at(user).get(page("numbers/change/")).status_code == status
    for word in ("confirm", "refuse"):
        answer = at(clara).post(page(f"changes/{change.pk}/{word}/"), {"digest": change.digest, "answer": "No."})
        assert (answer.status_code, "another person has to confirm it" in answer.text) == (403, True)
    for user in (ministry.rik, ministry.otto, ministry.ines):
        for word in ("confirm", "refuse", "take-back"):
            assert at(user).post(page(f"changes/{change.pk}/{word}/")).status_code == 403
    both = factories.a_user("Both", is_staff=True)
    for role in (Role.CASE_MANAGER, Role.APPROVER):
        factories.a_call_role(both, role)
    acts.take_back(change, by=clara)
    own = proposed(call, both)
    answer = at(both).post(page(f"changes/{own.pk}/confirm/"), {"digest": own.digest})
    assert (answer.status_code, "You proposed this yourself" in answer.text) == (403, True)
    assert "Numbers of calls to confirm" not in at(both).get("/desk/").text
    assert call.versions.count() == 1


def test_a_form_on_older_numbers_comes_back_with_what_was_typed(at: At, call: Call, clara: User, dora: User) -> None:
    load_calls([callfile.load(FACTORY_CALL) | {"title": "Newer"}])
    answer = send(at(clara), CAP, **typed({"value": "12000000"}, send=""))
    assert answer.status_code == 409
    for words in (f"Meanwhile {FACTORY_CALL}@2", 'value="12000000"', 'name="base" value="2"'):
        assert words in answer.text
    send(at(clara), CAP, **typed({"value": "12000000"}, base=2, send=""))
    change = NumbersChange.objects.get()
    load_calls([callfile.load(FACTORY_CALL) | {"title": "Newest"}])
    shown = at(dora).get(page(f"changes/{change.pk}/")).text
    assert "Other numbers are in force meanwhile" in shown
    assert ">Confirm<" not in shown
    answer = at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest})
    assert (answer.status_code, "Meanwhile" in answer.text) == (409, True)
    assert at(dora).post(page(f"changes/{change.pk}/refuse/"), {"answer": "Too late."}).status_code == 302


def test_a_proposal_that_newer_rules_refuse_is_shown_and_not_confirmed(
    at: At, call: Call, clara: User, dora: User
) -> None:
    change = proposed(call, clara)
    NumbersChange.objects.filter(pk=change.pk).update(edits={CAP: {"value": "12", **READ}})
    for answer in (
        at(dora).get(page(f"changes/{change.pk}/")),
        at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest}),
    ):
        assert "is not an amount" in answer.text
    assert call.versions.count() == 1
    assert at(dora).post(page(f"changes/{change.pk}/refuse/"), {"answer": "Too old."}).status_code == 302


def test_a_second_click_is_told_what_happened(at: At, call: Call, clara: User, dora: User, dirk: User) -> None:
    change = proposed(call, clara)
    at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest})
    for word in ("confirm", "refuse"):
        answer = at(dirk).post(page(f"changes/{change.pk}/{word}/"), {"digest": change.digest, "answer": "No."})
        assert (answer.status_code, "no longer open: it is confirmed" in answer.text) == (409, True)
    answer = at(clara).post(page(f"changes/{change.pk}/take-back/"))
    assert answer.status_code == 409
    assert call.versions.count() == 2


def test_while_one_change_waits_another_is_not_proposed(at: At, call: Call, clara: User) -> None:
    proposed(call, clara)
    answer = send(at(clara), CAP, **typed({"value": "13000000"}, send=""))
    assert (answer.status_code, "Another change of this call waits" in answer.text) == (409, True)
    assert 'value="13000000"' in answer.text


def test_addresses_of_nothing_are_not_there(at: At, call: Call, clara: User, dora: User) -> None:
    other = factories.a_call(GENERIC)
    change = proposed(other, clara)
    for rest in ("changes/999/", f"changes/{change.pk}/", f"changes/{10**30}/"):
        assert at(clara).get(page(rest)).status_code == 404
    assert at(dora).post(page(f"changes/{change.pk}/confirm/"), {"digest": change.digest}).status_code == 404
    assert at(clara).get(page(call="NOTHING")).status_code == 404
    assert at(clara).get(page("numbers/change/", "NOTHING")).status_code == 404
    assert at(clara).get(page(f"changes/{change.pk}/confirm/")).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(
    at: At, submitted: Bid, clara: User, dora: User, django_assert_num_queries: Callable[..., Any], rows: int
) -> None:
    call = submitted.call
    for _ in range(1, rows):
        acts.refuse(proposed(call, clara), answer="No.", by=dora)
        bid = factories.a_bid(call_version=call.version_in_force(), state=BidState.SUBMITTED)
        factories.a_snapshot(bid, clara, text=submitted.snapshots.get().text)
    change = proposed(call, clara, {RATE: {"value": "0.50", **READ}})
    client = at(clara)
    with django_assert_num_queries(QUESTIONS["numbers"]):
        client.get(page(call=GENERIC))
    with django_assert_num_queries(QUESTIONS["proposal"]):
        shown = client.get(page(f"changes/{change.pk}/", GENERIC)).text
    assert shown.count("<h3>") == rows

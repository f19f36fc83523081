"""The steps of the consortium: what a page says before, what it does, and every way of being sent back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import clock
from accounts.models import User
from bids.dossier.files import path_of
from bids.models import Bid, BidEvent, Dossier, LateAttempt, Snapshot
from bids.models.document import write_once
from bids.rulebook.vocabulary import BidState, DossierKind, Role
from tests import factories
from tests.views.conftest import step_up


def address(bid: Bid, name: str) -> str:
    return reverse("bids:step", kwargs={"reference": bid.reference, "name": name})


def receipt(bid: Bid) -> str:
    return reverse("bids:receipt", kwargs={"reference": bid.reference})


def take(client: Client, bid: Bid, name: str, **said: Any) -> Any:
    bid.refresh_from_db()
    return client.post(address(bid, name), {"revision": bid.revision, "note": ""} | said)


@pytest.fixture
def ada_at_work(client: Client, ada: User) -> Client:
    client.force_login(ada)
    return client


@pytest.fixture
def locked(ada_at_work: Client, sound_bid: Bid) -> Bid:
    assert take(ada_at_work, sound_bid, "lock").status_code == 302
    sound_bid.refresh_from_db()
    return sound_bid


def test_a_coordinator_locks_and_unlocks(ada_at_work: Client, locked: Bid) -> None:
    assert locked.state == BidState.LOCKED
    assert take(ada_at_work, locked, "unlock").status_code == 302
    locked.refresh_from_db()
    assert locked.state == BidState.DRAFT


def test_locking_an_unconfirmed_bid_is_refused_with_the_reason(ada_at_work: Client, bid: Bid) -> None:
    page = ada_at_work.get(address(bid, "lock"))
    assert (page.status_code, "have not confirmed" in page.text, "<form class=\"narrow\"" in page.text) == (
        200, True, False,
    )  # fmt: skip
    answer = take(ada_at_work, bid, "lock")
    assert (answer.status_code, "This step was not taken" in answer.text) == (403, True)


def test_before_submitting_the_password_is_asked_for(ada_at_work: Client, locked: Bid) -> None:
    page = ada_at_work.get(address(locked, "submit"))
    assert f"/accounts/step-up/?next={address(locked, 'submit').replace('/', '%2F')}" in page.text
    answer = take(ada_at_work, locked, "submit")
    assert answer.headers["Location"].startswith("/accounts/step-up/?next=")
    assert not Snapshot.objects.exists()


def test_submitting_leaves_a_receipt_with_time_number_and_hash(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    answer = take(ada_at_work, locked, "submit")
    assert answer.headers["Location"] == receipt(locked)
    frozen = Snapshot.objects.get(bid=locked)
    page = ada_at_work.get(receipt(locked))
    assert frozen.sha256 in page.text
    assert frozen.receipt in page.text
    assert "(Brussels)" in page.text


def test_the_receipt_can_be_taken_away_as_a_pdf_once_it_is_made(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    take(ada_at_work, locked, "submit")
    assert "The receipt as a sealed PDF is being made" in ada_at_work.get(receipt(locked)).text
    paper = Dossier.objects.get(bid=locked, kind=DossierKind.RECEIPT)
    factories.a_seal(paper)
    address = reverse("bids:dossier-download", kwargs={"reference": locked.reference, "number": paper.pk})
    assert f'href="{address}"' in ada_at_work.get(receipt(locked)).text
    write_once(path_of(paper.kept_sha256), b"%PDF-1.7 a receipt")
    answer = ada_at_work.get(address)
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 a receipt"
    assert f"{locked.reference}-receipt-1-" in answer.headers["Content-Disposition"]


def test_a_second_click_gets_the_first_receipt(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    twice = [ada_at_work.post(address(locked, "submit"), {"revision": locked.revision, "note": ""}) for _ in range(2)]
    assert [answer.headers.get("Location") for answer in twice] == [receipt(locked)] * 2
    assert Snapshot.objects.filter(bid=locked).count() == 1


def test_a_bid_that_changed_since_the_page_was_opened_is_not_submitted(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    answer = ada_at_work.post(address(locked, "submit"), {"revision": locked.revision - 1, "note": ""})
    assert answer.status_code == 409
    assert "has changed since you opened this page" in answer.text
    assert f'value="{locked.revision}"' in answer.text
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("typed", ["", "-1", "many", "9" * 40])
def test_a_tampered_revision_is_no_way_in(ada_at_work: Client, locked: Bid, typed: str) -> None:
    step_up(ada_at_work)
    answer = ada_at_work.post(address(locked, "submit"), {"revision": typed})
    assert answer.status_code in (200, 409)
    assert not Snapshot.objects.exists()


def test_too_late_is_refused_with_the_time_received_and_a_number(
    ada_at_work: Client, locked: Bid, monkeypatch: pytest.MonkeyPatch
) -> None:
    Bid.objects.filter(pk=locked.pk).update(desk_closes=clock.now() + timedelta(minutes=1))
    step_up(ada_at_work)
    too_late = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: too_late)
    answer = take(ada_at_work, locked, "submit")
    late = LateAttempt.objects.get(bid=locked)
    assert answer.status_code == 403
    assert "not accepted" in answer.text
    assert late.receipt in answer.text
    assert late.receipt in ada_at_work.get(receipt(locked)).text
    assert not Snapshot.objects.exists()


def test_reopening_says_that_the_round_stays_valid(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    take(ada_at_work, locked, "submit")
    answer = take(ada_at_work, locked, "reopen")
    assert answer.headers["Location"] == reverse("bids:overview", kwargs={"reference": locked.reference})
    page = ada_at_work.get(answer.headers["Location"])
    assert "The submitted round stays valid." in page.text
    assert "Discard this draft" not in page.text


def test_withdrawing_needs_a_reason_and_keeps_it_while_the_password_is_typed(ada_at_work: Client, locked: Bid) -> None:
    step_up(ada_at_work)
    take(ada_at_work, locked, "submit")
    assert "This field is required" in take(ada_at_work, locked, "withdraw").text
    session = ada_at_work.session
    del session["stepped_up_at"]
    session.save()
    answer = take(ada_at_work, locked, "withdraw", note="Our partner left & so do we.")
    assert answer.headers["Location"].startswith("/accounts/step-up/")
    step_up(ada_at_work)
    assert "Our partner left &amp; so do we." in ada_at_work.get(address(locked, "withdraw")).text
    take(ada_at_work, locked, "withdraw", note="Our partner left & so do we.")
    locked.refresh_from_db()
    assert locked.state == BidState.WITHDRAWN


def test_changes_are_answered_by_a_new_round(
    ada_at_work: Client, locked: Bid, clara: User, moved_to: Callable[[Bid, object], Bid]
) -> None:
    step_up(ada_at_work)
    take(ada_at_work, locked, "submit")
    request = factories.a_change_request(Snapshot.objects.get(), clara, "budget")
    moved_to(locked, BidState.CHANGES_REQUESTED)
    answer = take(ada_at_work, locked, "resubmit", note="Explained in line L001.")
    assert answer.headers["Location"] == receipt(locked)
    request.refresh_from_db()
    assert request.answer == "Explained in line L001."
    assert Snapshot.objects.filter(bid=locked).count() == 2


def test_an_appeal_is_lodged_once(
    ada_at_work: Client,
    sound_bid: Bid,
    clara: User,
    moved_to: Callable[[Bid, object], Bid],
    happened: Callable[..., BidEvent],
) -> None:
    happened(sound_bid, "rejected", clara, Role.CASE_MANAGER)
    moved_to(sound_bid, BidState.REJECTED)
    assert take(ada_at_work, sound_bid, "lodge_appeal", note="We were misread.").status_code == 302
    answer = take(ada_at_work, sound_bid, "lodge_appeal", note="Again.")
    assert (answer.status_code, "has been lodged already" in answer.text) == (403, True)


@pytest.fixture
def happened() -> Callable[..., BidEvent]:
    def append(bid: Bid, name: str, by: User, role: Role) -> BidEvent:
        with transaction.atomic():
            return BidEvent.objects.append(bid, name, by=by, roles={role})

    return append


@pytest.mark.parametrize("name", ["lock", "submit", "withdraw"])
def test_nobody_else_takes_a_step(client: Client, sound_bid: Bid, fien: User, name: str) -> None:
    client.force_login(fien)
    answer = take(client, sound_bid, name, note="Me!")
    assert answer.status_code == 403
    sound_bid.refresh_from_db()
    assert sound_bid.state == BidState.DRAFT


@pytest.mark.parametrize("name", ["lock", "submit", "lodge_appeal"])
def test_a_stranger_finds_no_step(client: Client, foreign_bid: Bid, ada: User, name: str) -> None:
    client.force_login(ada)
    assert client.get(address(foreign_bid, name)).status_code == 404
    assert take(client, foreign_bid, name).status_code == 404


def test_the_ministry_s_steps_have_no_page_here(ada_at_work: Client, sound_bid: Bid) -> None:
    assert ada_at_work.get(f"/bids/{sound_bid.reference}/steps/approve/").status_code == 404


def test_an_approver_withdraws_at_the_desk_and_never_sees_the_working_copy(
    client: Client, bid: Bid, ada: User, dora: User, moved_to: Callable[[Bid, object], Bid]
) -> None:
    factories.a_declaration(bid, dora)
    factories.a_snapshot(bid, ada)
    moved_to(bid, BidState.CHANGES_REQUESTED)
    client.force_login(dora)
    for answer in (client.get(address(bid, "withdraw")), take(client, bid, "withdraw", note="Gone")):
        assert (answer.status_code, answer.headers["Location"]) == (302, reverse("desk:bid", args=[bid.reference]))
    bid.refresh_from_db()
    assert bid.state == BidState.CHANGES_REQUESTED


@pytest.mark.parametrize("rounds", [1, 3])
def test_receipts_cost_the_same_however_many(
    ada_at_work: Client, sound_bid: Bid, ada: User, django_assert_num_queries: Any, rounds: int
) -> None:
    for _ in range(rounds):
        factories.a_snapshot(sound_bid, ada)
    with django_assert_num_queries(25):
        assert ada_at_work.get(receipt(sound_bid)).text.count("Receipt number") == rounds

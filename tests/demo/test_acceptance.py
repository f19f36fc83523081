"""What checks from outside are given: every state, every role, one stranger, and nothing beside real bids."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction

from bids import access
from bids.actions import acceptance
from bids.actions.acceptance import Acceptance
from bids.actions.audit import faults_of_the_snapshots, faults_of_the_trail
from bids.models import Bid
from bids.rulebook.permits import Act
from bids.rulebook.vocabulary import BidState, Role
from tests import factories

pytestmark = [pytest.mark.usefixtures("seeded", "db"), pytest.mark.xdist_group("acceptance")]


@pytest.fixture(scope="module")
def seeded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Acceptance]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield acceptance.seed()
        transaction.set_rollback(True)


def printed() -> dict[str, Any]:
    out = io.StringIO()
    call_command("acceptance_seed", "--json", stdout=out)
    return json.loads(out.getvalue())


def test_there_is_a_bid_in_every_state(seeded: Acceptance) -> None:
    stored = dict(Bid.objects.exclude(reference=acceptance.FOREIGN).values_list("reference", "state"))
    assert {bid.reference: state for state, bid in seeded.bids.items()} == stored
    assert sorted(stored.values()) == sorted(BidState)


def test_there_is_a_person_for_every_role(seeded: Acceptance) -> None:
    bid = seeded.bids[BidState.IN_REVIEW]
    held = {role for user in seeded.people.values() for role in access.standing(user, bid).roles}
    assert held == set(Role)


def test_everybody_signs_in_with_the_printed_password(rf: Any) -> None:
    told = printed()
    for person in told["people"]:
        user = authenticate(rf.post("/"), username=person["email"], password=told["password"])
        assert user is not None
        assert user.pk == person["id"]


def test_the_stranger_sees_no_other_bid(seeded: Acceptance) -> None:
    stranger = seeded.people["foreign@acceptance.tandem.example"]
    assert [bid.reference for bid in Bid.objects.visible_to(stranger)] == ["ACC-FOREIGN"]
    with pytest.raises(access.NotVisible):
        access.bid_for(stranger, "ACC-DRAFT", to=Act.SEE_BID)


def test_the_trail_of_all_of_it_verifies() -> None:
    assert [*faults_of_the_trail(), *faults_of_the_snapshots()] == []


def test_a_second_run_finds_everything_there(seeded: Acceptance) -> None:
    told = printed()
    assert [bid["id"] for bid in told["bids"]] == [bid.pk for bid in seeded.bids.values()]
    assert told["foreign"]["id"] == seeded.foreign.pk
    assert told["password"] != seeded.password


def test_a_bid_that_moved_on_is_left_alone_and_another_one_made(seeded: Acceptance) -> None:
    Bid.objects.filter(reference="ACC-LOCKED").update(state=BidState.DRAFT)
    references = {bid["state"]: bid["reference"] for bid in printed()["bids"]}
    assert references["locked"] == "ACC-LOCKED-2"
    assert references["draft"] == "ACC-DRAFT"
    assert Bid.objects.get(reference="ACC-LOCKED").state == BidState.DRAFT


def test_beside_real_bids_nobody_is_let_in() -> None:
    factories.a_bid("REAL")
    with pytest.raises(CommandError, match="holds real bids"):
        printed()

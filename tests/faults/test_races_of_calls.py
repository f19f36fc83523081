"""Two people at the numbers of one call in the same moment: one outcome, and a reason for everybody else."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest

from accounts.models import User
from bids import access, callfile
from bids.actions import call_numbers as acts
from bids.actions.at_the_desk import NotNow
from bids.actions.audit import faults_of_the_trail
from bids.actions.calls import load_calls
from bids.models import BidEvent, Call, CallVersion, NumbersChange
from bids.rulebook.vocabulary import ProposalState
from tests.factories import FACTORY_CALL
from tests.faults.crowd import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

CAP = "streams/services/eu_cap"


def proposed(by: User, value: str = "12000000.00", seen: int = 1) -> NumbersChange:
    number = {"value": value, "mark": "SEEN", "source": "S40", "cite": "Call text, page 12"}
    call = Call.objects.get(reference=FACTORY_CALL)
    return acts.propose(call, {CAP: number}, seen=seen, reason="The call text says so.", by=by)


def again(change: NumbersChange) -> NumbersChange:
    """The proposal as another request would read it."""
    return NumbersChange.objects.select_related("call", "base").get(pk=change.pk)


def test_two_approvers_and_the_proposer_confirm_at_once(people: dict[str, User]) -> None:
    change = proposed(people["manager"])
    logins = ("approver1", "approver2", "manager", "approver1", "approver2")
    told = at_once([partial(acts.confirm, again(change), digest=change.digest, by=people[one]) for one in logins])
    assert Counter(type(one) for one in told) == {CallVersion: 1, NotNow: 3, access.Refused: 1}
    assert isinstance(told[2], access.Refused)
    versions = CallVersion.objects.filter(call=change.call)
    assert [version.number for version in versions] == [2, 1]
    assert again(change).closed_by in (people["approver1"], people["approver2"])
    assert BidEvent.objects.filter(name="call_changed").count() == 1
    assert list(faults_of_the_trail()) == []


def test_one_confirms_while_one_refuses_and_one_takes_it_back(people: dict[str, User]) -> None:
    change = proposed(people["manager"])
    told = at_once([
        partial(acts.confirm, again(change), digest=change.digest, by=people["approver1"]),
        partial(acts.refuse, again(change), answer="No.", by=people["approver2"]),
        partial(acts.take_back, again(change), by=people["manager"]),
    ])  # fmt: skip
    assert sum(isinstance(one, NotNow) for one in told) == 2
    closed = again(change)
    is_confirmed = closed.outcome is ProposalState.CONFIRMED
    assert closed.outcome is not ProposalState.OPEN
    assert CallVersion.objects.filter(call=change.call).count() == (2 if is_confirmed else 1)
    assert list(faults_of_the_trail()) == []


def test_two_proposals_at_once_are_one(people: dict[str, User]) -> None:
    told = at_once([partial(proposed, people["manager"], f"1{digit}000000.00") for digit in "234"])
    assert Counter(type(one) for one in told) == {NumbersChange: 1, NotNow: 2}
    assert NumbersChange.objects.filter(outcome=ProposalState.OPEN).count() == 1


def test_a_file_that_is_loaded_meanwhile_undoes_nothing(people: dict[str, User]) -> None:
    """Either the file comes first, and the proposal rests on older numbers; or the confirmed number stays."""
    change = proposed(people["manager"])
    newer = callfile.load(FACTORY_CALL) | {"title": "Newer"}
    told = at_once([
        partial(acts.confirm, again(change), digest=change.digest, by=people["approver1"]),
        partial(load_calls, [newer]),
    ])  # fmt: skip
    in_force = Call.objects.get(reference=FACTORY_CALL).version_in_force()
    cap = callfile.stands(in_force.data, [CAP])[CAP]
    assert cap is not None
    assert in_force.data["title"] == "Newer"
    is_confirmed = isinstance(told[0], CallVersion)
    assert (cap["value"], in_force.number) == (("12000000.00", 3) if is_confirmed else ("15000000.00", 2))
    assert is_confirmed or isinstance(told[0], NotNow)

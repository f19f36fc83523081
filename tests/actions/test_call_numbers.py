"""A call's numbers are changed by two people, as a new version that says who, when and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts import clock
from accounts.models import User
from bids import access, callfile, snapshot
from bids.actions.at_the_desk import NotNow
from bids.actions.call_numbers import confirm, propose, refuse, take_back
from bids.actions.calls import digest_of, load_calls
from bids.actions.records import verify_chain
from bids.models import Bid, BidEvent, Call, CallVersion, NumbersChange
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import ProposalState, Role, Stream
from tests import factories as make

pytestmark = pytest.mark.django_db

CAP = "streams/services/eu_cap"
READ = {"mark": "SEEN", "source": "S40", "cite": "Call text, page 12"}
LOWER = {CAP: {"value": "12000000.00", **READ}}


def proposed(call: Call, by: User, edits: Any = None, seen: int = 1) -> NumbersChange:
    return propose(call, LOWER if edits is None else edits, seen=seen, reason="The call text says so.", by=by)


def closings(change: NumbersChange, by: User) -> tuple[Callable[[], object], ...]:
    """What only an approver who is another person may do."""
    return partial(confirm, change, digest=change.digest, by=by), partial(refuse, change, answer="No.", by=by)


def cap_of(version: CallVersion) -> Euro | None:
    scheme = snapshot.facts_of(version).scheme(Stream.SERVICES)
    return scheme.eu_cap if scheme else None


def test_what_clara_proposes_dora_confirms(bid: Bid, clara: User, dora: User) -> None:
    call = bid.call
    change = proposed(call, clara)
    assert call.version_in_force().number == 1
    version = confirm(change, digest=change.digest, by=dora)
    assert call.version_in_force() == version
    assert (str(version), cap_of(version)) == (f"{call.reference}@2", Euro.of("12000000.00"))
    assert version.digest == change.digest == digest_of(version.data)
    lineage = version.made_by
    assert (lineage.proposed_by, lineage.closed_by, lineage.reason) == (clara, dora, "The call text says so.")
    assert (lineage.base.number, lineage.outcome) == (1, ProposalState.CONFIRMED)
    assert lineage.proposed_at <= lineage.closed_at
    kept = Bid.objects.with_call().get(pk=bid.pk)
    assert kept.call_version.number == 1


def test_the_trail_tells_who_what_and_why(call: Call, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    version = confirm(change, digest=change.digest, by=dora)
    told = BidEvent.objects.filter(bid=None, name__startswith="call_change").order_by("sequence")
    first, second = told
    assert (first.name, first.actor, first.note) == ("call_change_proposed", clara, "The call text says so.")
    assert (first.before[CAP]["value"], first.after[CAP]["value"]) == ("15000000.00", "12000000.00")
    assert (second.name, second.actor, second.about) == ("call_changed", dora, str(version))
    assert second.after == {"digest": version.digest, "proposed_by": clara.pk, "changes": LOWER}
    assert second.before["digest"] == change.base.digest
    assert verify_chain(None) == ""


def test_nobody_confirms_or_refuses_the_own_proposal(call: Call) -> None:
    both = make.a_user("Both", is_staff=True)
    for role in (Role.CASE_MANAGER, Role.APPROVER):
        make.a_call_role(both, role)
    change = proposed(call, both)
    for act in closings(change, both):
        with pytest.raises(access.Refused, match="You proposed this yourself: another person has to confirm it"):
            act()
    assert call.versions.count() == 1
    take_back(change, by=both)
    assert change.outcome is ProposalState.TAKEN_BACK


@pytest.mark.parametrize("name", ["ada", "rik", "leo", "ines", "otto", "sam", "dora"])
def test_only_a_case_manager_proposes(call: Call, name: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(access.Refused):
        proposed(call, request.getfixturevalue(name))
    assert not NumbersChange.objects.exists()


@pytest.mark.parametrize("name", ["ada", "rik", "leo", "ines", "otto", "sam", "clara"])
def test_only_an_approver_confirms_or_refuses(call: Call, name: str, request: pytest.FixtureRequest) -> None:
    colleague = make.a_user("Colleague", is_staff=True)
    make.a_call_role(colleague, Role.CASE_MANAGER)
    change, other = proposed(call, colleague), request.getfixturevalue(name)
    for act in closings(change, other):
        with pytest.raises(access.Refused):
            act()
    with pytest.raises((access.Refused, NotNow)):
        take_back(change, by=other)
    change.refresh_from_db()
    assert change.outcome is ProposalState.OPEN


def test_a_role_in_another_call_is_worth_nothing_here(call: Call, clara: User) -> None:
    elsewhere = make.a_call("GENERIC-HE-RIA")
    manager, approver = make.a_user("Manager", is_staff=True), make.a_user("Approver", is_staff=True)
    make.a_call_role(manager, Role.CASE_MANAGER, elsewhere)
    make.a_call_role(approver, Role.APPROVER, elsewhere)
    with pytest.raises(access.Refused):
        proposed(call, manager)
    change = proposed(call, clara)
    with pytest.raises(access.Refused):
        confirm(change, digest=change.digest, by=approver)
    make.a_call_role(approver, Role.APPROVER, call)
    assert confirm(change, digest=change.digest, by=approver).number == 2


def test_one_proposal_waits_at_a_time(call: Call, clara: User, dora: User) -> None:
    first = proposed(call, clara)
    with pytest.raises(NotNow, match="Another change of this call waits"):
        proposed(call, clara)
    refuse(first, answer="Page 12 says 15.", by=dora)
    assert (first.outcome, first.answer, first.closed_by) == (ProposalState.REFUSED, "Page 12 says 15.", dora)
    second = proposed(call, clara)
    with pytest.raises(NotNow, match="no longer open: it is refused"):
        confirm(first, digest=first.digest, by=dora)
    confirm(second, digest=second.digest, by=dora)
    with pytest.raises(NotNow, match="no longer open: it is confirmed"):
        confirm(second, digest=second.digest, by=dora)
    assert call.versions.count() == 2


def test_numbers_that_nobody_sees_any_more_are_not_confirmed(call: Call, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    load_calls([callfile.load(call.reference) | {"title": "Newer"}])
    with pytest.raises(NotNow, match=f"Meanwhile {call.reference}@2 of the call is in force"):
        confirm(change, digest=change.digest, by=dora)
    with pytest.raises(NotNow, match="Meanwhile"):
        proposed(call, clara, seen=1)
    take_back(change, by=clara)
    again = proposed(call, clara, seen=2)
    assert confirm(again, digest=again.digest, by=dora).number == 3


def test_only_what_was_read_is_confirmed(call: Call, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    with pytest.raises(NotNow, match="not the proposal that you read"):
        confirm(change, digest="0" * 64, by=dora)
    NumbersChange.objects.filter(pk=change.pk).update(edits={CAP: {"value": "99000000.00", **READ}})
    with pytest.raises(NotNow, match="not the proposal that you read"):
        confirm(change, digest=change.digest, by=dora)
    assert call.versions.count() == 1


def test_what_changes_nothing_or_is_no_call_is_not_proposed(call: Call, clara: User) -> None:
    stands = callfile.stands(call.version_in_force().data, [CAP])
    with pytest.raises(NotNow, match="what the call says already"):
        proposed(call, clara, stands)
    with pytest.raises(callfile.Unreadable, match="is not an amount"):
        proposed(call, clara, {CAP: {"value": "1,5", **READ}})
    assert not BidEvent.objects.filter(name="call_change_proposed").exists()


NEVER: dict[str, dict[str, Any]] = {
    "numberschange_is_confirmed_by_another_person": {"outcome": ProposalState.CONFIRMED, "closed_by": "clara"},
    "numberschange_makes_a_version_when_confirmed": {"outcome": ProposalState.CONFIRMED, "version": None},
    "numberschange_is_closed_by_somebody": {"outcome": ProposalState.TAKEN_BACK, "closed_by": None, "version": None},
    "numberschange_is_refused_with_a_reason": {"outcome": ProposalState.REFUSED, "version": None},
    "numberschange_has_a_reason": {"reason": "", "outcome": ProposalState.TAKEN_BACK, "version": None},
    "numberschange_outcome_is_known": {"outcome": "lost", "version": None},
}


@pytest.mark.parametrize("name", NEVER)
def test_the_database_says_it_too(call: Call, clara: User, dora: User, name: str) -> None:
    change = proposed(call, clara)
    people: dict[Any, User] = {"clara": clara}
    fields = {"closed_by": dora, "closed_at": clock.now(), "version": call.version_in_force()} | NEVER[name]
    fields["closed_by"] = people.get(fields["closed_by"], fields["closed_by"])
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        NumbersChange.objects.filter(pk=change.pk).update(**fields)


def test_a_file_does_not_undo_what_was_confirmed(call: Call, clara: User, dora: User, capsys: Any) -> None:
    change = proposed(call, clara)
    confirm(change, digest=change.digest, by=dora)
    (again,) = load_calls([callfile.load(call.reference)])
    assert (again.is_unchanged, [one.path for one in again.kept]) == (True, [CAP])
    (newer,) = load_calls([callfile.load(call.reference) | {"title": "Newer"}])
    assert (newer.version.number, cap_of(newer.version)) == (3, Euro.of("12000000.00"))
    assert [one.path for one in newer.changes] == ["title"]
    assert BidEvent.objects.filter(name="call_loaded").latest("sequence").after["kept"] == [CAP]
    call_command("load_calls", dry_run=True)
    said = capsys.readouterr().out
    assert (
        f"  kept {CAP}: '12000000.00' (SEEN), confirmed at the desk; the file says '15000000.00' (INFERRED)\n" in said
    )
    assert "What was confirmed at the desk is changed at the desk" in said


def test_a_file_that_says_the_same_says_nothing_of_it(call: Call, clara: User, dora: User) -> None:
    change = proposed(call, clara)
    confirm(change, digest=change.digest, by=dora)
    (loaded,) = load_calls([callfile.with_edits(callfile.load(call.reference), LOWER)])
    assert (loaded.is_unchanged, loaded.kept, loaded.lost) == (True, (), ())


def test_the_later_of_two_confirmed_numbers_holds(call: Call, clara: User, dora: User) -> None:
    for seen, value in ((1, "12000000.00"), (2, "13000000.00")):
        change = proposed(call, clara, {CAP: {"value": value, **READ}}, seen=seen)
        confirm(change, digest=change.digest, by=dora)
    (loaded,) = load_calls([callfile.load(call.reference)])
    assert (loaded.version.number, cap_of(loaded.version)) == (3, Euro.of("13000000.00"))


def test_what_a_file_can_no_longer_hold_is_said(call: Call, clara: User, dora: User) -> None:
    edits = LOWER | {"streams/experimental_platform/duration_months": {"value": 12, **READ}}
    change = proposed(call, clara, edits)
    confirm(change, digest=change.digest, by=dora)
    data = callfile.load(call.reference)
    data["streams"] = [stream for stream in data["streams"] if stream["id"] != "experimental_platform"]
    (loaded,) = load_calls([data])
    assert [one.path for one in loaded.kept] == [CAP]
    assert [one.path for one in loaded.lost] == ["streams/experimental_platform/duration_months"]
    assert cap_of(loaded.version) == Euro.of("12000000.00")


def test_a_house_rule_is_switched_by_two_people_for_this_call(bid: Bid, clara: User, dora: User) -> None:
    change = proposed(bid.call, clara, {"warn_only/C41": {"value": "The letters follow by post."}})
    version = confirm(change, digest=change.digest, by=dora)
    assert snapshot.facts_of(version).warn_only == {"C41": "The letters follow by post."}
    assert snapshot.call_of(bid).warn_only == {}
    back = proposed(bid.call, clara, {"warn_only/C41": None}, seen=2)
    assert snapshot.facts_of(confirm(back, digest=back.digest, by=dora)).warn_only == {}

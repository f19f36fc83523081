"""Calls from data files into tables: versions are added, never changed, and a bid keeps the one it has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts import clock
from bids import callfile, snapshot
from bids.actions.records import record
from bids.models import Bid, Call, CallVersion, DateChange, NumbersChange
from bids.rulebook import calendar
from bids.rulebook.call import CallFacts
from bids.rulebook.vocabulary import BidState, DateChangeKind, ProposalState

if TYPE_CHECKING:
    from accounts.models import User

STILL_MOVABLE = (BidState.DRAFT, BidState.LOCKED, BidState.SUBMITTED, BidState.CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did to one call: its version now, and what differs from the one before.

    `kept` are the numbers on which the file differs from what two people confirmed (before: the file,
    after: what holds); `lost` those that the call of the file can no longer hold (before: what held).
    """

    version: CallVersion
    is_new_call: bool
    changes: tuple[callfile.Change, ...]
    kept: tuple[callfile.Change, ...] = ()
    lost: tuple[callfile.Change, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new_call and not self.changes


@transaction.atomic
def load_calls(data: Iterable[dict[str, Any]], *, by: User | None = None) -> tuple[Loaded, ...]:
    """Store each call whose data differs from the version in force, as a new version.

    The number is the one of the data, or the next free one where that is taken: what a bid was
    computed with never changes under it. What two people confirmed at the desk is not undone by a file.
    """
    return tuple(_load(call, by) for call in data)


def load_missing_calls() -> None:
    """Load all shipped calls where one of them is not here yet."""
    shipped = callfile.shipped_paths()
    if {path.stem for path in shipped} - set(Call.objects.values_list("reference", flat=True)):
        load_calls(callfile.load(path) for path in shipped)


def _load(data: dict[str, Any], by: User | None) -> Loaded:
    facts = callfile.read(data)
    call, is_new = Call.objects.select_for_update().get_or_create(
        reference=facts.id, defaults={"title": facts.title, "instrument": facts.instrument}
    )
    before = call.versions.order_by("-number").first()
    data, kept, lost = _with_confirmed(call, data)
    changes = callfile.difference(_unnumbered(before.data), _unnumbered(data)) if before else ()
    if before and not changes:
        return Loaded(before, is_new, (), kept, lost)
    number = max(facts.version, before.number + 1 if before else 1)
    data = data | {"version": number}
    version = CallVersion.objects.create(call=call, number=number, data=data, digest=digest_of(data), loaded_by=by)
    Call.objects.filter(pk=call.pk).update(title=facts.title, instrument=facts.instrument)
    told = {"digest": version.digest, "changes": len(changes)}
    told |= {name: [one.path for one in places] for name, places in (("kept", kept), ("lost", lost)) if places}
    record(None, "call_loaded", by=by, about=str(version), after=told)
    return Loaded(version, is_new, changes, kept, lost)


Changes = tuple[callfile.Change, ...]


def _with_confirmed(call: Call, data: dict[str, Any]) -> tuple[dict[str, Any], Changes, Changes]:
    """The data with every number that was confirmed at the desk; on which the file differs; which it can't hold."""
    edits: dict[str, Any] = {}
    confirmed = NumbersChange.objects.filter(call=call, outcome=ProposalState.CONFIRMED)
    for change in confirmed.order_by("version__number"):
        edits |= change.edits
    said, edits = callfile.stands(data, edits), callfile.differing(data, edits)
    kept, lost = [], []
    for some in _together_or_one_by_one(data, edits):
        try:
            data = callfile.with_edits(data, some)
            kept += [callfile.Change(place, said[place], edit) for place, edit in some.items()]
        except callfile.Unreadable:
            lost += [callfile.Change(place, edit, said[place]) for place, edit in some.items()]
    return data, tuple(kept), tuple(lost)


def _together_or_one_by_one(data: dict[str, Any], edits: dict[str, Any]) -> list[dict[str, Any]]:
    """Changes that hold together, such as two dates in their order, are made together; else each that can be."""
    try:
        callfile.with_edits(data, edits)
    except callfile.Unreadable:
        return [{place: edit} for place, edit in edits.items()]
    return [edits] if edits else []


def _unnumbered(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "version"}


def digest_of(data: dict[str, Any]) -> str:
    """SHA-256 of call data, whatever the order of its keys."""
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def dates_of(call: Call, at: datetime) -> tuple[datetime | None, datetime | None]:
    """Cut-off and closing of the desk for a bid started at this moment: moved dates while they lie ahead."""
    return dates_under(snapshot.facts_of(call.version_in_force()), call, at)


def dates_under(facts: CallFacts, call: Call, at: datetime) -> tuple[datetime | None, datetime | None]:
    """The same, where the version in force is at hand."""
    if call.desk_closes and at < call.desk_closes:
        return call.cutoff, call.desk_closes
    return calendar.cutoff_of(facts, at), calendar.desk_closes_of(facts, at)


def is_open(call: Call, at: datetime) -> bool:
    """Whether a bid may be started from this call: it has no dates, or its desk (a rehearsal's too) closes later."""
    _, closes = dates_of(call, at)
    return closes is None or at < closes


@transaction.atomic
def rehearse(call: Call, *, cutoff: datetime, desk_closes: datetime, by: User | None) -> DateChange:
    """Give a call a rehearsal round: its demonstration bids get these dates; the real ones stay in the data."""
    now = clock.now()
    change = DateChange.objects.create(
        call=call, kind=DateChangeKind.REHEARSAL, reason="rehearsal", proposed_by=by, confirmed_at=now,
        old_cutoff=call.cutoff, old_desk_closes=call.desk_closes, cutoff=cutoff, desk_closes=desk_closes,
    )  # fmt: skip
    call.cutoff, call.desk_closes = cutoff, desk_closes
    call.save(update_fields=["cutoff", "desk_closes"])
    moved = Bid.objects.filter(call_version__call=call, is_demo=True, state__in=STILL_MOVABLE)
    for bid in moved.exclude(cutoff=cutoff, desk_closes=desk_closes):
        before = {"cutoff": bid.cutoff, "desk_closes": bid.desk_closes}
        Bid.objects.filter(pk=bid.pk).update(cutoff=cutoff, desk_closes=desk_closes)
        after = {"cutoff": cutoff, "desk_closes": desk_closes}
        record(bid, "dates_moved", by=by, before=before, after=after, note="rehearsal")
    return change

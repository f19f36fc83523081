"""Scenarios: started, copied, named, filled with changes, thrown away and put back.

They are a bid's workshop, not its content: nothing here raises the bid's revision. Every act locks the
bid first, so that names stay unique and nobody edits a scenario while it is being adopted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids.actions.changing import Stale, free_key, place
from bids.actions.records import record
from bids.models import Bid, Scenario
from bids.rulebook.scenarios import Change, written

if TYPE_CHECKING:
    from accounts.models import User

PREFIX = "SC"
MOST = 12  # scenarios of a bid: as many as can be looked at side by side
MOST_CHANGES = 40
PARTS = ("name", "note", "changes")

Rows = list[dict[str, Any]]


@transaction.atomic
def start(bid: Bid, name: str, *, by: User, note: str = "", changes: Iterable[Change] = ()) -> Scenario:
    """A new scenario at the end of the list, empty or with the changes of another."""
    Bid.objects.locked().get(pk=bid.pk)
    _insist_on_room(bid)
    last = Scenario.objects.filter(bid=bid).aggregate(last=Max("position"))["last"] or 0
    scenario = Scenario(
        bid=bid, key=free_key(bid, Scenario, PREFIX), position=last + 1, name=name, note=note,
        changes=written(changes), created_by=by,
    )  # fmt: skip
    _check(scenario)
    scenario.save(force_insert=True)
    record(bid, "scenario_added", by=by, about=place(scenario), after=_parts(scenario))
    return scenario


def revise(scenario: Scenario, values: Mapping[str, Any], *, seen: int, by: User) -> Scenario:
    """Write another name or note; raises `Stale` where somebody else was first."""
    with transaction.atomic():
        return _write(_locked(scenario, seen, values), values, by)


def put_change(scenario: Scenario, change: Change, *, seen: int, by: User, number: int | None = None) -> Scenario:
    """A change at the end, or in the place of one that is there."""
    (row,) = written([change])

    def put(rows: Rows) -> None:
        if number is not None:
            rows.pop(number)
        if any(_aim(each) == _aim(row) for each in rows):
            raise ValidationError(_("This scenario changes that already. Edit the change that is there."))
        rows.insert(len(rows) if number is None else number, row)

    return _with_changes(scenario, put, seen, by)


def settle_on(scenario: Scenario, change: Change, *, seen: int, by: User) -> Scenario:
    """A value that was looked for, made last; what the scenario said about the same thing goes."""
    (row,) = written([change])

    def settle(rows: Rows) -> None:
        rows[:] = [*(each for each in rows if _aim(each) != _aim(row)), row]

    return _with_changes(scenario, settle, seen, by)


def drop_change(scenario: Scenario, number: int, *, seen: int, by: User) -> Scenario:
    """Take a change out."""

    def drop(rows: Rows) -> None:
        rows.pop(number)

    return _with_changes(scenario, drop, seen, by)


def move_change(scenario: Scenario, number: int, *, up: bool, seen: int, by: User) -> Scenario:
    """Make a change earlier or later by one place; the first can't go up, nor the last down."""
    other = number - 1 if up else number + 1

    def swap(rows: Rows) -> None:
        if 0 <= other < len(rows):
            rows[number], rows[other] = rows[other], rows[number]

    return _with_changes(scenario, swap, seen, by)


def remove(scenario: Scenario, *, seen: int, by: User) -> None:
    """Take a scenario out of the list; it can be put back, and what it adopted can still be taken back."""
    with transaction.atomic():
        now = _locked(scenario, seen, {})
        _mark(now, clock.now())
        record(now.bid, "scenario_removed", by=by, about=place(now), before=_parts(now))


def restore(scenario: Scenario, *, by: User) -> Scenario:
    """Put a removed scenario back; one that is there stays as it is."""
    with transaction.atomic():
        Bid.objects.locked().get(pk=scenario.bid_id)
        now = Scenario.objects.select_related("bid").get(pk=scenario.pk)
        if now.removed_at is not None:
            _insist_on_room(now.bid)
            _check(now)
            _mark(now, None)
            record(now.bid, "scenario_restored", by=by, about=place(now), after=_parts(now))
        return now


def _with_changes(scenario: Scenario, edit: Callable[[Rows], None], seen: int, by: User) -> Scenario:
    """Edit the list of changes of the version that was seen."""
    with transaction.atomic():
        now = _locked(scenario, seen, {})
        rows = list(now.changes)
        edit(rows)
        if len(rows) > MOST_CHANGES:
            words = _("A scenario has at most %(most)s changes. Remove one first, or start another scenario.")
            raise ValidationError(words, params={"most": MOST_CHANGES})
        return _write(now, {"changes": rows}, by)


def _locked(scenario: Scenario, seen: int, values: Mapping[str, Any]) -> Scenario:
    """The scenario as it stands, which is as it was seen; raises `Stale` else."""
    Bid.objects.locked().get(pk=scenario.bid_id)
    now = Scenario.objects.select_related("bid").filter(pk=scenario.pk, removed_at=None).first()
    if now is None or now.version != seen:
        raise Stale(values, now)
    return now


def _write(now: Scenario, values: Mapping[str, Any], by: User) -> Scenario:
    before = {name: getattr(now, name) for name, value in values.items() if getattr(now, name) != value}
    if before:
        for name in before:
            setattr(now, name, values[name])
        _check(now)
        now.version += 1
        now.save(update_fields=[*before, "version"])
        after = {name: values[name] for name in before}
        record(now.bid, "scenario_changed", by=by, about=place(now), before=before, after=after)
    return now


def _mark(now: Scenario, removed_at: Any) -> None:
    now.removed_at = removed_at
    now.version += 1
    now.save(update_fields=["removed_at", "version"])


def _insist_on_room(bid: Bid) -> None:
    if Scenario.objects.filter(bid=bid, removed_at=None).count() >= MOST:
        raise ValidationError(_("A bid has at most %(most)s scenarios. Remove one first."), params={"most": MOST})


def _check(scenario: Scenario) -> None:
    """Refuse what the columns can't hold, and a name that another scenario has."""
    scenario.clean_fields(exclude=["bid", "created_by"])
    others = Scenario.objects.filter(bid=scenario.bid, removed_at=None, name__iexact=scenario.name)
    if others.exclude(pk=scenario.pk).exists():
        raise ValidationError({"name": _("Another scenario has this name. Choose another one.")})


def _parts(scenario: Scenario) -> dict[str, Any]:
    return {name: getattr(scenario, name) for name in PARTS}


def _aim(row: Mapping[str, Any]) -> tuple[str, str]:
    """What a change is about: a scenario says each thing once."""
    return row["lever"], row["target"]

"""Work packages with their tasks, deliverables, milestones and effort."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bids.actions.changing import Change, changing, columns_of, place
from bids.actions.inside import Entries, save_with_inside, take_version, version_of
from bids.models import Bid, Effort, Partner, WorkPackage

if TYPE_CHECKING:
    from accounts.models import User

EffortMap = Mapping[str, Decimal]


def add_package(bid: Bid, values: Mapping[str, Any], inside: Entries, effort: EffortMap, *, by: User) -> WorkPackage:
    """A new work package under the next free key."""
    with changing(bid, by=by) as change:
        package = change.add(WorkPackage(key=change.free_key(WorkPackage, "wp"), **values))
        return _write(change, package, {}, inside, effort, package.version)


def revise_package(
    package: WorkPackage, changes: Mapping[str, Any], inside: Entries, effort: EffortMap, *, seen: int, by: User
) -> WorkPackage:
    """Write a work package as a person left it; raises `Stale` where somebody else saved it meanwhile."""
    with changing(package.bid, by=by) as change:
        return _write(change, package, changes, inside, effort, seen)


def _write(
    change: Change, package: WorkPackage, changes: Mapping[str, Any], inside: Entries, effort: EffortMap, seen: int
) -> WorkPackage:
    before, was = columns_of(package), version_of(package)
    now: WorkPackage = save_with_inside(change, package, changes, inside, expected=seen)
    if _effort_of(now) == dict(effort):
        return now
    if now.version == was:
        take_version(now, changes, seen)
    _write_effort(now, effort)
    change.touch(WorkPackage)
    change.tell("effort_changed", about=place(now), before=before["effort"], after=dict(effort))
    return now


def _effort_of(package: WorkPackage) -> dict[str, Decimal]:
    return {row.partner.key: row.months for row in package.efforts.select_related("partner")}


def _write_effort(package: WorkPackage, effort: EffortMap) -> None:
    """Exactly these person-months, in the order of the partners."""
    package.efforts.all().delete()
    partners = [partner for partner in Partner.objects.filter(bid=package.bid_id) if partner.key in effort]
    Effort.objects.bulk_create(
        Effort(work_package=package, partner=partner, months=effort[partner.key], position=position)
        for position, partner in enumerate(partners)
    )

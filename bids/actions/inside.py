"""Rows that stand inside another: phases and machines of a site, tasks and milestones of a work package.

They share their owner's version, so that two people who edit one card at the same time both keep their words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import Any

from django.db import models
from django.db.models import F

from bids.actions.changing import Change, Stale, columns_of, noun, place

Entries = Mapping[type[models.Model], Sequence[Mapping[str, Any]]]


def save_with_inside(change: Change, row: Any, changes: Mapping[str, Any], entries: Entries, *, expected: int) -> Any:
    """Write a row and the lists inside it as one edit; `Stale` where somebody else was first."""
    before, was = columns_of(row), version_of(row)
    now = change.save(row, changes, expected=expected)
    edits = [edit for model, wanted in entries.items() for edit in _edits(now, model, wanted)]
    if not edits:
        return now
    if now.version == was:
        take_version(now, changes, expected)
    for edit in edits:
        edit()
    change.touch(type(now))
    change.tell(f"{noun(now)}_details_changed", about=place(now), before=before, after=columns_of(now))
    return now


def version_of(row: Any) -> int | None:
    """The version of a row as it stands in the table."""
    version: int | None = type(row).objects.filter(pk=row.pk).values_list("version", flat=True).first()
    return version


def take_version(row: Any, changes: Mapping[str, Any], expected: int) -> None:
    """Raise the version for what stands inside alone: its edit counts as an edit of the card."""
    rows = type(row).objects.filter(pk=row.pk)
    if not rows.filter(version=expected).update(version=F("version") + 1):
        raise Stale(changes, rows.first())
    row.version = expected + 1


def _edits(owner: Any, model: type[models.Model], wanted: Sequence[Mapping[str, Any]]) -> list[Any]:
    """What has to be done so that exactly the wanted entries stand inside, in this order."""
    name = owner_column(model, type(owner))
    rows: Iterable[Any] = model._default_manager.filter(**{name: owner})
    standing: dict[str, Any] = {entry.key: entry for entry in rows}
    keys = _keys_for(wanted, standing, model)
    edits: list[Any] = []
    for position, (key, values) in enumerate(zip(keys, wanted, strict=True)):
        entry = standing.pop(key, None) or model(**{name: owner, "key": key})
        columns = {**values, "key": key, "position": position}
        if entry.pk is None or any(getattr(entry, column) != value for column, value in columns.items()):
            edits.append(_writing(entry, columns))
    return [entry.delete for entry in standing.values()] + edits


def _writing(entry: Any, columns: Mapping[str, Any]) -> Any:
    def write() -> None:
        for column, value in columns.items():
            setattr(entry, column, value)
        entry.clean_fields()
        entry.save()

    return write


def _keys_for(wanted: Iterable[Mapping[str, Any]], standing: Mapping[str, Any], model: type[models.Model]) -> list[str]:
    """The key each entry keeps; a new one gets the next free name, such as `machine3`."""
    given = [str(values.get("key") or "") for values in wanted]
    taken = set(given) | set(standing)
    free = (f"{model.__name__.lower()}{number}" for number in count(1))
    return [key or next(name for name in free if name not in taken) for key in given]


def owner_column(model: type[models.Model], owner: type[models.Model]) -> str:
    """The column by which a row inside points at its owner."""
    return next(column.name for column in model._meta.fields if column.related_model is owner)

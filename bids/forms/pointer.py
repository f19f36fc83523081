"""Fields that point at other rows of the same bid: sent by their keys, shown by their names.

The rows of a table are read once for all the fields of a page, however many point at them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.db import models
from django.db.models import prefetch_related_objects

from bids.models import Bid

NOTHING = ("", "–")


class Pointing(forms.ChoiceField):
    """Offers the rows of a table of the bid. Nothing is read before it is needed."""

    def __init__(self, *, model: type[models.Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.model = model
        self.bid: Bid | None = None
        self.offered: Collection[str | None] | None = None

    def of(self, bid: Bid, offered: Collection[str | None] | None = None) -> None:
        """Offer the rows of this bid: all of them, or those with these keys."""
        self.bid, self.offered = bid, offered
        self.choices = self._offer

    @property
    def rows(self) -> dict[str, Any]:
        """What may be chosen, by key."""
        rows = rows_of(self.bid, self.model) if self.bid else []
        return {row.key: row for row in rows if self.offered is None or row.key in self.offered}

    def keys_of(self, ids: Iterable[int]) -> list[str]:
        """The keys of rows that are known by their ids."""
        wanted = set(ids)
        return [key for key, row in self.rows.items() if row.pk in wanted]

    def _offer(self) -> list[tuple[str, str]]:
        return [(key, str(row)) for key, row in self.rows.items()]


class PointerField(Pointing):
    """One row, or none; cleans to the row itself."""

    def prepare_value(self, value: Any) -> Any:
        """A key as it was typed, or that of the row a form starts with, given by itself or by its id."""
        if isinstance(value, int):
            return next(iter(self.keys_of([value])), "")
        return getattr(value, "key", value)

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        return self.rows[key] if key else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial) or "", data or ""))

    def _offer(self) -> list[tuple[str, str]]:
        return [NOTHING, *super()._offer()]


class PointersField(Pointing, forms.MultipleChoiceField):
    """Any number of rows; cleans to a list of them, in the order of their table."""

    def prepare_value(self, value: Any) -> Any:
        """Keys as they were chosen, or those of the rows a form starts with, given by their ids."""
        ids = [one for one in value or () if isinstance(one, int)]
        return self.keys_of(ids) if ids else value

    def clean(self, value: Any) -> Any:
        keys = super().clean(value)
        return [row for key, row in self.rows.items() if key in keys]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


def rows_of(bid: Bid, model: type[models.Model]) -> list[Any]:
    """The rows of one table of a bid, in their order and without the removed ones; asked for once per bid."""
    column: Any = model._meta.get_field("bid")
    relation: str = column.remote_field.get_accessor_name()
    prefetch_related_objects([bid], relation)
    return [row for row in getattr(bid, relation).all() if getattr(row, "removed_at", None) is None]

"""Making the rows of a bid equal to facts: the way back from a working copy to the round that was submitted.

Rows are matched by key and keep who and what hangs on them: people, organisations, files,
confirmations. What is not in the facts is taken out; lines and documents stay as removed rows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from accounts import clock
from bids import snapshot
from bids.actions.changing import Change
from bids.actions.from_facts import Rows, of_the_bid
from bids.models import (
    Bid,
    BidEvent,
    BidRole,
    BudgetLine,
    Confirmation,
    Document,
    Effort,
    Partner,
    Site,
    StoredFile,
    WorkPackage,
)
from bids.models.columns import TABLES, Table
from bids.rulebook.facts import BidFacts

if TYPE_CHECKING:
    from accounts.models import User


# Where removed lines, people and documents may still point at a row that is taken out.
HANGING_ON: dict[type[models.Model], tuple[tuple[type[models.Model], str], ...]] = {
    Partner: ((BudgetLine, "partner"), (BidRole, "partner"), (Document, "partner"), (Partner, "affiliated_to")),
    Site: ((BudgetLine, "site"),),
    WorkPackage: ((BudgetLine, "work_package"),),
}


def rewrite(bid: Bid, facts: BidFacts, *, by: User | None) -> None:
    """Make the rows of a bid equal to these facts, as one change; inside the transaction that locked it."""
    change = Change(bid, by)
    change.touch(Bid)
    _rewrite_first_page(bid, facts)
    rows = Rows(bid, _files_of(bid), by)
    left_over = [(table, _rewrite_list(rows, table, facts)) for table in TABLES]
    rows.write_affiliations(facts)
    Effort.objects.filter(work_package__bid=bid).delete()
    rows.write_effort(facts)
    for table, extra in reversed(left_over):  # what points at others goes before them
        _take_out(table, extra, by)
    change.settle()
    _confirm_again(bid, facts)


def _rewrite_first_page(bid: Bid, facts: BidFacts) -> None:
    columns = {name: value for name, value in of_the_bid(facts).items() if name != "reference"}
    if any(getattr(bid, name) != value for name, value in columns.items()):
        for name, value in columns.items():
            setattr(bid, name, value)
        bid.version += 1
        bid.save(update_fields=[*columns, "version"])


def _rewrite_list(rows: Rows, table: Table, facts: BidFacts) -> list[Any]:
    """Write one list; give back the rows that are too many."""
    standing = {_identity(table, row): row for row in _standing(table, rows.bid)}
    columns = ["position", *(name for name in table.names if table.pointers.get(name) is not table.model)]
    found = []
    for row in rows.of(table, facts):
        old = standing.pop(_identity(table, row), None)
        if old is None:
            row.save(force_insert=True)
        elif _differs(old, row, columns):
            _overwrite(old, row, columns)
        found.append(old or row)
    rows.remember(table, found)
    return list(standing.values())


def _standing(table: Table, bid: Bid) -> models.QuerySet[Any]:
    """Every row of a list, removed ones first: of two documents under one key the one that stands is found."""
    rows = table.model._default_manager.filter(**{table.to_bid: bid})
    return rows.order_by(models.F("removed_at").asc(nulls_last=True), "pk") if table.kept else rows.order_by("pk")


def _identity(table: Table, row: Any) -> tuple[Any, ...]:
    """What a row is known by: a chapter exists once per language."""
    return getattr(row, f"{table.owner}_id"), row.key, getattr(row, "language", "")


def _differs(old: Any, row: Any, columns: Iterable[str]) -> bool:
    """As written: 0.5 is not 0.50."""
    is_removed = getattr(old, "removed_at", None) is not None
    attributes = [old._meta.get_field(name).attname for name in columns]
    return is_removed or any(repr(getattr(old, name)) != repr(getattr(row, name)) for name in attributes)


def _overwrite(old: Any, row: Any, columns: Iterable[str]) -> None:
    for name in columns:
        attribute = old._meta.get_field(name).attname
        setattr(old, attribute, getattr(row, attribute))
    if hasattr(old, "version"):
        old.version += 1
    if hasattr(old, "removed_at"):
        old.removed_at = old.removed_by = None
    if isinstance(old, Document):
        old.file = row.file
    old.save(force_update=True)


def _take_out(table: Table, extra: list[Any], by: User | None) -> None:
    """Rows the facts don't know: removed so that they can be put back, or deleted where that can't be."""
    rows = table.model._default_manager.filter(pk__in=[row.pk for row in extra])
    if table.kept:
        rows.filter(removed_at=None).update(removed_at=clock.now(), removed_by=by, version=models.F("version") + 1)
        return
    for model, name in HANGING_ON.get(table.model, ()):
        model._default_manager.filter(**{f"{name}__in": extra}).update(**{name: None})
    rows.delete()


def _files_of(bid: Bid) -> dict[str, StoredFile]:
    """The stored bytes that are or once were a document of this bid, by digest."""
    told = BidEvent.objects.filter(bid=bid, name__startswith="document_").values_list("before", "after")
    once = {data.get("file") for pair in told for data in pair if data}
    now = bid.documents.exclude(file=None).values_list("file", flat=True)
    return StoredFile.objects.in_bulk([*now, *filter(None, once)])


def _confirm_again(bid: Bid, facts: BidFacts) -> None:
    """What a partner confirmed and stands again as it was confirmed holds again."""
    holding = Confirmation.objects.filter(partner__bid=bid, cleared_at=None).values("partner")
    for partner in bid.partners.exclude(pk__in=holding):
        digest = snapshot.partner_digest(facts, partner.key)
        if given := Confirmation.objects.filter(partner=partner, digest=digest).first():
            Confirmation.objects.filter(pk=given.pk).update(cleared_at=None)

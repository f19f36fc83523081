"""Changing what a bid holds: under its lock, in one transaction, with everything that follows from it.

What follows, once per change however many rows it touches: the revision rises, totals are computed
anew, confirmations of partners whose card or costs moved are cleared, and each row leaves an event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids import access, snapshot
from bids.actions.settling import clear_confirmations, refresh_totals
from bids.models import Bid, BidEvent, BudgetLine, Partner, Site, WorkPackage
from bids.models.columns import OF_THE_BID, RATES, TABLES
from bids.rulebook.permits import Decision
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import BidState, Role

if TYPE_CHECKING:
    from accounts.models import User

OPEN_STATES = (BidState.DRAFT, BidState.CHANGES_REQUESTED)
ABOUT_MONEY = (Bid, Partner, Site, WorkPackage, BudgetLine)  # sites and packages by their keys on lines
BESIDE_THE_FACTS = {"organisation", "assigned_to", "file", "uploaded_by", "uploaded_at"}
TABLE_OF = {table.model: table for table in TABLES if table.owner == "bid"}

_running: ContextVar[Change | None] = ContextVar("running", default=None)


class Stale(Exception):
    """Somebody saved this row first: nothing was written, and nobody's words are lost.

    `mine` is what was to be saved, `theirs` the row as it stands now (None: it was removed).
    """

    def __init__(self, mine: Mapping[str, Any], theirs: Any) -> None:
        self.mine = mine
        self.theirs = theirs
        super().__init__(f"stale: {theirs!r} was saved by somebody else")


class InUse(Exception):
    """The row can't be removed while others point at it."""

    def __init__(self, row: models.Model, users: frozenset[models.Model]) -> None:
        self.row = row
        self.users = users
        super().__init__(f"{row} is still used by {', '.join(sorted(map(str, users)))}")


@contextmanager
def changing(bid: Bid, *, by: User | None) -> Iterator[Change]:
    """Lock a bid, change rows through the `Change`, and let everything that follows happen at the end.

    Raises `access.Refused` where the bid was frozen meanwhile. May be nested: the inner one joins in.
    """
    running = _running.get()
    if running is not None and running.bid.pk == bid.pk:
        with transaction.atomic():
            yield running
        return
    with transaction.atomic():
        change = Change(_locked(bid), by)
        token = _running.set(change)
        try:
            yield change
        finally:
            _running.reset(token)
        change.settle()
    for name in ("revision", "version", "total", "eu", "settled"):
        setattr(bid, name, getattr(change.bid, name))


def _locked(bid: Bid) -> Bid:
    """The bid as it stands, locked; refused once it is frozen, whatever the page showed."""
    row = Bid.objects.with_call().locked().get(pk=bid.pk)
    if row.state in OPEN_STATES and row.discarded_at is None:
        return row
    reason = sentence(gettext_noop("The bid can no longer be changed. Reload the page to see where it stands."))
    raise access.Refused(Decision(False, "state", reason))


class Change:
    """One change of a locked bid."""

    def __init__(self, bid: Bid, by: User | None) -> None:
        self.bid = bid
        self.by = by
        self.touched: set[type[models.Model]] = set()
        self.payers: set[int | None] | None = set()  # who bears the changed lines, while only single lines changed

    @cached_property
    def roles(self) -> frozenset[Role]:
        return access.roles(self.by, self.bid) if self.by else frozenset()

    def save(self, row: Any, changes: Mapping[str, Any], *, expected: int) -> Any:
        """Write these columns if the row still has the expected version; give back the row as it is then."""
        now = _current(row)
        if now is None:
            raise Stale(changes, None)
        wanted = {name: _as_python(now, name, value) for name, value in changes.items()}
        before = {name: getattr(now, name) for name in wanted if getattr(now, name) != wanted[name]}
        if not before:
            return now
        if now.version != expected:
            raise Stale(changes, now)
        for name in before:
            setattr(now, name, wanted[name])
        self._check(now, before)
        written = {name: wanted[name] for name in before}
        if not type(row).objects.filter(pk=row.pk, version=expected).update(**written, version=expected + 1):
            raise Stale(changes, _current(row))
        now.version = expected + 1
        if isinstance(now, Bid):
            self.bid = now
        self._note(now, "changed", before=before, after=written)
        return now

    def add(self, row: Any) -> Any:
        """Write a new row at the end of its list."""
        rows = type(row)._default_manager.filter(bid=self.bid)
        row.bid = self.bid
        row.position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
        self._check(row)
        row.validate_constraints()
        row.save(force_insert=True)
        self._note(row, "added", after=columns_of(row))
        return row

    def remove(self, row: Any, *, expected: int) -> None:
        """Take a row out of its list: lines and documents can be put back, others leave an event with all they held."""
        now = _current(row)
        if now is None or now.version != expected:
            raise Stale({}, now)
        told = columns_of(now)
        if hasattr(now, "removed_at"):
            marks = {"removed_at": clock.now(), "removed_by": self.by, "version": expected + 1}
            type(row).objects.filter(pk=row.pk, version=expected).update(**marks)
        else:
            _let_go_of_removed_lines(now)
            try:
                now.delete()
            except models.RestrictedError as error:
                raise InUse(now, frozenset(error.restricted_objects)) from error
        self._note(row, "removed", before=told)

    def restore(self, row: Any) -> Any:
        """Put a removed line or document back where it was."""
        marks = {"removed_at": None, "removed_by": None, "version": F("version") + 1}
        if type(row).objects.filter(pk=row.pk).exclude(removed_at=None).update(**marks):
            row.refresh_from_db()
            self._note(row, "restored", after=columns_of(row))
        return row

    def settle(self) -> None:
        """What follows from the change, once."""
        if not self.touched:
            return
        if self.touched.intersection(ABOUT_MONEY):
            self._settle_money()
        self.bid.revision += 1
        self.bid.save(update_fields=["revision", "total", "eu"])

    def _settle_money(self) -> None:
        facts = snapshot.money_of(self.bid)
        self.bid.settled = facts, refresh_totals(self.bid, facts)
        for key in clear_confirmations(self.bid, facts, self.payers):
            self.tell("confirmation_cleared", about=f"partners/{key}")

    def tell(self, name: str, *, about: str = "", before: Any = None, after: Any = None, note: str = "") -> BidEvent:
        """Write an event of this change."""
        return BidEvent.objects.append(
            self.bid, name, by=self.by, roles=self.roles, about=about, before=before, after=after, note=note
        )

    def touch(self, model: type[models.Model]) -> None:
        """Say that rows of this table were changed in another way than through `save`, `add` and `remove`."""
        self.touched.add(model)
        if model in ABOUT_MONEY:
            self.payers = None

    def free_key(self, model: type[models.Model], prefix: str) -> str:
        return free_key(self.bid, model, prefix)

    def _note(self, row: Any, what: str, *, before: Any = None, after: Any = None) -> None:
        if isinstance(row, BudgetLine) and self.payers is not None:
            self.touched.add(BudgetLine)
            self.payers |= _payers(row, before)
        else:
            self.touch(type(row))
        self.tell(f"{noun(row)}_{what}", about=place(row), before=before, after=after)

    def _check(self, row: Any, names: Iterable[str] | None = None) -> None:
        """Refuse values the columns can't hold, and pointers into another bid."""
        chosen = set(writable(type(row)) if names is None else names)
        row.clean_fields(exclude={column.name for column in row._meta.fields} - chosen)
        for name in chosen:
            aim: Any = getattr(row, name)
            if type(aim) in TABLE_OF and aim.bid_id != self.bid.pk:
                raise ValidationError({name: _("This belongs to another bid.")})


def free_key(bid: Bid, model: type[models.Model], prefix: str) -> str:
    """A key no row of this table ever had: `L` gives L001, L002…"""
    taken = set(model._default_manager.filter(bid=bid, key__startswith=prefix).values_list("key", flat=True))
    numbers = (f"{prefix}{number:03d}" for number in count(len(taken) + 1))
    return next(key for key in numbers if key not in taken)


def writable(model: type[models.Model]) -> frozenset[str]:
    """The columns people may change: the facts of the row, and what ties it to accounts and files."""
    if model is Bid:
        return frozenset({*OF_THE_BID, *(f"rate_{rate}" for rate in RATES)} - {"reference"})
    columns = {column.name for column in model._meta.fields}
    return frozenset(
        {*TABLE_OF[model].names} | columns & {"organisation", "assigned_to", "file", "uploaded_by", "uploaded_at"}
    )


def noun(row: models.Model) -> str:
    """What a row is, in the names of events: `budget_line`."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(row).__name__).lower()


def place(row: Any) -> str:
    """Where a row stands, as findings say it: `budget/L001`, `bid`; what stands beside the bid, by its table."""
    if isinstance(row, Bid):
        return "bid"
    table = TABLE_OF.get(type(row))
    return f"{table.name if table else f'{noun(row)}s'}/{row.key}"


def columns_of(row: Any) -> dict[str, Any]:
    """Everything people wrote into a row, and into the rows inside it."""
    told = {name: getattr(row, name) for name in writable(type(row))}
    inside = [table for table in TABLES if table.owner_model is type(row)]
    for table in inside:
        rows = table.model._default_manager.filter(**{table.owner: row})
        told[table.name] = [{name: getattr(entry, name) for name in table.names} for entry in rows]
    if isinstance(row, WorkPackage):
        told["effort"] = {effort.partner.key: effort.months for effort in row.efforts.select_related("partner")}
    return told


def _payers(line: BudgetLine, before: Mapping[str, Any] | None) -> set[int | None]:
    """By id: who bears a line, and who bore it."""
    bore = (before or {}).get("partner")
    return {line.partner_id, bore.pk if bore else None}


def _current(row: Any) -> Any:
    """The row as it stands now; None where it was removed."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    if isinstance(row, Bid):
        return Bid.objects.with_call().get(pk=row.pk)
    return rows.filter(**TABLE_OF[type(row)].kept).select_related("bid").first()


def _as_python(row: models.Model, name: str, value: Any) -> Any:
    """A typed value in the form the column gives back, so that both can be compared."""
    if name not in writable(type(row)):
        raise ValueError(f"{type(row).__name__}.{name} is not changed by saving")
    column: Any = row._meta.get_field(name)
    return value if column.is_relation else column.to_python(value)


def _let_go_of_removed_lines(row: Any) -> None:
    """A removed line holds nobody back: put back later, it asks for a new partner, site or package."""
    for name, model in TABLE_OF[BudgetLine].pointers.items():
        if type(row) is model:
            BudgetLine.objects.filter(**{name: row}).exclude(removed_at=None).update(**{name: None})

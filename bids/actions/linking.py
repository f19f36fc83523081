"""Two bids become alternatives to each other, line by line where they share a cost; and what one has is copied over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from bids import snapshot
from bids.actions.changing import Change, Stale, changing
from bids.actions.records import record
from bids.models import Bid, BudgetLine, Partner, Site
from bids.rulebook.funding import price
from bids.rulebook.linked import COST, PARTS_OF_COST, fits, known_fields
from bids.rulebook.text import Sentence, gettext_noop, sentence

if TYPE_CHECKING:
    from accounts.models import User

COPIED: dict[str, type[Any]] = {"partners": Partner, "sites": Site, "budget": BudgetLine}


class NotLinked(Exception):
    """Bids or lines stay as they are, for this reason."""

    def __init__(self, reason: Sentence) -> None:
        self.reason = reason
        super().__init__(str(reason))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be copied onto one row, and which versions of both rows the person looked at."""

    section: str  # partners | sites | budget
    key: str
    key_there: str
    fields: tuple[str, ...]
    seen: int
    seen_there: int

    @property
    def place(self) -> str:
        return f"{self.section}/{self.key}"


def link_bids(bid: Bid, other: Bid, *, seen: int, by: User) -> None:
    """Make two bids name each other; `seen` is the version of the first that the person looked at.

    Raises `NotLinked` where one of them stands for another bid already, `access.Refused` where one of
    them is frozen.
    """
    if bid.pk == other.pk:
        raise NotLinked(sentence(_ITSELF))
    with _both(bid, other, by) as (change, there):
        for one, partner in ((change.bid, there.bid), (there.bid, change.bid)):
            if one.alternative_to not in (None, "", partner.reference):
                raise NotLinked(sentence(_TAKEN, reference=one.reference))
        change.save(change.bid, {"alternative_to": there.bid.reference}, expected=seen)
        there.save(there.bid, {"alternative_to": change.bid.reference}, expected=there.bid.version)


def unlink_bids(bid: Bid, other: Bid | None, *, seen: int, by: User) -> None:
    """Make two bids forget each other; `other` is None where it doesn't name this one. Marks of lines stay."""
    if other is None:
        with changing(bid, by=by) as change:
            change.save(bid, {"alternative_to": None}, expected=seen)
        return
    with _both(bid, other, by) as (change, there):
        change.save(change.bid, {"alternative_to": None}, expected=seen)
        there.save(there.bid, {"alternative_to": None}, expected=there.bid.version)


def mark_line(line: BudgetLine, other: BudgetLine, *, seen: int, by: User) -> BudgetLine:
    """Say that a line is the alternative of one in the linked bid: only one of them will be paid."""
    with changing(line.bid, by=by) as change:
        if change.bid.alternative_to != other.bid.reference:
            raise NotLinked(sentence(_NOT_LINKED, reference=other.bid.reference))
        aim = f"{other.bid.reference}#{other.key}"
        _insist_that_both_are_free(line, other, aim)
        marked: BudgetLine = change.save(line, {"alternative_of": aim}, expected=seen)
        return marked


def unmark_line(line: BudgetLine, *, seen: int, by: User) -> BudgetLine:
    """Say that a line stands for itself again."""
    with changing(line.bid, by=by) as change:
        plain: BudgetLine = change.save(line, {"alternative_of": None}, expected=seen)
        return plain


def _insist_that_both_are_free(line: BudgetLine, other: BudgetLine, aim: str) -> None:
    """A line is the alternative of one other, whichever of the two bids says so."""
    now = BudgetLine.objects.filter(pk=line.pk).values_list("alternative_of", flat=True).first()
    if now not in (None, "", aim):
        raise NotLinked(sentence(_MARKED, line=line.key, aim=now))
    lines = BudgetLine.objects.filter(removed_at=None)
    if rival := lines.filter(bid=line.bid, alternative_of=aim).exclude(pk=line.pk).first():
        raise NotLinked(sentence(_MARKED, line=rival.key, aim=aim))
    if aim_back := other.alternative_of:
        raise NotLinked(sentence(_MARKED, line=other.key, aim=aim_back))


def copy_across(bid: Bid, other: Bid, wanted: Sequence[Wanted], *, by: User) -> None:
    """Write what another bid has onto rows of this one, all of it or nothing; both trails tell it.

    Raises `Stale` where one of the rows, here or there, is no longer as it was looked at.
    """
    with transaction.atomic():
        list(Bid.objects.locked().filter(pk__in=(bid.pk, other.pk)).order_by("pk"))
        with changing(bid, by=by) as change:
            for each in wanted:
                _copy(change, other, each)
            _insist_on_prices(change.bid, [each.key for each in wanted if each.section == "budget"])
        for each in wanted:
            told = {"to": bid.reference, "fields": list(each.fields)}
            record(other, "copied_to_linked_bid", by=by, about=f"{each.section}/{each.key_there}", after=told)


def _copy(change: Change, other: Bid, wanted: Wanted) -> None:
    here = _row(wanted.section, change.bid, wanted.key)
    there = _row(wanted.section, other, wanted.key_there)
    columns = [part for name in wanted.fields for part in (PARTS_OF_COST if name == COST else (name,))]
    if here is None or there is None or there.version != wanted.seen_there:
        raise Stale({}, here)
    _insist_that_it_fits(change.bid, wanted, here, there)
    change.save(here, {name: getattr(there, name) for name in columns}, expected=wanted.seen)


def _row(section: str, bid: Bid, key: str) -> Any:
    kept = {"removed_at": None} if section == "budget" else {}
    return COPIED[section].objects.filter(bid=bid, key=key, **kept).first()


def _insist_that_it_fits(bid: Bid, wanted: Wanted, here: Any, there: Any) -> None:
    """Only fields that are shared, and only values that the line may have under its own call."""
    if unknown := set(wanted.fields) - set(known_fields(wanted.section)):
        raise ValueError(f"{', '.join(sorted(unknown))} of {wanted.place} is not copied")
    if "category" in wanted.fields and not fits("category", there.category, here, snapshot.call_of(bid)):
        raise ValidationError(
            _("%(line)s can't have the category %(category)s under its call.")
            % {"line": here.key, "category": there.category}
        )


def _insist_on_prices(bid: Bid, keys: Sequence[str]) -> None:
    """A line that was copied has a price here too."""
    if not keys:
        return
    facts, call = snapshot.money_of(bid), snapshot.call_of(bid)
    problems = [price(line, facts, call).problem for line in facts.budget if line.key in keys]
    if found := [problem for problem in problems if problem is not None]:
        raise NotLinked(found[0])


@contextmanager
def _both(bid: Bid, other: Bid, by: User) -> Iterator[tuple[Change, Change]]:
    """Change two bids in one transaction, locked always in the same order so that nobody waits in a ring."""
    first, second = sorted((bid, other), key=lambda each: each.pk)
    with transaction.atomic(), changing(first, by=by) as one, changing(second, by=by) as two:
        yield (one, two) if first is bid else (two, one)


_ITSELF = gettext_noop("A bid can't be the alternative to itself. Write the reference of another one.")
_TAKEN = gettext_noop("%(reference)s is the alternative to another bid already. Unlink it there first.")
_NOT_LINKED = gettext_noop("The two bids are not linked: %(reference)s is not the alternative to this one.")
_MARKED = gettext_noop("%(line)s is marked as the alternative of %(aim)s already. Take that mark away first.")

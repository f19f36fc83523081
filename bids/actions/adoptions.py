"""Making a scenario the bid, and taking that back: every row or none.

What is written goes through `changing`, so totals, confirmations and the trail follow as after any other
change. Each row that is touched is kept with what it was and what it became.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, get_args

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import clock
from bids import access, snapshot
from bids.actions.changing import Change, changing, columns_of, place
from bids.actions.inside import save_with_inside
from bids.actions.settling import storable
from bids.models import Adoption, Bid, BudgetLine, Scenario, Site
from bids.models.columns import TABLES
from bids.models.event import plain
from bids.models.fields import pricing_as_dict
from bids.rulebook import scenarios
from bids.rulebook.facts import BidFacts, Pricing
from bids.rulebook.funding import assess
from bids.rulebook.permits import Act, Decision, Standing, line_act
from bids.rulebook.scenarios import Difference
from bids.rulebook.text import Sentence

if TYPE_CHECKING:
    from accounts.models import User

INSIDE = {table.name: table for table in TABLES if table.owner_model is Site}

Kept = dict[str, Any]  # a row of an adoption, as JSON keeps it


class Moved(Exception):
    """The bid or the scenario is not the one that was shown."""


class ChangedSince(Exception):
    """Rows that are no longer as the adoption left them: nothing was taken back."""

    def __init__(self, rows: list[Kept]) -> None:
        self.rows = rows
        super().__init__(", ".join(row["place"] for row in rows))


@dataclass(frozen=True, slots=True)
class Plan:
    """What adopting would write, and the changes that can't be made, each with the reason."""

    after: BidFacts
    rows: list[Difference]
    set_aside: tuple[tuple[scenarios.Change, Sentence], ...]


def plan(facts: BidFacts, scenario: Scenario) -> Plan:
    """What adopting a scenario would do to this bid."""
    applied = scenarios.apply(facts, scenario.list_of_changes)
    return Plan(applied.facts, scenarios.differences(facts, applied.facts), applied.set_aside)


def refusals(bid: Bid, who: Standing, user: User, places: Iterable[tuple[str, str | None]]) -> dict[str, Decision]:
    """By place: the rows that this person may not write, and why. Each comes with its partner, if it has one."""
    asked = {place: (_act(who, place, partner), partner) for place, partner in places}
    answers = {
        place: access.can(user, act, bid, who=who, section=place, partner=partner)
        for place, (act, partner) in asked.items()
    }
    return {place: decision for place, decision in answers.items() if not decision}


def adopt(scenario: Scenario, *, revision: int, version: int, leave_out: bool, by: User) -> Adoption:
    """Write every row of a scenario into the bid.

    Raises `Moved` where the bid or the scenario changed since it was shown, `ValidationError` where something
    doesn't fit, `access.Refused` where a row is not this person's to write.
    """
    with changing(scenario.bid, by=by) as change:
        now = Scenario.objects.filter(pk=scenario.pk, removed_at=None).first()
        if now is None or (change.bid.revision, now.version) != (revision, version):
            raise Moved
        facts = snapshot.take(change.bid)
        planned = plan(facts, now)
        _refuse_unfit(planned, leave_out)
        _refuse_others(change, by, places_of(facts, planned.rows))
        before, after = change.bid, storable(assess(planned.after, snapshot.call_of(change.bid)))
        lines = {line.key: line for line in _lines(change.bid, (row.key for row in planned.rows))}
        kept = [_write(change, row, lines) for row in planned.rows]
        adoption = Adoption.objects.create(
            bid=change.bid, scenario=now, name=now.name, changes=now.changes, rows=kept, by=by,
            total_before=before.total, eu_before=before.eu, total_after=after.total, eu_after=after.eu,
        )  # fmt: skip
        _tell(change, "scenario_adopted", adoption, before, after)
        return adoption


def take_back(adoption: Adoption, *, by: User) -> Adoption:
    """Give every row back what it had; raises `ChangedSince` where one is no longer as the adoption left it."""
    with changing(adoption.bid, by=by) as change:
        now = Adoption.objects.select_related("scenario").get(pk=adoption.pk)
        if now.undone_at is not None:
            raise ValidationError(_("This adoption was taken back already."))
        rows = standing_rows(change.bid, now)
        if moved := [kept for kept in now.rows if not is_as_left(kept, rows.get(kept["place"]))]:
            raise ChangedSince(moved)
        _refuse_others(change, by, [(place, _partner_of(row)) for place, row in rows.items()])
        for kept in now.rows:
            _give_back(change, kept, rows[kept["place"]])
        now.undone_by, now.undone_at = by, clock.now()
        now.save(update_fields=["undone_by", "undone_at"])
        before, after = change.bid, assess(snapshot.money_of(change.bid), snapshot.call_of(change.bid))
        _tell(change, "adoption_taken_back", now, before, after)
        return now


def places_of(facts: BidFacts, rows: Iterable[Difference]) -> list[tuple[str, str | None]]:
    """Where rows stand, and whose costs they are."""
    partners = {f"budget/{line.key}": line.partner for line in facts.budget}
    return [(row.place, partners.get(row.place)) for row in rows]


def standing_rows(bid: Bid, adoption: Adoption) -> dict[str, Any]:
    """By place: the rows that an adoption touched, as they stand now, removed lines among them."""
    keys = [kept["place"].partition("/")[2] for kept in adoption.rows]
    sites = Site.objects.filter(bid=bid, key__in=keys)
    rows = {place(row): row for row in (*sites, *_lines(bid, keys), bid)}
    return {kept["place"]: rows[kept["place"]] for kept in adoption.rows if kept["place"] in rows}


def is_as_left(kept: Kept, row: Any) -> bool:
    """Whether what an adoption did to a row still stands there."""
    if row is None or kept["is_gone"] != (getattr(row, "removed_at", None) is not None):
        return False
    now = plain(columns_of(row)) if kept["is_gone"] else {name: _read(row, name) for name in kept["after"]}
    return bool(kept["after"] == now)


def kept_columns(row: Difference) -> tuple[Kept, Kept]:
    """The columns of a row before and after, as an adoption keeps them."""
    before = {name: _as_kept(was) for name, was, _now in row.columns}
    return before, {name: _as_kept(now) for name, _was, now in row.columns}


def _refuse_unfit(planned: Plan, leave_out: bool) -> None:
    if planned.set_aside and not leave_out:
        raise ValidationError(_("Some changes can't be made in this bid. Leave them out, or mend the scenario first."))
    if not planned.rows:
        raise ValidationError(_("This scenario changes nothing in the bid as it stands."))


def _refuse_others(change: Change, by: User, places: Iterable[tuple[str, str | None]]) -> None:
    who = access.standing(by, change.bid)
    for decision in refusals(change.bid, who, by, places).values():
        raise access.Refused(decision)


def _act(who: Standing, place: str, partner: str | None) -> Act:
    return line_act(who, partner) if place.startswith("budget/") else Act.EDIT_PLAN


def _lines(bid: Bid, keys: Iterable[str]) -> list[BudgetLine]:
    """Lines of a bid, removed or not."""
    wanted = frozenset(keys)
    lines = BudgetLine.objects.filter(bid=bid).select_related("partner", "site", "work_package")
    return [line for line in lines if line.key in wanted]


def _partner_of(row: Any) -> str | None:
    return row.partner.key if isinstance(row, BudgetLine) and row.partner else None


def _write(change: Change, row: Difference, lines: dict[str, BudgetLine]) -> Kept:
    """Make one row what the scenario makes of it; what it was and became."""
    before, after = kept_columns(row)
    if row.is_gone:
        line = lines[row.key]
        before = after = plain(columns_of(line))
        change.remove(line, expected=line.version)
    elif row.section == "budget":
        change.save(lines[row.key], after, expected=lines[row.key].version)
    else:
        _save(change, change.bid if row.place == "bid" else Site.objects.get(bid=change.bid, key=row.key), after)
    return {"place": row.place, "name": row.name, "before": before, "after": after, "is_gone": row.is_gone}


def _give_back(change: Change, kept: Kept, row: Any) -> None:
    if kept["is_gone"]:
        change.restore(row)
    else:
        _save(change, row, kept["before"])


def _save(change: Change, row: Any, columns: dict[str, Any]) -> None:
    """Write columns of a row, and the lists inside a site."""
    own = {name: value for name, value in columns.items() if name not in INSIDE}
    inside = {
        INSIDE[name].model: [_typed(name, entry) for entry in columns[name]] for name in columns if name in INSIDE
    }
    if inside:
        save_with_inside(change, row, own, inside, expected=row.version)
    else:
        change.save(row, own, expected=row.version)


def _typed(name: str, entry: dict[str, Any]) -> dict[str, Any]:
    """An entry of a list inside a site, its values as its columns give them back."""
    model = INSIDE[name].model
    return {column: model._meta.get_field(column).to_python(value) for column, value in entry.items()}  # type: ignore[union-attr]


def _read(row: Any, name: str) -> Any:
    """A column of a row, or a list inside it, as an adoption keeps it."""
    if name in INSIDE:
        table = INSIDE[name]
        entries = table.model._default_manager.filter(**{table.owner: row}).order_by("position", "pk")
        return [{column: plain(getattr(entry, column)) for column in table.names} for entry in entries]
    return _as_kept(getattr(row, name))


def _as_kept(value: Any) -> Any:
    """A fact as JSON keeps it: formulas and the entries of lists as mappings."""
    if isinstance(value, get_args(Pricing)):
        return pricing_as_dict(value)
    if isinstance(value, tuple):
        return [{part.name: plain(getattr(entry, part.name)) for part in fields(entry)} for entry in value]
    return plain(value)


def _tell(change: Change, name: str, adoption: Adoption, before: Bid, after: Any) -> None:
    """One event over those of the rows: which scenario, and what it did to the money."""
    change.tell(
        name, about=place(adoption.scenario),
        before={"name": adoption.name, "total": before.total, "eu": before.eu},
        after={"name": adoption.name, "total": after.total, "eu": after.eu, "rows": len(adoption.rows)},
    )  # fmt: skip

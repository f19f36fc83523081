"""What is chosen of a workbook becomes the budget, as one change; and the way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from accounts import clock
from bids import access
from bids.actions import many
from bids.actions.brought import Brought, asking
from bids.actions.changing import Change, changing
from bids.models import Bid, BudgetImport, BudgetLine
from bids.models.event import plain
from bids.rulebook.permits import Decision
from bids.workbook.difference import What
from bids.workbook.proposal import Edit, May

if TYPE_CHECKING:
    from accounts.models import User

Kept = dict[str, Any]  # what taking over did to one line, as JSON keeps it
Aims = dict[str, dict[str, Any]]  # rows that lines may point at, by column and key


class Moved(Exception):
    """The budget is no longer the one that was compared: nothing was written."""


class Unfit(Exception):
    """Some lines can't be taken as they are chosen: nothing was written."""


def take_over(kept: BudgetImport, *, seal: str, by: User) -> BudgetImport:
    """Write everything that is chosen, or nothing: raises `Moved` or `Unfit`. Done twice it is done once."""
    with changing(kept.bid, by=by) as change:
        now = BudgetImport.objects.get(pk=kept.pk)
        if now.taken_at is not None:
            return now
        brought = Brought(now, change.bid, access.standing(by, change.bid))
        if brought.proposal.seal != seal:
            raise Moved
        if brought.proposal.refusals:
            raise Unfit
        now.rows = _write(change, brought.proposal.accepted)
        now.taken_at, now.text = clock.now(), ""  # what was read has served
        now.save(update_fields=["rows", "taken_at", "text"])
        change.tell("budget_imported", about="budget", after={"title": now.name, "sha256": now.sha256, **counts(now)})
        return now


def counts(kept: BudgetImport) -> dict[str, int]:
    """How many lines taking over added, changed, removed and put back."""
    return {what.value: sum(row["what"] == what.value for row in kept.rows) for what in What}


def _write(change: Change, edits: Iterable[Edit]) -> list[Kept]:
    """Every edit, kind by kind; what was done to each line."""
    by_kind: dict[What, list[Edit]] = {what: [] for what in What}
    for edit in edits:
        by_kind[edit.change.what].append(edit)
    lines, aims = _lines(change.bid), _aims(change.bid)
    kept = _change(change, by_kind[What.CHANGED], lines, aims)
    back = [lines[edit.change.key] for edit in by_kind[What.PUT_BACK]]
    many.restore_lines(change, back)
    kept += _change(change, by_kind[What.PUT_BACK], lines, aims)
    gone = [lines[edit.change.key] for edit in by_kind[What.REMOVED]]
    many.remove_lines(change, gone)
    fresh = [BudgetLine(key=edit.line.key, **_columns(edit.changes, aims)) for edit in by_kind[What.ADDED] if edit.line]
    many.add_lines(change, fresh)
    kept += [_kept(What.REMOVED, line) for line in gone]
    return kept + [_kept(What.ADDED, line) for line in fresh]


def _change(change: Change, edits: list[Edit], lines: Mapping[str, BudgetLine], aims: Aims) -> list[Kept]:
    written = [(edit, lines[edit.change.key], _columns(edit.changes, aims)) for edit in edits]
    before = [{name: plain(getattr(line, name)) for name in columns} for _, line, columns in written]
    many.save_lines(change, [(line, columns) for _, line, columns in written])
    return [_kept(edit.change.what, line, was) for (edit, line, _), was in zip(written, before, strict=True)]


def _kept(what: What, line: BudgetLine, before: Mapping[str, Any] | None = None) -> Kept:
    return {"what": what.value, "key": line.key, "version": line.version, "before": before}


def take_back(kept: BudgetImport, *, by: User) -> list[str]:
    """Give every line back what it had; the keys of those that stay as they are.

    They were changed again since, or what they named before is no longer there.
    """
    with changing(kept.bid, by=by) as change:
        now = BudgetImport.objects.get(pk=kept.pk)
        if now.taken_at is None or now.undone_at is not None:
            return []
        lines, aims = _lines(change.bid), _aims(change.bid)
        rows = [(row, lines[row["key"]]) for row in now.rows]
        untouched = [(row, line) for row, line in rows if line.version == row["version"] and _still_fits(row, aims)]
        given_back = {line.key for _, line in untouched}
        _insist(untouched, asking(access.standing(by, change.bid), change.bid))
        _give_back(change, untouched, aims)
        now.undone_at = clock.now()
        now.save(update_fields=["undone_at"])
        change.tell("budget_import_taken_back", about="budget", after={"title": now.name})
        return [line.key for _, line in rows if line.key not in given_back]


def _still_fits(row: Kept, aims: Aims) -> bool:
    """Whether every partner, site and package a line named before is still there."""
    before = row["before"] or {}
    return all(before[name] in rows for name, rows in aims.items() if before.get(name))


def _give_back(change: Change, rows: list[tuple[Kept, BudgetLine]], aims: Aims) -> None:
    of: dict[str, list[tuple[Kept, BudgetLine]]] = {what.value: [] for what in What}
    for row, line in rows:
        of[row["what"]].append((row, line))
    changed = of[What.CHANGED.value] + of[What.PUT_BACK.value]
    many.save_lines(change, [(line, _columns(_typed(row["before"]), aims)) for row, line in changed])
    many.restore_lines(change, [line for _, line in of[What.REMOVED.value]])
    many.remove_lines(change, [line for _, line in of[What.ADDED.value] + of[What.PUT_BACK.value]])


def _insist(rows: Iterable[tuple[Kept, BudgetLine]], may: May) -> None:
    """Refuse unless every one of these lines is this person's to write, as it stands and as it will be."""
    for row, line in rows:
        bears = line.partner.key if line.partner else None
        for partner in dict.fromkeys((bears, (row["before"] or {}).get("partner", bears))):
            reason = may(partner, line.key)
            if reason is not None:
                raise access.Refused(Decision(False, "role", reason))


def _lines(bid: Bid) -> dict[str, BudgetLine]:
    """Every line the bid ever had, by key."""
    lines = BudgetLine.objects.filter(bid=bid).select_related("partner", "site", "work_package")
    return {line.key: line for line in lines}


def _aims(bid: Bid) -> Aims:
    """What lines may point at, by column and key."""
    rows: dict[str, Iterable[Any]] = {
        "partner": bid.partners.all(), "site": bid.sites.all(), "work_package": bid.work_packages.all(),
    }  # fmt: skip
    return {name: {row.key: row for row in found} for name, found in rows.items()}


def _columns(facts: Mapping[str, Any], aims: Aims) -> dict[str, Any]:
    """Facts as columns: keys become the rows they name."""
    return {name: aims[name].get(fact) if name in aims and fact else fact for name, fact in facts.items()}


def _typed(before: Mapping[str, Any]) -> dict[str, Any]:
    """Columns as they were kept, in the form the table gives them back; pointers stay keys."""
    columns: dict[str, Callable[[Any], Any]] = {
        column.name: column.to_python for column in BudgetLine._meta.fields if not column.is_relation
    }
    return {name: columns[name](value) if name in columns else value for name, value in before.items()}

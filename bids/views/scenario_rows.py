"""The rows that adopting a scenario writes, or taking it back gives back, as people read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bids import wording
from bids.actions.adoptions import INSIDE, Kept, kept_columns
from bids.forms.formula import FORMULAS, label_of
from bids.models import Bid, BudgetLine, Site
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import Difference

MODELS: dict[str, Any] = {"bid": Bid, "sites": Site, "budget": BudgetLine}


@dataclass(frozen=True)
class Moved:
    """One figure of a row, in words, before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class RowWords:
    """A row: what it is called, what moves in it, or that it goes (or comes back)."""

    place: str
    title: str
    moved: tuple[Moved, ...]
    is_gone: bool = False


def rows_of(rows: Iterable[Difference]) -> list[RowWords]:
    """What adopting would write."""
    return [_row(row.place, row.name, *kept_columns(row), is_gone=row.is_gone) for row in rows]


def rows_back(rows: Iterable[Kept]) -> list[RowWords]:
    """What taking an adoption back would give each row."""
    return [_row(row["place"], row["name"], row["after"], row["before"], is_gone=row["is_gone"]) for row in rows]


def title_of(place: str, name: str) -> str:
    """`L001 Accelerated nodes`, `Green Energy Park`, `The bid itself`."""
    section, _slash, key = place.partition("/")
    if section == "bid":
        return _("The bid itself")
    return f"{key} {name}".strip() if section == "budget" else name or key


def _row(place: str, name: str, before: Kept, after: Kept, *, is_gone: bool) -> RowWords:
    model = MODELS[place.partition("/")[0]]
    moved = () if is_gone else tuple(_moved(model, before, after))
    return RowWords(place, title_of(place, name), moved, is_gone)


def _moved(model: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Moved]:
    for name, was in before.items():
        now = after[name]
        if was == now:
            continue
        if name in INSIDE:
            yield from _entries(INSIDE[name].model, was, now)
        elif name == "pricing":
            yield from _formula(was, now)
        else:
            column = model._meta.get_field(name)
            yield Moved(capfirst(column.verbose_name), _shown(column, was), _shown(column, now))


def _formula(before: Any, after: Any) -> Iterator[Moved]:
    """Figures of one formula; or that there was none, or is none any more."""
    if not before or not after:
        yield Moved(_("Formula"), _named(before), _named(after))
        return
    for name, was in before.items():
        if was != after[name]:
            yield Moved(capfirst(label_of(name)), _figure(was), _figure(after[name]))


def _named(pricing: Any) -> str:
    return str(FORMULAS[pricing["kind"]]) if pricing else wording.UNKNOWN


def _figure(value: Any) -> str:
    return wording.decimal(Decimal(value)) if isinstance(value, str) else str(value)


def _entries(model: Any, before: list[Any], after: list[Any]) -> Iterator[Moved]:
    """Machines and phases of a site, matched by key."""
    was, now = ({entry["key"]: entry for entry in entries} for entries in (before, after))
    for key in dict.fromkeys([*was, *now]):
        one, other = was.get(key), now.get(key)
        known: dict[str, Any] = one or other or {}
        title = known.get("name") or known.get("title") or key
        if one is None or other is None:
            there, gone = _("planned"), wording.UNKNOWN
            yield Moved(title, there if one else gone, there if other else gone)
            continue
        for name, value in one.items():
            if value != other[name]:
                column = model._meta.get_field(name)
                label = _("%(name)s: %(column)s") % {"name": title, "column": column.verbose_name}
                yield Moved(label, _shown(column, value), _shown(column, other[name]))


def _shown(column: Any, value: Any) -> str:
    typed = column.to_python(value)
    if isinstance(typed, Decimal) and column.name.startswith("rate_"):
        return wording.percent(typed)
    return wording.euro(typed) if isinstance(typed, Euro) else wording.show(typed)

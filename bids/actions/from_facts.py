"""Rows from facts: what a bid file says, in the columns that keep it, or refused at its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import models

from bids import bidfile
from bids.models import Bid, Effort, Partner, StoredFile, WorkPackage
from bids.models.columns import DOCUMENTS, OF_THE_BID, RATES, TABLES, Table
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Problem, Sentence, gettext_noop, sentence

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 500  # rows per INSERT; SQLite takes fewer where they have many columns


class Rows:
    """Turns the lists of a bid file into rows that aren't stored yet, and knows the id of each row that is."""

    def __init__(self, bid: Bid, files: dict[str, StoredFile], by: User | None) -> None:
        self.bid = bid
        self.files = files
        self.by = by
        self.ids: dict[type[models.Model], dict[str, int]] = {}

    def of(self, table: Table, facts: BidFacts) -> list[Any]:
        """The rows of one list, pointing at rows that are stored already."""
        return [self._row(table, *entry) for entry in self._entries(table, facts)]

    def remember(self, table: Table, rows: Iterable[Any]) -> None:
        """These rows are stored: others may point at them."""
        if table.owner == "bid":
            self.ids[table.model] = {row.key: row.pk for row in rows}

    def _entries(self, table: Table, facts: BidFacts) -> Iterator[tuple[int, int, str, Any]]:
        """Row id of the owner, position, path in the file, and the facts, entry by entry."""
        if table.owner == "bid":
            for position, entry in enumerate(getattr(facts, table.name)):
                yield self.bid.pk, position, f"$.{table.name}[{position}]", entry
            return
        section = next(outer.name for outer in TABLES if outer.model is table.owner_model)
        for place, owner in enumerate(getattr(facts, section)):
            for position, entry in enumerate(getattr(owner, table.name)):
                path = f"$.{section}[{place}].{table.name}[{position}]"
                yield self.ids[table.owner_model][owner.key], position, path, entry

    def _row(self, table: Table, owner: int, position: int, path: str, entry: Any) -> Any:
        columns: dict[str, Any] = {f"{table.owner}_id": owner, "position": position}
        for name in table.names:
            fact = getattr(entry, name)
            if name in table.lists:
                columns[name] = [self.aim(table.lists[name], key, f"{path}.{name}") for key in fact]
            elif name not in table.pointers:
                columns[name] = plain(fact)
            elif table.pointers[name] is not table.model:  # its own table is written afterwards
                columns[f"{name}_id"] = self.aim(table.pointers[name], fact, f"{path}.{name}")
        if table is DOCUMENTS:
            columns |= {"file": self.files.get(entry.sha256), "uploaded_by": self.by}
        row = table.model(**columns)
        check(row, path, [table.owner, *table.pointers, "file", "uploaded_by", "removed_by"])
        return row

    def aim(self, model: type[models.Model], key: str | None, path: str) -> int | None:
        """The row a key points at."""
        if not key:
            return None
        if key not in self.ids[model]:
            refuse(path, sentence(gettext_noop("%(key)s is not in this bid."), key=key))
        return self.ids[model][key]

    def write_affiliations(self, facts: BidFacts) -> None:
        """Partners point at partners, so this waits until all of them are stored."""
        standing = dict(Partner.objects.filter(bid=self.bid).values_list("key", "affiliated_to"))
        for position, partner in enumerate(facts.partners):
            aim = self.aim(Partner, partner.affiliated_to, f"$.partners[{position}].affiliated_to")
            if aim != standing[partner.key]:
                Partner.objects.filter(pk=self.ids[Partner][partner.key]).update(affiliated_to=aim)

    def write_effort(self, facts: BidFacts) -> None:
        """The person-months of every package, in the order of the file."""
        rows: list[Effort] = []
        for place, package in enumerate(facts.work_packages):
            owner = self.ids[WorkPackage][package.key]
            for position, (key, months) in enumerate(package.effort.items()):
                partner: Any = self.aim(Partner, key, f"$.work_packages[{place}].effort")
                rows.append(Effort(work_package_id=owner, partner_id=partner, months=months, position=position))
        Effort.objects.bulk_create(rows, batch_size=BATCH)


def of_the_bid(facts: BidFacts) -> dict[str, Any]:
    """The columns of the bid's own row, but for its call."""
    columns = {name: plain(getattr(facts, name)) for name in OF_THE_BID}
    return columns | {f"rate_{rate}": getattr(facts.rates, rate) for rate in RATES}


def plain(fact: Any) -> Any:
    return list(fact) if isinstance(fact, tuple) else fact


def check(row: models.Model, path: str, exclude: list[str]) -> None:
    """Refuse what the columns can't hold, at its place in the file; nothing is ever cut."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        refuse(f"{path}.{name}", Sentence(str(words[0])))


def refuse(path: str, reason: Sentence) -> NoReturn:
    raise bidfile.Unreadable((Problem(path, reason),))

"""Whole bids in and out: a bid file becomes rows in one transaction, and rows become the same file again."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts import clock
from accounts.models import Organisation
from bids import bidfile, snapshot
from bids.actions.calls import dates_of
from bids.actions.changing import refresh_totals
from bids.actions.records import record
from bids.models import Bid, BidRole, Call, Effort, Partner, StoredFile, WorkPackage
from bids.models.columns import DOCUMENTS, OF_THE_BID, RATES, TABLES, Table
from bids.rulebook.facts import BidFacts
from bids.rulebook.text import Problem, Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import PartnerRole, Role

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 500  # rows per INSERT; SQLite allows 32,766 values in one statement


def export_bid(bid: Bid) -> dict[str, Any]:
    """The bid file of a stored bid."""
    return bidfile.as_dict(snapshot.take(bid))


@transaction.atomic
def import_bid(facts: BidFacts, *, by: User | None, files: Collection[StoredFile] = (), is_demo: bool = False) -> Bid:
    """Store a bid that was read from a file; `by` becomes its coordinator.

    A file without a reference is given one. Documents are tied to stored bytes only where these are
    among `files`: knowing a digest is no right to read what it stands for. Raises
    `bidfile.Unreadable` where something can't be stored, and then nothing is.
    """
    bid = _new_bid(facts, by, is_demo)
    _Import(bid, {file.sha256: file for file in files}, by).write(facts)
    _tie_organisations(bid)
    _add_up(bid, facts)
    if by is not None:
        BidRole.objects.create(bid=bid, user=by, role=Role.COORDINATOR, partner=_partner_of(by, bid), given_by=by)
    record(bid, "bid_imported", by=by, after={"sha256": snapshot.digest(snapshot.canonical(facts))})
    return bid


def _new_bid(facts: BidFacts, by: User | None, is_demo: bool) -> Bid:
    """The bid's own row, under the version of its call that is in force."""
    call = Call.objects.filter(reference=facts.call).first()
    if call is None:
        _refuse("$.call", sentence(gettext_noop("There is no call %(call)s here. Load it first."), call=facts.call))
    reference = facts.reference or f"BID-{secrets.token_hex(4).upper()}"
    cutoff, desk_closes = dates_of(call, clock.now())
    bid = Bid(
        call_version=call.version_in_force(), created_by=by, is_demo=is_demo, cutoff=cutoff, desk_closes=desk_closes,
        **{name: _plain(getattr(facts, name)) for name in OF_THE_BID} | {"reference": reference},
        **{f"rate_{rate}": getattr(facts.rates, rate) for rate in RATES},
    )  # fmt: skip
    _check(bid, "$", ["call_version", "created_by"])
    try:
        with transaction.atomic():
            bid.save(force_insert=True)
    except IntegrityError:
        taken = gettext_noop("There is already a bid %(reference)s. Give this one another reference.")
        _refuse("$.reference", sentence(taken, reference=reference))
    return bid


class _Import:
    """Writes the lists of a bid file, each in a few statements, however long it is."""

    def __init__(self, bid: Bid, files: dict[str, StoredFile], by: User | None) -> None:
        self.bid = bid
        self.files = files
        self.by = by
        self.ids: dict[type[models.Model], dict[str, int]] = {}

    def write(self, facts: BidFacts) -> None:
        for table in TABLES:
            rows = [self._row(table, *entry) for entry in self._entries(table, facts)]
            table.model._default_manager.bulk_create(rows, batch_size=BATCH)
            if table.owner == "bid":
                self.ids[table.model] = {row.key: row.pk for row in rows}
        self._write_affiliations(facts)
        self._write_effort(facts)

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
                columns[name] = [self._aim(table.lists[name], key, f"{path}.{name}") for key in fact]
            elif name not in table.pointers:
                columns[name] = _plain(fact)
            elif table.pointers[name] is not table.model:  # its own table is written afterwards
                columns[f"{name}_id"] = self._aim(table.pointers[name], fact, f"{path}.{name}")
        if table is DOCUMENTS:
            columns |= {"file": self.files.get(entry.sha256), "uploaded_by": self.by}
        row = table.model(**columns)
        _check(row, path, [table.owner, *table.pointers, "file", "uploaded_by", "removed_by"])
        return row

    def _aim(self, model: type[models.Model], key: str | None, path: str) -> int | None:
        """The row a key points at."""
        if not key:
            return None
        if key not in self.ids[model]:
            _refuse(path, sentence(gettext_noop("%(key)s is not in this bid."), key=key))
        return self.ids[model][key]

    def _write_affiliations(self, facts: BidFacts) -> None:
        for position, partner in enumerate(facts.partners):
            if partner.affiliated_to:
                aim = self._aim(Partner, partner.affiliated_to, f"$.partners[{position}].affiliated_to")
                Partner.objects.filter(pk=self.ids[Partner][partner.key]).update(affiliated_to=aim)

    def _write_effort(self, facts: BidFacts) -> None:
        rows: list[Effort] = []
        for place, package in enumerate(facts.work_packages):
            owner = self.ids[WorkPackage][package.key]
            for position, (key, months) in enumerate(package.effort.items()):
                partner: Any = self._aim(Partner, key, f"$.work_packages[{place}].effort")
                rows.append(Effort(work_package_id=owner, partner_id=partner, months=months, position=position))
        Effort.objects.bulk_create(rows, batch_size=BATCH)


def _add_up(bid: Bid, facts: BidFacts) -> None:
    """The totals that lists show."""
    try:
        refresh_totals(bid, facts)
    except ValidationError as error:
        _refuse("$.budget", Sentence(error.messages[0]))
    bid.save(update_fields=["total", "eu"])


def _tie_organisations(bid: Bid) -> None:
    """Tie partners to the organisations people belong to, by number, else by legal name."""
    partners = list(bid.partners.all())
    pics = {partner.pic for partner in partners} - {None, ""}
    numbers = {partner.enterprise_number for partner in partners} - {None, ""}
    named = Q(name__in={partner.name for partner in partners})
    known = Organisation.objects.filter(Q(enterprise_number__in=numbers) | Q(pic__in=pics) | named)
    by_word = {word: found for found in known for word in (found.name, found.pic, found.enterprise_number) if word}
    for partner in partners:
        words = (partner.enterprise_number, partner.pic, partner.name)
        partner.organisation = next((by_word[word] for word in words if word in by_word), None)
    Partner.objects.bulk_update(partners, ["organisation"], batch_size=BATCH)


def _partner_of(user: User, bid: Bid) -> Partner | None:
    """The partner a person belongs to, the coordinating one first."""
    own = bid.partners.filter(organisation__memberships__user=user).distinct()
    return min(own, key=lambda partner: partner.role != PartnerRole.COORDINATOR, default=None)


def _plain(fact: Any) -> Any:
    return list(fact) if isinstance(fact, tuple) else fact


def _check(row: models.Model, path: str, exclude: list[str]) -> None:
    """Refuse what the columns can't hold, at its place in the file; nothing is ever cut."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        _refuse(f"{path}.{name}", Sentence(str(words[0]).replace("%", "%%")))


def _refuse(path: str, reason: Sentence) -> NoReturn:
    raise bidfile.Unreadable((Problem(path, reason),))

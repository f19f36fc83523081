"""A bid as one frozen picture: rows to facts, facts to canonical JSON, JSON to a digest, and back."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import models, transaction

from bids import bidfile, callfile
from bids.models import Bid, CallVersion, Effort, Partner, WorkPackage
from bids.models.columns import BUDGET, COMMITMENTS, OF_THE_BID, PARTNERS, RATES, SITES, TABLES, WORK_PACKAGES, Table
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, RatesFacts

GLANCES = 3  # attempts without a lock: a picture is only torn while somebody saves
COSTS = (PARTNERS, BUDGET)
MONEY = (PARTNERS, SITES, WORK_PACKAGES, BUDGET, COMMITMENTS)

# Row ids to keys, by table; and what stands inside a row, by table and row id.
_Keys = dict[type[models.Model], dict[int, str]]
_Inside = dict[tuple[type[models.Model], int], dict[str, Any]]

_calls: dict[str, CallFacts] = {}  # by digest: a version of a call never changes


def take(bid: Bid) -> BidFacts:
    """The whole bid as it stands, in 17 queries at any size (twice that where somebody saved meanwhile).

    Every change of content raises the revision, so a picture between two equal revisions is whole.
    """
    return _whole(bid, TABLES, with_effort=True)


def money_of(bid: Bid) -> BidFacts:
    """Only what amounts depend on (without phases, machines, tasks, effort, texts): 6 queries."""
    return _whole(bid, MONEY, with_effort=False)


def costs_of(bid: Bid) -> BidFacts:
    """Only who pays for what (without sites, packages, commitments, texts): 3 queries."""
    return _whole(bid, COSTS, with_effort=False)


def call_of(bid: Bid) -> CallFacts:
    """The call as it was when the bid was started, or last moved to a newer version."""
    return facts_of(bid.call_version)


def facts_of(version: CallVersion) -> CallFacts:
    """One version of a call, as the rules read it."""
    if version.digest not in _calls:
        _calls[version.digest] = callfile.read(version.data)
    return _calls[version.digest]


def calls_in_force() -> dict[str, CallFacts]:
    """Every call by id, under the version that a bid started today gets: what a bid file is read against."""
    versions = CallVersion.objects.select_related("call").order_by("call", "number")
    newest = {version.call.reference: version for version in versions}
    return {reference: facts_of(version) for reference, version in newest.items()}


def canonical(facts: BidFacts) -> str:
    """The one text of these facts: the bid file with sorted keys and no space between."""
    return bidfile.canonical(facts)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def read(text: str) -> BidFacts:
    """The facts of a canonical text."""
    return bidfile.read(text)


def partner_digest(facts: BidFacts, key: str) -> str:
    """What a partner's confirmation is bound to: its card and its lines, in whatever order."""
    card = tuple(partner for partner in facts.partners if partner.key == key)
    lines = sorted((line for line in facts.budget if line.partner == key), key=lambda line: line.key)
    return digest(canonical(BidFacts(call="", title="", partners=card, budget=tuple(lines))))


def _whole(bid: Bid, tables: tuple[Table, ...], *, with_effort: bool) -> BidFacts:
    revision = bid.revision
    for _ in range(GLANCES):
        facts, seen = _glance(bid.pk, tables, with_effort)
        if seen == revision:
            return facts
        revision = seen
    with transaction.atomic():  # people save faster than we look: make them wait for once
        Bid.objects.locked().get(pk=bid.pk)
        return _glance(bid.pk, tables, with_effort)[0]


def _glance(pk: int, tables: tuple[Table, ...], with_effort: bool) -> tuple[BidFacts, int]:
    """The lists first, the bid's own row last: its revision tells whether anything moved meanwhile."""
    rows = {table: _rows(table, pk) for table in tables}
    keys = {table.model: {row[0]: row[2] for row in rows[table]} for table in tables}
    inside: _Inside = defaultdict(dict)
    if with_effort:
        _add_effort(inside, pk, keys[Partner])
    for table in sorted(tables, key=lambda table: table.owner == "bid"):  # what stands inside others comes first
        _add_entries(inside, table, rows[table], keys)
    bid = Bid.objects.with_call().get(pk=pk)
    return _of_the_row(bid, inside[Bid, pk]), bid.revision


def _rows(table: Table, pk: int) -> list[tuple[Any, ...]]:
    """Row id, id of the owner, and the columns of the facts, the key first."""
    rows = table.model._default_manager.filter(**{table.to_bid: pk}, **table.kept)
    return list(rows.order_by("position", "pk").values_list("pk", f"{table.owner}_id", *table.names))


def _add_effort(inside: _Inside, pk: int, partners: dict[int, str]) -> None:
    efforts = Effort.objects.filter(work_package__bid=pk).order_by("position", "pk")
    for package, partner, months in efforts.values_list("work_package_id", "partner_id", "months"):
        if partner in partners:
            inside[WorkPackage, package].setdefault("effort", {})[partners[partner]] = months


def _add_entries(inside: _Inside, table: Table, rows: list[tuple[Any, ...]], keys: _Keys) -> None:
    """The facts of each row, put into the list of its owner."""
    if not rows:
        return
    pks, owners, *columns = zip(*rows, strict=True)
    given: dict[str, Iterable[Any]] = dict(zip(table.names, columns, strict=True))
    for name, model in table.pointers.items():  # column by column: a budget has thousands of rows
        aims, empty = keys.get(model, {}), table.empty[name]
        given[name] = [aims.get(aim, empty) for aim in given[name]]
    for name, model in table.lists.items():
        given[name] = [[keys[model][row] for row in listed if row in keys[model]] for listed in given[name]]
    for name in table.sequences:
        given[name] = map(tuple, given[name])
    entries = defaultdict(list)
    for pk, owner, *values in zip(pks, owners, *given.values(), strict=True):
        more = inside.get((table.model, pk), {})
        entries[owner].append(table.facts(**dict(zip(table.names, values, strict=True)), **more))
    for owner, found in entries.items():
        inside[table.owner_model, owner][table.name] = tuple(found)


def _of_the_row(bid: Bid, lists: dict[str, Any]) -> BidFacts:
    row = {name: getattr(bid, name) for name in OF_THE_BID}
    row["keywords"] = tuple(row["keywords"])
    rates = RatesFacts(**{rate: getattr(bid, f"rate_{rate}") for rate in RATES})
    return BidFacts(call=bid.call.reference, rates=rates, **row, **lists)

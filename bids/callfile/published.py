"""Published bids, grants and machines: what others announced, to compare with on screen."""

from __future__ import annotations

from typing import Any

from bids.callfile.call import Unreadable
from bids.callfile.requirements import country
from bids.callfile.table import Reading, Table, keys, mark
from bids.callfile.values import day, decimal, each, euro, flag, identifier, one_of, text, whole, word
from bids.rulebook.benchmarks import Published, PublishedAmounts, PublishedBid, PublishedMachine
from bids.rulebook.call import Source
from bids.rulebook.vocabulary import Instrument

AMOUNTS = ("total", "eu", "national", "regional", "eu_share")


def read_published(tables: dict[str, Any]) -> Published:
    """The published figures, each with its mark; all that is wrong at once."""
    reading = Reading()
    with Table(tables, "$", "", reading) as root:
        published = Published(
            bids=tuple(_bid(entry) for entry in root.tables("bids", by="id")),
            machines=tuple(_machine(entry) for entry in root.tables("machines", by="name")),
        )
    if reading.problems:
        raise Unreadable(tuple(reading.problems))
    return published


def established_factories(tables: dict[str, Any]) -> tuple[str, ...]:
    """The AI factories that were selected: those an antenna may link to."""
    return tuple(
        bid.id
        for bid in read_published(tables).bids
        if bid.instrument is Instrument.AI_FACTORY and bid.outcome == "selected"
    )


def _bid(table: Table) -> PublishedBid:
    with table:
        return PublishedBid(
            id=table.must("id", identifier, ""),
            name=table.must("name", text, ""),
            instrument=table.must("instrument", word(Instrument), Instrument.GENERIC),
            countries=table.must("countries", each(country), ()),
            outcome=table.must("outcome", one_of("selected", "not_selected"), ""),
            wave=table.get("wave", whole, None),
            announced=table.get("announced", day, None),
            decided=table.get("decided", day, None),
            host=table.get("host", text, ""),
            sites=table.get("sites", each(text), ()),
            partners=table.get("partners", whole, None),
            linked=table.get("linked", each(identifier), ()),
            starts_on=table.get("starts_on", day, None),
            ends_on=table.get("ends_on", day, None),
            amounts=tuple(_amounts(entry) for entry in table.tables("entries")),
            source=_source(table),
        )


def _amounts(table: Table) -> PublishedAmounts:
    with table:
        return PublishedAmounts(
            kind=table.must("kind", one_of("contract", "grant", "programme", "tender"), ""),
            total=table.get("total", euro, None),
            eu=table.get("eu", euro, None),
            national=table.get("national", euro, None),
            regional=table.get("regional", euro, None),
            eu_share=table.get("eu_share", decimal, None),
            accelerators=table.get("accelerators", whole, None),
            rounded=table.get("rounded", flag, False),
            inferred=table.get("inferred", each(one_of(*AMOUNTS)), ()),
            machine=table.get("machine", text, ""),
            call=table.get("call", identifier, ""),
            cordis=table.get("cordis", identifier, ""),
            signed_on=table.get("signed_on", day, None),
            starts_on=table.get("starts_on", day, None),
            ends_on=table.get("ends_on", day, None),
            source=_source(table),
        )


def _machine(table: Table) -> PublishedMachine:
    with table:
        return PublishedMachine(
            name=table.must("name", text, ""),
            country=table.must("country", country, ""),
            total=table.get("total", euro, None),
            eu=table.get("eu", euro, None),
            national=table.get("national", euro, None),
            eu_rate=table.get("eu_rate", decimal, None),
            eu_cap=table.get("eu_cap", euro, None),
            source=_source(table),
        )


def _source(table: Table) -> Source:
    """Mark and key stand beside the figure; published figures are never cited as law."""
    return Source(
        mark=table.must("mark", mark, ""),
        key=table.get("source", keys, ""),
        note=table.get("note", text, ""),
    )

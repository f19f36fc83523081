"""The story of an assessment: lines, then partners, then streams, then who pays the rest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import views
from bids.rulebook.funding.access import access_of
from bids.rulebook.funding.assessment import (
    Assessment,
    CapexShare,
    EntityShare,
    GrantShare,
    LineShare,
    MachineShare,
    StreamShare,
)
from bids.rulebook.funding.capex import capex_share, capex_steps
from bids.rulebook.funding.commitments import cover, cover_steps, expiry_steps
from bids.rulebook.funding.eligibility import Standing
from bids.rulebook.funding.grant_steps import grant_steps
from bids.rulebook.funding.in_kind import beside_steps
from bids.rulebook.funding.ledger import Entry, counting, open_ledger, pots
from bids.rulebook.funding.line_steps import ledger_steps
from bids.rulebook.funding.machine import access_share, machine_share, machine_steps
from bids.rulebook.funding.partners import partner_shares
from bids.rulebook.funding.share import entity_shares, grant_share
from bids.rulebook.funding.trace import Step
from bids.rulebook.money import Euro, ratio
from bids.rulebook.vocabulary import Stream

# Raised whenever an amount may come out differently; stored with each snapshot, so that it can be recomputed.
ENGINE_VERSION = "1"


def assess(facts: BidFacts, call: CallFacts, *, on: date | None = None) -> Assessment:
    """The funding of a bid under a call, every view of it to the same cent.

    `on` is the day on which commitments must still be valid; without it none has expired.
    """
    schemes = {scheme.stream: scheme for scheme in call.streams}
    entries = open_ledger(facts, call)
    entities = entity_shares(pots(entries), schemes, {partner.key: partner for partner in facts.partners})
    streams = _streams(facts, call, entries, entities)
    total, eu = Euro(sum(entry.total for entry in entries)), Euro.total(share.eu for share in streams.values())
    elsewhere = Euro(sum(entry.total for entry in entries if entry.standing is Standing.ELSEWHERE))
    found = cover(facts.commitments, total - eu - elsewhere, on)
    partners = partner_shares(entries, entities, facts.partners, schemes)
    union_share = access_share(streams.get(Stream.MACHINE))
    return Assessment(
        call=call.id,
        rule_set=call.rule_set,
        total=total,
        eligible=Euro.total(share.total for share in streams.values()),
        eu=eu,
        national=found.national,
        other=found.other,
        elsewhere=elsewhere,
        eu_share=ratio(eu, total),
        committed=found.committed,
        signed=found.signed,
        uncovered=found.uncovered,
        union_access_share=union_share,
        streams=streams,
        partners=partners,
        sites=views.by_site(entries, (site.key for site in facts.sites)),
        categories=views.by_category(entries),
        years=views.by_year(entries),
        work_packages=views.by_work_package(entries, (package.key for package in facts.work_packages)),
        lines={entry.line.key: _line(entry) for entry in entries},
        trace=(
            *_steps(facts, call, entries, entities, streams, on),
            *cover_steps(found, total, eu, elsewhere),
            *beside_steps(facts.partners, partners),
        ),
        entities=entities,
        access=access_of(facts, union_share),
    )


def _steps(
    facts: BidFacts,
    call: CallFacts,
    entries: Sequence[Entry],
    entities: Sequence[EntityShare],
    streams: dict[str, StreamShare],
    on: date | None,
) -> Iterator[Step]:
    """Why the Union pays what it pays, and which signatures no longer count."""
    yield from ledger_steps(entries)
    yield from _stream_steps(facts, call, streams, entities)
    yield from expiry_steps(facts.commitments, on)


def _streams(
    facts: BidFacts, call: CallFacts, entries: Sequence[Entry], entities: Sequence[EntityShare]
) -> dict[str, StreamShare]:
    """Every stream of the call; an optional one only where the bid uses it."""
    used = {entry.line.stream for entry in entries}
    return {
        scheme.stream.value: _stream(scheme, facts, entries, entities)
        for scheme in call.streams
        if scheme.stream in used or not scheme.optional
    }


def _stream(
    scheme: StreamScheme, facts: BidFacts, entries: Sequence[Entry], entities: Sequence[EntityShare]
) -> StreamShare:
    if scheme.stream is Stream.MACHINE:
        return machine_share(scheme, facts.rates, counting(entries, scheme.stream))
    if scheme.stream is Stream.CAPEX:
        return capex_share(scheme, counting(entries, scheme.stream))
    return grant_share(scheme, entities)


def _stream_steps(
    facts: BidFacts, call: CallFacts, streams: dict[str, StreamShare], entities: Sequence[EntityShare]
) -> Iterator[Step]:
    """Stream by stream, in the order of the call."""
    partners = {partner.key: partner for partner in facts.partners}
    for scheme in call.streams:
        match streams.get(scheme.stream):
            case MachineShare() as share:
                yield from machine_steps(share, scheme, facts.rates)
            case CapexShare() as share if share.total:
                yield from capex_steps(share, scheme)
            case GrantShare() as share:
                yield from grant_steps(share, entities, scheme, partners)


def _line(entry: Entry) -> LineShare:
    return LineShare(
        key=entry.line.key,
        stream=entry.line.stream,
        amount=entry.priced.amount,
        indirect=Euro(entry.indirect),
        total=Euro(entry.total),
        eligible=entry.counts,
        eu=Euro(entry.eu),
        reason=entry.reason,
        problem=entry.priced.problem,
    )

"""The Union's part of the grant streams: per partner first, then the request, then the cap (F9, F13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding.allocation import spread_eu, spread_indirect
from bids.rulebook.funding.assessment import EntityShare, GrantShare
from bids.rulebook.funding.indirect import in_base, indirect_costs
from bids.rulebook.funding.ledger import Entry, Pot
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerKind, Stream

Schemes = Mapping[Stream, StreamScheme]
Partners = Mapping[str, PartnerFacts]


def entity_shares(pots: Mapping[Pot, list[Entry]], schemes: Schemes, partners: Partners) -> tuple[EntityShare, ...]:
    """F7 to F9 for every partner in every grant stream, and every line's part of it.

    The lines' indirect costs and Union money are written into the entries.
    """
    computed = [_computed(pot, entries, schemes, partners) for pot, entries in pots.items()]
    capped = _stop_at_caps(_ask_no_more(computed, partners), schemes)
    for entity in capped:
        spread_eu(pots[entity.stream, entity.partner], entity.eu.cents)
    return tuple(capped)


def rate_for(scheme: StreamScheme, kind: PartnerKind) -> Fraction:
    """The rate of a kind of participant; the stream's own where the call makes no exception."""
    return scheme.rates_by_kind.get(kind, scheme.rate or Fraction(0))


def _computed(pot: Pot, entries: Sequence[Entry], schemes: Schemes, partners: Partners) -> EntityShare:
    """Indirect costs, eligible costs, and the rate on them, rounded as the rule set says."""
    stream, key = pot
    scheme = schemes[stream]
    base = in_base(entries, scheme.cost_model)
    indirect_base = Euro(sum(entry.amount for entry in base))
    indirect = indirect_costs(indirect_base, scheme.cost_model)
    spread_indirect(base, indirect.cents)
    direct = Euro(sum(entry.amount for entry in entries))
    eligible = direct + indirect
    rate = rate_for(scheme, partners[key].kind)
    eu = eligible.times(rate, scheme.rounding)
    return EntityShare(stream, key, direct, indirect_base, indirect, eligible, rate, computed=eu, before_cap=eu, eu=eu)


def _ask_no_more(entities: Iterable[EntityShare], partners: Partners) -> list[EntityShare]:
    """A partner that requests less gets less, over its streams by what each computes (F14)."""
    asked: list[EntityShare] = []
    by_partner: dict[str, list[EntityShare]] = {}
    for entity in entities:
        by_partner.setdefault(entity.partner, []).append(entity)
    for key, own in by_partner.items():
        requested = partners[key].requested_eu
        if requested is None or requested >= Euro.total(entity.computed for entity in own):
            asked += own
            continue
        parts = requested.split([entity.computed.cents for entity in own], [entity.stream for entity in own])
        asked += [replace(entity, before_cap=part, eu=part) for entity, part in zip(own, parts, strict=True)]
    return asked


def _stop_at_caps(entities: Iterable[EntityShare], schemes: Schemes) -> list[EntityShare]:
    """The cap of a stream is shared over its partners by their uncapped parts (F13, F14)."""
    stopped: list[EntityShare] = []
    by_stream: dict[Stream, list[EntityShare]] = {}
    for entity in entities:
        by_stream.setdefault(entity.stream, []).append(entity)
    for stream, own in by_stream.items():
        cap = schemes[stream].eu_cap
        if cap is None or Euro.total(entity.before_cap for entity in own) <= cap:
            stopped += own
            continue
        parts = cap.split([entity.before_cap.cents for entity in own], [entity.partner for entity in own])
        stopped += [replace(entity, eu=part) for entity, part in zip(own, parts, strict=True)]
    return sorted(stopped, key=lambda entity: (entity.stream, entity.partner))


def grant_share(scheme: StreamScheme, entities: Iterable[EntityShare]) -> GrantShare:
    """A grant stream: the sum of its partners, half up each, and the cap of the call."""
    own = [entity for entity in entities if entity.stream is scheme.stream]
    before_cap = Euro.total(entity.before_cap for entity in own)
    return GrantShare(
        direct=Euro.total(entity.direct for entity in own),
        indirect_base=Euro.total(entity.indirect_base for entity in own),
        indirect=Euro.total(entity.indirect for entity in own),
        total=Euro.total(entity.eligible for entity in own),
        rate=scheme.rate,
        eu_before_cap=before_cap,
        cap=scheme.eu_cap,
        eu=Euro.total(entity.eu for entity in own),
        capped=scheme.eu_cap is not None and before_cap > scheme.eu_cap,
    )

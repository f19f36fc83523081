"""The same money seen by partner."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

from bids.rulebook.facts import PartnerFacts
from bids.rulebook.funding.assessment import EntityShare, PartnerShare
from bids.rulebook.funding.in_kind import in_kind, surplus
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.share import Schemes, rate_for
from bids.rulebook.funding.trace import MISSING
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import PartnerRole


def partner_shares(
    entries: Iterable[Entry], entities: Iterable[EntityShare], partners: Iterable[PartnerFacts], schemes: Schemes
) -> dict[str, PartnerShare]:
    """Every partner of the bid, in the order of the keys, and `"-"` for lines that name none."""
    totals: defaultdict[str, int] = defaultdict(int)
    machine: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        key = entry.line.partner or MISSING
        totals[key] += entry.total
        if entry.line.stream is not None and not entry.line.stream.is_grant:
            machine[key].append(entry)
    own: defaultdict[str, list[EntityShare]] = defaultdict(list)
    for entity in entities:
        own[entity.partner].append(entity)
    cards = {partner.key: partner for partner in partners}
    keys = sorted(cards.keys() | totals.keys(), key=lambda key: (key == MISSING, key))
    return {key: _share(own[key], machine[key], totals[key], cards.get(key), schemes) for key in keys}


def _share(
    entities: Sequence[EntityShare],
    machine: Sequence[Entry],
    total: int,
    card: PartnerFacts | None,
    schemes: Schemes,
) -> PartnerShare:
    eligible = Euro.total(entity.eligible for entity in entities)
    eu = Euro.total(entity.eu for entity in entities)
    return PartnerShare(
        direct=Euro.total(entity.direct for entity in entities),
        indirect=Euro.total(entity.indirect for entity in entities),
        eligible=eligible,
        rate=_rate(entities, card, schemes),
        eu=eu,
        national=eligible - eu,
        machine_total=Euro(sum(entry.total for entry in machine)),
        machine_eu=Euro(sum(entry.eu for entry in machine)),
        computed=Euro.total(entity.computed for entity in entities),
        total=Euro(total),
        in_kind=None if card is None else in_kind(card, eligible, eu),
        revenues=None if card is None else card.expected_revenues,
        surplus=None if card is None else surplus(card, eligible, eu),
    )


def _rate(entities: Sequence[EntityShare], card: PartnerFacts | None, schemes: Schemes) -> Fraction | None:
    """The one rate of a partner; None where its streams pay different ones, or none at all."""
    if card is None or card.role is PartnerRole.ASSOCIATED:
        return None
    rates = {entity.rate for entity in entities} or {
        rate_for(scheme, card.kind) for scheme in schemes.values() if scheme.stream.is_grant
    }
    return rates.pop() if len(rates) == 1 else None

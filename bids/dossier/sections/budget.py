"""The budget seen from every side; each view adds up to the same cent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.dossier.names import Labels, Names
from bids.dossier.sections.figures import by_partner, by_year
from bids.dossier.sections.form import form_tables
from bids.dossier.source import Source
from bids.rulebook.funding.assessment import CapexShare, GrantShare, MachineShare, PartnerShare, View
from bids.rulebook.funding.purchases import large_purchases
from bids.rulebook.money import Euro, ratio
from bids.rulebook.vocabulary import Category

SUBCONTRACTING = (Category.B,)
SUMMED = ("direct", "indirect", "eligible", "eu", "national", "machine_total", "machine_eu")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a view: what it is called, what it costs, the Union's part and its share."""

    name: str
    total: Euro
    eu: Euro

    @property
    def rest(self) -> Euro:
        return self.total - self.eu

    @property
    def share(self) -> Decimal | None:
        return ratio(self.eu, self.total)


def fill(source: Source) -> dict[str, Any]:
    names = Names(source.facts)
    found = source.assessment
    partners = _partners(source, names)
    schemes = {scheme.stream.value: scheme for scheme in source.call.streams}
    return {
        "streams": stream_rows(source),
        "machine": _only(found.streams, MachineShare),
        "grants": [
            (names.streams.get(key), share, schemes.get(key))
            for key, share in found.streams.items()
            if isinstance(share, GrantShare)
        ],
        "schemes": schemes,
        "capex": _only(found.streams, CapexShare),
        "in_grants": [(name, share) for name, share in partners if share.eligible or not share.machine_total],
        "outside_grants": [(name, share) for name, share in partners if share.machine_total],
        "sums": _sums(found.partners.values()),
        "sites": _rows(found.sites, names.places, [site.key for site in source.facts.sites]),
        "categories": _rows(found.categories, names.categories, list(Category)),
        "years": _rows(found.years, names.years),
        "packages": _rows(found.work_packages, names.packages),
        "subcontracts": [line for line in source.facts.budget if line.category in SUBCONTRACTING],
        "purchases": large_purchases(source.facts, source.call, found),
        "plots": [by_partner(source), by_year(source)],
        "numbered": form_tables(source),
        "amounts": {key: share.amount for key, share in found.lines.items()},
    }


def _sums(shares: Iterable[PartnerShare]) -> dict[str, Euro]:
    """All partners together; a rate has no sum."""
    known = list(shares)
    return {name: Euro.total(getattr(share, name) for share in known) for name in SUMMED}


def _partners(source: Source, names: Names) -> list[tuple[str, PartnerShare]]:
    shares = source.assessment.partners
    return [(names.buyers.get(key), shares[key]) for key in _in_order(shares, [p.key for p in source.facts.partners])]


def _rows(views: Mapping[str, View], labels: Labels, order: Sequence[str] = ()) -> list[Row]:
    return [Row(labels.get(key), views[key].total, views[key].eu) for key in _in_order(views, order)]


def _in_order(keys: Iterable[str], order: Sequence[str]) -> list[str]:
    """As the bid lists them; what it doesn't list comes last, in the order of the assessment."""
    place = {key: position for position, key in enumerate(order)}
    return sorted(keys, key=lambda key: place.get(key, len(place)))


def stream_rows(source: Source) -> list[Row]:
    names = Names(source.facts)
    return [Row(names.streams.get(key), share.total, share.eu) for key, share in source.assessment.streams.items()]


def _only(streams: Mapping[str, Any], kind: type) -> Any:
    return next((share for share in streams.values() if isinstance(share, kind)), None)

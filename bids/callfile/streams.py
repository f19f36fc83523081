"""How the Union pays each stream of a call, and by which cost model."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bids.callfile.table import Table
from bids.callfile.values import day, decimal, each, euro, flag, identifier, one_of, positive, share, text, whole, word
from bids.rulebook.call import CostModel, SmeOwnerUnit, Source, StreamScheme
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import PartnerKind, Stream


def stream_scheme(table: Table) -> StreamScheme:
    """One stream with its rates and caps; a grant takes its rate from the type of action."""
    with table, table.table("action") as action, table.table("cost_model") as model:
        stream = table.must("id", word(Stream), Stream.SERVICES)
        action.get("id", identifier, "")
        scheme = StreamScheme(
            stream=stream,
            cost_model=cost_model(model),
            optional=table.get("optional", flag, False),
            rate=action.sourced("rate", share, None),
            rates_by_kind=_rates_by_kind(action),
            rate_source=action.source_of("rate"),
            eu_cap=table.sourced("eu_cap", euro, None),
            cap_source=table.source_of("eu_cap"),
            duration_months=table.sourced("duration_months", whole, None),
            rate_acquisition_max=table.sourced("rate_acquisition_max", share, None),
            rate_operation_max=table.sourced("rate_operation_max", share, None),
            access_share_max=table.sourced("access_share_max", share, None),
            rate_max=table.sourced("rate_max", share, None),
            state_match_min_of_eu=table.sourced("state_match_min_of_eu", share, None),
            rounding=_rounding(table, action),
            source=table.source(),
        )
        _refuse_missing_rates(table, action, scheme)
    return scheme


def _rates_by_kind(action: Table) -> dict[str, Fraction]:
    with action.table("rates_by_kind") as rates:
        found = {kind.value: rates.sourced(kind.value, share, None) for kind in PartnerKind}
    return {kind: rate for kind, rate in found.items() if rate is not None}


def _rounding(table: Table, action: Table) -> Rounding:
    of_action = action.sourced("rounding", one_of(*Rounding), Rounding.HALF_UP)
    return Rounding(table.sourced("rounding", one_of(*Rounding), of_action))


def _refuse_missing_rates(table: Table, action: Table, scheme: StreamScheme) -> None:
    needed = {
        Stream.MACHINE: ("rate_acquisition_max", "rate_operation_max", "access_share_max"),
        Stream.CAPEX: ("rate_max",),
    }.get(scheme.stream, ("rate",))
    for name in needed:
        if table.entries.get(name) is None and action.entries.get(name) is None:
            template = gettext_noop("A stream %(stream)s needs %(name)s.")
            table.refuse(name, sentence(template, stream=scheme.stream.value, name=name))


def cost_model(table: Table) -> CostModel:
    """The categories of a stream and how indirect costs are added."""
    categories = table.must("categories", each(identifier), ())
    excluded = table.sourced_list("indirect_excluded", one_of(*categories), by="value")
    return CostModel(
        id=table.must("id", identifier, ""),
        label=table.must("label", text, ""),
        categories=categories,
        groups=_groups(table),
        indirect_rate=table.sourced("indirect_rate", share, Fraction(0)),
        indirect_excluded=excluded,
        indirect_source=_indirect_source(table, excluded),
        sme_owner_units=tuple(_sme_owner_unit(unit) for unit in table.tables("sme_owner_units")),
        sme_owner_days_per_month=table.sourced("sme_owner_days_per_month", positive, 18),
        country_coefficients=_coefficients(table),
        day_equivalents_per_year=table.sourced("day_equivalents_per_year", positive, 215),
        cfs_threshold=table.sourced("cfs_threshold", euro, None),
        third_party_cap=table.sourced("third_party_cap", euro, None),
        equipment_justification_ratio=table.sourced("equipment_justification_ratio", decimal, None),
        subcontracting_share_max=table.sourced("subcontracting_share_max", decimal, None),
        ownership_years_min=table.sourced("ownership_years_min", whole, None),
        equipment_default=table.get("equipment_default", identifier, ""),
        mutual_insurance_min=table.sourced("mutual_insurance_min", decimal, None),
        mutual_insurance_max=table.sourced("mutual_insurance_max", decimal, None),
        prefinancing_factor=table.sourced("prefinancing_factor", decimal, None),
        source=table.source(),
    )


def _groups(table: Table) -> dict[str, str]:
    """Category to group, from the file's group to categories."""
    with table.table("groups") as groups:
        named = {name: groups.get(name, each(identifier), ()) for name in ("acquisition", "operation")}
    return {category: name for name, categories in named.items() for category in categories}


def _indirect_source(table: Table, excluded: tuple[str, ...]) -> Source:
    """Where the indirect costs come from: the rate's source, unless an exclusion is less certain."""
    sources = [table.source_of("indirect_rate"), *(table.source_of(f"indirect_excluded/{name}") for name in excluded)]
    return next((source for source in sources if not source.is_certain), sources[0])


def _coefficients(table: Table) -> dict[str, Decimal]:
    with table.table("country_coefficients") as rows:
        found = {country: rows.sourced(country, decimal, None) for country in rows.entries}
    return {country: coefficient for country, coefficient in found.items() if coefficient is not None}


def _sme_owner_unit(table: Table) -> SmeOwnerUnit:
    with table:
        return SmeOwnerUnit(
            day=table.sourced("day", euro, Euro()),
            month=table.sourced("month", euro, Euro()),
            opens_from=table.get("opens_from", day, None),
            opens_before=table.get("opens_before", day, None),
        )

"""Bids and calls of every shape the facts allow, for properties that must hold for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import (
    BidFacts,
    CommitmentFacts,
    CostFact,
    DepreciationPricing,
    EnergyPricing,
    FullCostPricing,
    PartnerFacts,
    PersonMonthsPricing,
    PersonnelPricing,
    RatesFacts,
    SiteFacts,
    SmeOwnerPricing,
    WorkPackageFacts,
)
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import CommitmentStatus, PartnerKind, PartnerRole, PayerKind, Stream
from tests.rulebook.funding.calls import (
    CAPEX_STREAM,
    DIGITAL,
    GRANT_CATEGORIES,
    HORIZON,
    MACHINE_STREAM,
    OWNERSHIP,
    PLATFORM_STREAM,
    SERVICES_STREAM,
    call_with,
)

PARTNERS = ("a", "b", "c", "d")
AMOUNTS_OF_A_PARTNER = ("requested_eu", "state_money", "other_union_money", "expected_revenues")
CATEGORIES = (*GRANT_CATEGORIES, "E", "", "unheard_of")
CATEGORIES_OF = {
    Stream.MACHINE: (*OWNERSHIP.categories, "E", ""),
    Stream.CAPEX: ("buildings", "compute", "E", ""),
}

euros = st.integers(0, 10**4).map(Euro) | st.integers(0, 10**11).map(Euro)
rates = st.sampled_from(
    [Fraction(0), Fraction(7, 20), Fraction(1, 2), Fraction(7, 10), Fraction(333333, 10**6), Fraction(1)]
)
shares = st.integers(0, 100).map(lambda percent: Decimal(percent) / 100)


def decimals(most: int, places: int = 2) -> st.SearchStrategy[Decimal]:
    return st.integers(0, most * 10**places).map(lambda units: Decimal(units).scaleb(-places))


pricings = st.one_of(
    st.builds(PersonnelPricing, euros, decimals(215, 1), decimals(215, 1)),
    st.builds(PersonMonthsPricing, decimals(60), decimals(20000, 4)),
    st.builds(SmeOwnerPricing, decimals(200, 1), st.sampled_from(["BE", "FR"])),
    st.builds(DepreciationPricing, euros, st.integers(1, 60), st.integers(0, 70), shares),
    st.builds(FullCostPricing, euros, shares),
    st.builds(EnergyPricing, decimals(3000), decimals(2), shares, decimals(1, 4), decimals(5, 1)),
)


@st.composite
def lines(draw: st.DrawFn, key: str, *, plain: bool = False) -> CostFact:
    """One line; a plain one is eligible, belongs to a grant and states its amount."""
    if plain:
        category = draw(st.sampled_from(GRANT_CATEGORIES))
        partner = draw(st.sampled_from(PARTNERS))
        return CostFact(key, Stream.SERVICES, partner, category=category, amount=draw(euros))
    stream = draw(st.sampled_from([None, *Stream]))
    line = CostFact(
        key,
        stream,
        draw(st.sampled_from([None, *PARTNERS])),
        draw(st.sampled_from([None, "north", "south"])),
        draw(st.sampled_from([None, "wp1", "wp2"])),
        draw(st.sampled_from(CATEGORIES_OF.get(stream, CATEGORIES) if stream else CATEGORIES)),
        draw(st.sampled_from([None, 2026, 2027])),
        funded_elsewhere=draw(st.sampled_from([False, False, False, True])),
    )
    way = draw(st.sampled_from(["amount", "amount", "amount", "quantity", "pricing", "nothing", "both"]))
    if way in ("amount", "both"):
        line = replace(line, amount=draw(euros))
    if way == "quantity":
        line = replace(line, quantity=draw(decimals(100)), unit_cost=draw(decimals(10000, 4)))
    if way in ("pricing", "both"):
        line = replace(line, pricing=draw(pricings))
    return line


@st.composite
def partners(draw: st.DrawFn, *, plain: bool = False) -> tuple[PartnerFacts, ...]:
    cards = []
    for key in PARTNERS:
        role = PartnerRole.BENEFICIARY if plain else draw(st.sampled_from(PartnerRole))
        amounts = {} if plain else {name: draw(st.none() | euros) for name in AMOUNTS_OF_A_PARTNER}
        cards.append(PartnerFacts(key, kind=draw(st.sampled_from(PartnerKind)), role=role, **amounts))
    return tuple(cards)


commitments = st.lists(
    st.builds(
        CommitmentFacts,
        key=st.uuids().map(lambda each: str(each)[:8]),
        kind=st.sampled_from(PayerKind),
        amount=euros,
        status=st.sampled_from(CommitmentStatus),
        valid_until=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    max_size=6,
    unique_by=lambda each: each.key,
).map(tuple)


@st.composite
def bids(draw: st.DrawFn, *, plain: bool = False, most: int = 14) -> BidFacts:
    count = draw(st.integers(0, most))
    budget = tuple(draw(lines(f"L{number:02}", plain=plain)) for number in range(count))
    return BidFacts(
        call="CALL",
        title="Any bid",
        duration_months=draw(st.none() | st.integers(1, 60)),
        rates=RatesFacts(draw(st.none() | shares), draw(st.none() | shares)),
        partners=draw(partners(plain=plain)),
        sites=(SiteFacts("north"), SiteFacts("south")),
        work_packages=(WorkPackageFacts("wp1"), WorkPackageFacts("wp2")),
        budget=budget,
        commitments=draw(commitments),
    )


@st.composite
def grants(draw: st.DrawFn, stream: Stream = Stream.SERVICES) -> object:
    by_kind = draw(st.dictionaries(st.sampled_from([kind.value for kind in PartnerKind]), rates, max_size=2))
    return replace(
        SERVICES_STREAM if stream is Stream.SERVICES else PLATFORM_STREAM,
        cost_model=draw(st.sampled_from([HORIZON, DIGITAL])),
        rate=draw(rates),
        rates_by_kind=by_kind,
        eu_cap=draw(st.none() | euros),
        rounding=draw(st.sampled_from(Rounding)),
    )


@st.composite
def calls(draw: st.DrawFn) -> CallFacts:
    """Any choice of the four streams, with any rates and caps."""
    streams = [
        replace(MACHINE_STREAM, rate_acquisition_max=draw(rates), rate_operation_max=draw(rates)),
        draw(grants()),
        draw(grants(Stream.EXPERIMENTAL_PLATFORM)),
        CAPEX_STREAM,
    ]
    return call_with(*(scheme for scheme in streams if draw(st.sampled_from([True, True, True, False]))))


@st.composite
def grant_calls(draw: st.DrawFn) -> CallFacts:
    return call_with(draw(grants()))

"""Budgets that are hard on a spreadsheet: half cents, requests over two streams, caps, costs nobody funds."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import (
    BidFacts,
    CommitmentFacts,
    CostFact,
    DepreciationPricing,
    PartnerFacts,
    RatesFacts,
    SiteFacts,
    WorkPackageFacts,
)
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import CommitmentStatus, PartnerKind, PartnerRole, PayerKind, Stream
from tests.rulebook.funding.calls import (
    CAPEX_STREAM,
    DIGITAL,
    GRANT_CATEGORIES,
    MACHINE_STREAM,
    OWNERSHIP,
    PLATFORM_STREAM,
    SERVICES_STREAM,
    call_with,
)

PARTNERS = ("p*1", "a", "B", "b", "zelf")
RATES = (Fraction(1, 2), Fraction(7, 10), Fraction(333333, 10**6), Fraction(1), Fraction(0))
TEXTS = (
    "=1+1", "'=1+1", "'t Hof", "two\nlines", "_x0041_, _x000D_ and\x0b x005F_", "<r><t>no</r>", "-", "a" * 40_000, "",
)  # fmt: skip
CATEGORIES = {Stream.MACHINE: OWNERSHIP.categories, Stream.CAPEX: ("buildings", "compute")}


def a_hard_call(chance: Random) -> CallFacts:
    """All four streams, with rates and caps by chance."""
    by_kind = {PartnerKind.SME.value: Fraction(3, 4), PartnerKind.PUBLIC.value: Fraction(1)}
    services = replace(
        SERVICES_STREAM, rate=chance.choice(RATES), rates_by_kind=by_kind, eu_cap=_money(chance, 10**8),
        rounding=chance.choice(list(Rounding)),
    )  # fmt: skip
    platform = replace(
        PLATFORM_STREAM, cost_model=chance.choice((DIGITAL, PLATFORM_STREAM.cost_model)), rate=chance.choice(RATES),
        eu_cap=chance.choice((None, _money(chance, 10**8))),
    )  # fmt: skip
    machine = replace(MACHINE_STREAM, rate_operation_max=chance.choice(RATES))
    return call_with(machine, services, platform, replace(CAPEX_STREAM, state_match_min_of_eu=chance.choice(RATES)))


def a_hard_budget(chance: Random, lines: int = 40) -> BidFacts:
    roles = [*([PartnerRole.BENEFICIARY] * 4), PartnerRole.ASSOCIATED]
    partners = tuple(
        PartnerFacts(
            key, name=f"=name of {key}", kind=chance.choice(list(PartnerKind)), role=chance.choice(roles),
            requested_eu=chance.choice((None, None, _money(chance, 10**8))),
        )
        for key in (each.replace("*", "-") for each in PARTNERS)
    )  # fmt: skip
    return BidFacts(
        call="CALL",
        title="A hard one",
        reference="HARD",
        duration_months=36,
        rates=RatesFacts(acquisition=chance.choice((None, Decimal("0.333333"), Decimal("0.9")))),
        partners=partners,
        sites=(SiteFacts("north", name="North"), SiteFacts("south")),
        work_packages=(WorkPackageFacts("wp1", title="@begin"),),
        commitments=(
            CommitmentFacts("c1", kind=PayerKind.LOAN, amount=_money(chance, 10**6), status=CommitmentStatus.SIGNED),
            CommitmentFacts("c2", kind=PayerKind.REGION, amount=_money(chance, 10**7), status=CommitmentStatus.SIGNED),
        ),
        budget=tuple(_line(chance, f"L{number:03}", partners) for number in range(lines)),
    )


def _line(chance: Random, key: str, partners: tuple[PartnerFacts, ...]) -> CostFact:
    stream = chance.choice(
        (None, Stream.MACHINE, Stream.CAPEX, *[Stream.SERVICES] * 4, *[Stream.EXPERIMENTAL_PLATFORM] * 3)
    )
    categories = CATEGORIES.get(stream, GRANT_CATEGORIES) if stream else ("A1", "")  # type: ignore[call-overload]
    line = CostFact(
        key,
        stream,
        chance.choice((None, *[partner.key for partner in partners] * 3)),
        site=chance.choice((None, "north", "south")),
        work_package=chance.choice((None, "wp1")),
        category=chance.choice((*categories, *categories, "E", "", "unheard_of")),
        year=chance.choice((None, 2026)),
        description=chance.choice(TEXTS),
        unit=chance.choice(("", "person-month", "@home")),
        funded_elsewhere=chance.random() < 0.1,
    )  # fmt: skip
    many, each = _decimal(chance, 10**3), _decimal(chance, 10**5)
    match chance.randrange(8):
        case 0 | 1 | 2:
            return replace(line, amount=_money(chance, 10**9))
        case 3:
            return replace(line, amount=_money(chance, 10**4), quantity=many, unit_cost=each)  # they disagree
        case 4:
            pricing = DepreciationPricing(_money(chance, 10**8), 60, 40, Decimal("0.333"))
            return replace(line, pricing=pricing)
        case 5:
            return line
    return replace(line, quantity=many, unit_cost=each)


def _money(chance: Random, most: int) -> Euro:
    return Euro(chance.randrange(most))


def _decimal(chance: Random, most: int) -> Decimal:
    """With half cents more often than chance would have it."""
    places = chance.randrange(5)
    return chance.choice((Decimal("0.005"), Decimal(chance.randrange(most * 10**places)).scaleb(-places)))

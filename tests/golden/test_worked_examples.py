"""Every vector of the worked examples, to the cent, through the door everybody uses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml

from bids.rulebook.facts import (
    BidFacts,
    CommitmentFacts,
    CostFact,
    DepreciationPricing,
    EnergyPricing,
    MachineFacts,
    PartnerFacts,
    PersonMonthsPricing,
    PersonnelPricing,
    RatesFacts,
    SiteFacts,
    SmeOwnerPricing,
)
from bids.rulebook.funding import assess, price
from bids.rulebook.funding.access import COMMERCIAL_MOST, access_of
from bids.rulebook.funding.formulas.days import max_days
from bids.rulebook.funding.formulas.energy import yearly_kwh
from bids.rulebook.funding.machine import access_share
from bids.rulebook.money import Euro, fraction
from bids.rulebook.scoring import outcome
from bids.rulebook.vocabulary import CommitmentStatus, PayerKind, Stream
from tests.rulebook.funding.calls import (
    ANTENNA,
    CRITERIA,
    DIGITAL,
    FACTORY,
    GIGAFACTORY,
    HORIZON,
    SERVICES_STREAM,
    call_with,
)

FILE = Path(__file__).with_name("worked-examples.yaml")
EXAMPLES: dict[str, dict[str, Any]] = {
    example["id"]: example for example in yaml.safe_load(FILE.read_text(encoding="utf-8"))["examples"]
}


def bid(*lines: CostFact, **other: Any) -> BidFacts:
    partners = {line.partner for line in lines if line.partner is not None}
    given = {"partners": tuple(PartnerFacts(key) for key in sorted(partners)), "budget": lines}
    return BidFacts(call="CALL", title="A bid", **(given | other))


def services(key: str, amount: str, category: str = "B", partner: str = "p") -> CostFact:
    """By default a subcontract under Horizon Europe: a cost that carries no indirect costs."""
    return CostFact(key, Stream.SERVICES, partner, category=category, amount=Euro.of(amount))


def machine(category: str, amount: str) -> CostFact:
    return CostFact(category, Stream.MACHINE, category=category, amount=Euro.of(amount))


def priced(pricing: Any, call: Any = ANTENNA) -> Any:
    line = CostFact("L1", Stream.SERVICES, "p", category="A1", pricing=pricing)
    result = price(line, bid(line, duration_months=36), call)
    assert result.problem is None
    return result


def day_equivalents(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    days = max_days(given["months"], Decimal(given["fte"]), given["parental_leave_days"])
    assert days == Decimal(out["max_days"])


def personnel(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    result = priced(PersonnelPricing(Euro.of(given["cost"]), Decimal(given["max_days"]), Decimal(given["days"])))
    assert result.steps[0].after == Euro.of(out["rate"])
    assert result.amount == Euro.of(out["amount"])


def sme_owner(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    call = replace(ANTENNA, opens=given["call_opens"])
    result = priced(SmeOwnerPricing(Decimal(given["days"]), "BE"), call)
    assert result.steps[0].before == Euro.of(out["unit"])
    assert result.amount == Euro.of(out["amount"])


def depreciation(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    pricing = DepreciationPricing(
        Euro.of(given["price"]), given["life_months"], given["months_in_action"], Decimal(given["share_of_use"])
    )
    assert priced(pricing).amount == Euro.of(out["amount"])


def grant(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    """Both models, at the printed rate and at the other one."""
    model = {"HE": HORIZON, "DEP": DIGITAL}[example["model"]]
    lines = [services(code, amount, code) for code, amount in given["lines"].items()]
    scheme = replace(SERVICES_STREAM, cost_model=model, rate=fraction(given["rate"]))
    result = assess(bid(*lines), call_with(scheme))
    share = result.streams["services"]
    assert share.direct == Euro.of(out["direct"])
    assert share.indirect_base == Euro.of(out["indirect_base"])
    assert share.indirect == Euro.of(out["E"])
    assert result.total == Euro.of(out["total"])
    assert result.eu == Euro.of(out["eu"])
    assert result.national == Euro.of(out["national"])
    other_rate, other_eu = next((key, eu) for key, eu in example["also"].items() if key.startswith("rate_"))
    dearer = replace(scheme, rate=fraction(other_rate.split("_")[1]))
    assert assess(bid(*lines), call_with(dearer)).eu == Euro.of(other_eu)


def factory(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    result = assess(
        bid(
            machine("acquisition", given["machine"]["acquisition"]),
            machine("energy", given["machine"]["operation"]),
            services("s", given["services"]["eligible"]),
            rates=RatesFacts(Decimal(given["machine"]["rate_acq"]), Decimal(given["machine"]["rate_op"])),
        ),
        FACTORY,
    )
    assert result.streams["machine"].eu_acquisition == Euro.of(out["eu_acq"])
    assert result.streams["machine"].eu_operation == Euro.of(out["eu_op"])
    assert result.streams["services"].eu == Euro.of(out["eu_services"])
    assert result.streams["services"].cap == Euro.of(given["services"]["cap"])
    assert result.eu == Euro.of(out["eu_total"])
    assert result.national == Euro.of(out["national_total"])
    assert result.total == Euro.of(out["total"])
    assert result.union_access_share == Decimal(out["union_access_share"])


def machine_rates(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    result = assess(
        bid(
            machine("acquisition", given["acquisition"]),
            machine("maintenance", given["operation"]),
            rates=RatesFacts(Decimal(given["rate_acq"]), Decimal(given["rate_op"])),
        ),
        FACTORY,
    )
    assert result.eu == Euro.of(out["eu_total"])
    assert access_share(result.streams["machine"]) == Decimal(out["union_access_share"])


def antenna(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    result = assess(bid(services("L1", given["eligible"])), ANTENNA)
    assert result.eu == Euro.of(out["eu"])
    assert result.national == Euro.of(out["national"])
    assert result.streams["services"].capped is out["capped"]
    if "effective_rate_percent" in out:
        effective = Fraction(100 * result.eu.cents, result.eligible.cents)
        assert round(effective, 4) == Fraction(out["effective_rate_percent"])


def half_up_each(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    lines = [services(f"L{i}", each, partner=f"p{i}") for i, each in enumerate(given["beneficiaries"])]
    call = call_with(replace(SERVICES_STREAM, rate=fraction(given["rate"])))
    assert assess(bid(*lines), call).eu == Euro.of(out["eu"])


def gigafactory(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    line = CostFact("L1", Stream.CAPEX, category="compute", amount=Euro.of(given["capex"]))
    share = assess(bid(line), GIGAFACTORY).streams["capex"]
    assert share.eu == Euro.of(out["eu_max"])
    assert share.states_min == Euro.of(out["states_min"])
    assert share.rest == Euro.of(out["rest"])


def split(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    parts = Euro.of(given["amount"]).split([fraction(weight) for weight in given["weights"]])
    assert [str(part) for part in parts] == out["parts"]


def energy(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    it = (Decimal(given["it_kw"]), Decimal(given["pue"]), Decimal(given["load"]))
    assert yearly_kwh(*it) == Decimal(out["kwh_year"])
    price_per_kwh = Decimal(given["price_per_kwh"])
    assert priced(EnergyPricing(*it, price_per_kwh, Decimal(1))).amount == Euro.of(out["cost_year"])
    assert priced(EnergyPricing(*it, price_per_kwh, Decimal(given["years"]))).amount == Euro.of(out["cost_period"])


def hours(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    machine = MachineFacts("m", accelerators=given["accelerators"], availability=Decimal(given["availability"]))
    found = access_of(bid(sites=(SiteFacts("s", machines=(machine,)),)), Decimal(given["union_share"]))
    assert found is not None
    assert Decimal(given["commercial_ceiling"]) == COMMERCIAL_MOST
    assert (str(found.union), str(found.commercial)) == (out["union_hours_year"], out["commercial_ceiling_hours"])


def scoring(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    weights = {"impact": Decimal(given["ranking_weight_impact"])} if "ranking_weight_impact" in given else {}
    scores = {each.id: Decimal(given[each.id]) for each in CRITERIA.criteria}
    found = outcome(replace(CRITERIA, ranking_weights=weights), scores)
    assert found.total == Decimal(out["sum"])
    assert found.passes is out["passes"]
    if "ranking_score" in out:
        assert found.ranking == Decimal(out["ranking_score"])


def person_months(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    result = priced(PersonMonthsPricing(Decimal(given["person_months"]), Decimal(given["monthly_rate"])))
    assert result.amount == Euro.of(out["amount"])


def national(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    commitments = tuple(
        CommitmentFacts(key, kind=PayerKind.REGION, amount=Euro.of(amount), status=CommitmentStatus.SIGNED)
        for key, amount in given["commitments"].items()
    )
    result = assess(bid(machine("acquisition", given["total"]), commitments=commitments), FACTORY)
    assert result.eu == Euro.of(given["eu"])
    assert result.national == Euro.of(out["national"])
    assert result.committed == Euro.of(out["committed"])
    assert result.uncovered == Euro.of(out["gap"])
    assert (not result.uncovered) is out["gate_open"]


def beside(given: dict[str, Any], out: dict[str, Any], example: dict[str, Any]) -> None:
    """What stands beside the funding of one partner, by what its card states."""
    stated = {"state": "state_money", "other_union": "other_union_money", "revenues": "expected_revenues"}
    amounts = {fact: Euro.of(given[name]) for name, fact in stated.items() if name in given}
    call = call_with(replace(SERVICES_STREAM, rate=fraction(given["rate"])))
    found = assess(bid(services("L1", given["eligible"]), partners=(PartnerFacts("p", **amounts),)), call)
    told = {"eu": found.eu, "in_kind": found.in_kind, "surplus": found.surplus}
    assert {name: str(amount) for name, amount in told.items() if amount is not None} == out


Check = Callable[[dict[str, Any], dict[str, Any], dict[str, Any]], None]
CHECKS: dict[str, Check] = {
    "W1a": day_equivalents, "W1b": day_equivalents, "W1c": day_equivalents, "W2": personnel,
    "W3a": sme_owner, "W3b": sme_owner, "W3c": sme_owner, "W4": depreciation, "W5": grant, "W6": grant,
    "W7": factory, "W7b": machine_rates, "W8a": antenna, "W8b": antenna, "W8c": antenna, "W9": half_up_each,
    "W10": gigafactory, "W11a": split, "W11b": split, "W12": energy, "W13": hours, "W15": scoring, "W16": scoring,
    "W17": scoring, "W18": person_months, "W19": national, "W20": beside, "W21": beside,
}  # fmt: skip


def test_every_worked_example_has_a_check() -> None:
    assert set(EXAMPLES) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_worked_example(name: str) -> None:
    example = EXAMPLES[name]
    CHECKS[name](example["in"], example["out"], example)


def test_the_published_illustration_of_day_equivalents_is_not_followed() -> None:
    """It prints 179.5, because it takes 251.67 for 215/12 x 14; the product is 250.83."""
    assert max_days(14, Decimal(1), 72) == Decimal("179.0")


@pytest.mark.parametrize(
    ("opens", "amount"),
    [
        (date(2024, 7, 29), "12135.46"),
        (date(2024, 7, 30), "20891.55"),
        (date(2025, 12, 15), "20891.55"),
        (date(2025, 12, 16), "22147.58"),
    ],
)
def test_the_unit_of_an_sme_owner_changes_on_the_day(opens: date, amount: str) -> None:
    call = replace(ANTENNA, opens=opens)
    assert priced(SmeOwnerPricing(Decimal(43), "BE"), call).amount == Euro.of(amount)

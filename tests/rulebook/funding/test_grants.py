"""Grant streams: indirect costs, rates by kind, requests, caps, and each line's part."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts, SiteFacts, WorkPackageFacts
from bids.rulebook.funding import Assessment, View, assess
from bids.rulebook.money import Euro, Rounding
from bids.rulebook.vocabulary import PartnerKind, PartnerRole, Stream
from tests.rulebook.funding.calls import (
    ANTENNA,
    DIGITAL_SME,
    FACTORY,
    HORIZON,
    INNOVATION,
    PLATFORM_STREAM,
    SERVICES_STREAM,
    call_with,
)


def cost(key: str, amount: str, category: str = "B", partner: str = "a", **other: object) -> CostFact:
    return CostFact(key, Stream.SERVICES, partner, category=category, amount=Euro.of(amount), **other)  # type: ignore[arg-type]


def bid(*lines: CostFact, partners: tuple[PartnerFacts, ...] | None = None) -> BidFacts:
    keys = sorted({line.partner for line in lines if line.partner})
    cards = partners or tuple(PartnerFacts(key) for key in keys)
    return BidFacts(call="CALL", title="A bid", partners=cards, budget=lines)


def rules(found: Assessment, of: str) -> list[str]:
    return [step.rule for step in found.trace if step.of == of]


@pytest.mark.parametrize(
    ("category", "horizon", "digital"),
    [
        ("A1", True, True),
        ("A4", True, True),
        ("A5", False, False),
        ("B", False, True),
        ("C1", True, True),
        ("C3", True, True),
        ("D1", False, True),
        ("D2", False, True),
    ],
)
def test_the_base_of_indirect_costs_is_the_models_own(category: str, horizon: bool, digital: bool) -> None:
    line = cost("L1", "100.00", category)
    assert assess(bid(line), ANTENNA).lines["L1"].indirect == (Euro(2500) if horizon else Euro())
    assert assess(bid(line), DIGITAL_SME).lines["L1"].indirect == (Euro(700) if digital else Euro())


def test_indirect_costs_on_everything_name_nothing_outside_their_base() -> None:
    model = replace(HORIZON, indirect_excluded=())
    found = assess(bid(cost("L1", "100.00", "D1")), call_with(replace(SERVICES_STREAM, cost_model=model)))
    assert str(found.trace[0].sentence) == "Indirect costs of a in Services: 25 % of 100.00 make 25.00."


def test_indirect_costs_are_rounded_per_partner_and_spread_over_its_lines() -> None:
    """Three lines of one cent: 25 % of 0.03 is 0.0075, so one cent, to the first of equals."""
    found = assess(bid(*(cost(key, "0.01", "A1") for key in ("L3", "L1", "L2"))), ANTENNA)
    assert found.partners["a"].indirect == Euro(1)
    assert [found.lines[key].indirect for key in ("L1", "L2", "L3")] == [Euro(1), Euro(), Euro()]
    apart = assess(bid(*(cost(f"L{name}", "0.01", "A1", name) for name in "abc")), ANTENNA)
    assert apart.streams["services"].indirect == Euro()


def test_a_cent_left_over_goes_to_the_smaller_key_whichever_comes_first() -> None:
    """Half of 0.02 is a cent that two equal lines can't share: it is L1's, typed last, in a grant and in a machine."""
    for stream, category in ((Stream.SERVICES, "B"), (Stream.MACHINE, "energy")):
        lines = (cost(key, "0.01", category) for key in ("L2", "L1"))
        found = assess(bid(*(replace(line, stream=stream) for line in lines)), FACTORY)
        assert {key: share.eu.cents for key, share in found.lines.items()} == {"L2": 0, "L1": 1}


def test_indirect_costs_follow_their_line_through_every_view() -> None:
    found = assess(bid(cost("L1", "100.00", "A1", site="s", year=2026, work_package="w")), ANTENNA)
    assert found.sites["s"].total == found.years["2026"].total == found.work_packages["w"].total == Euro(12500)
    assert found.categories["A1"].total == Euro(10000)
    assert found.categories["E"].total == Euro(2500)
    assert (found.categories["A1"].eu, found.categories["E"].eu) == (Euro(5000), Euro(1250))


def test_a_site_and_a_package_nobody_spends_on_stand_there_with_nothing() -> None:
    facts = replace(
        bid(cost("L1", "100.00", site="s")), sites=(SiteFacts("s"), SiteFacts("empty")),
        work_packages=(WorkPackageFacts("idle"),),
    )  # fmt: skip
    found = assess(facts, ANTENNA)
    assert found.sites == {"empty": View(), "s": View(Euro(10000), Euro(5000))}
    assert found.work_packages == {"idle": View(), "-": View(Euro(10000), Euro(5000))}


@pytest.mark.parametrize(
    ("kind", "rate"),
    [
        (PartnerKind.PUBLIC, Fraction(1)),
        (PartnerKind.NON_PROFIT, Fraction(1)),
        (PartnerKind.SME, Fraction(7, 10)),
        (PartnerKind.LARGE, Fraction(7, 10)),
        (PartnerKind.INTERNATIONAL, Fraction(7, 10)),
    ],
)
def test_the_rate_follows_the_kind_of_partner(kind: PartnerKind, rate: Fraction) -> None:
    found = assess(bid(cost("L1", "100.00"), partners=(PartnerFacts("a", kind=kind),)), INNOVATION)
    assert found.partners["a"].rate == rate
    assert found.eu == Euro(10000).times(rate)
    assert found.streams["services"].rate == Fraction(7, 10)


def test_a_partner_without_costs_has_the_rate_of_its_kind() -> None:
    cards = (PartnerFacts("a", kind=PartnerKind.LARGE), PartnerFacts("s", kind=PartnerKind.SME))
    found = assess(bid(cost("L1", "1.00"), partners=cards), DIGITAL_SME)
    assert (found.partners["a"].rate, found.partners["s"].rate) == (Fraction(1, 2), Fraction(3, 4))


def test_an_affiliated_entity_has_its_own_kind_rate_and_row() -> None:
    cards = (
        PartnerFacts("a", kind=PartnerKind.LARGE),
        PartnerFacts("z", kind=PartnerKind.SME, role=PartnerRole.AFFILIATED, affiliated_to="a"),
    )
    found = assess(bid(cost("L1", "0.01"), cost("L2", "0.01", partner="z"), partners=cards), DIGITAL_SME)
    assert (found.partners["a"].rate, found.partners["z"].rate) == (Fraction(1, 2), Fraction(3, 4))
    assert (found.partners["a"].eu, found.partners["z"].eu) == (Euro(1), Euro(1))


def test_the_rule_set_says_how_a_cent_is_settled() -> None:
    call = call_with(replace(SERVICES_STREAM, rounding=Rounding.DOWN))
    found = assess(bid(cost("L1", "0.01")), call)
    assert found.eu == Euro()
    assert "rounded down to the cent" in str(found.trace[0].sentence)


def test_a_partner_that_requests_less_gets_less() -> None:
    lines = (cost("L1", "100.00"), cost("L2", "100.00", partner="b"))
    cards = (PartnerFacts("a", requested_eu=Euro(4999)), PartnerFacts("b", requested_eu=Euro(5001)))
    found = assess(bid(*lines, partners=cards), ANTENNA)
    assert (found.partners["a"].eu, found.partners["a"].computed) == (Euro(4999), Euro(5000))
    assert (found.partners["b"].eu, found.partners["b"].computed) == (Euro(5000), Euro(5000))
    assert found.streams["services"].eu_before_cap == Euro(9999)
    assert rules(found, "a") == ["share", "requested"]
    assert rules(found, "b") == ["share"]


def test_a_partner_may_request_nothing() -> None:
    found = assess(bid(cost("L1", "100.00"), partners=(PartnerFacts("a", requested_eu=Euro()),)), ANTENNA)
    assert found.eu == Euro()
    assert found.partners["a"].national == Euro(10000)
    assert rules(found, "a") == ["share", "requested"]


def test_a_request_equal_to_the_computed_part_leaves_no_step() -> None:
    found = assess(bid(cost("L1", "100.00"), partners=(PartnerFacts("a", requested_eu=Euro(5000)),)), ANTENNA)
    assert rules(found, "a") == ["share"]


@pytest.mark.parametrize(("cap", "capped"), [("100.00", False), ("99.99", True), ("0.00", True)])
def test_the_cap_bites_only_above_itself(cap: str, capped: bool) -> None:
    call = call_with(replace(SERVICES_STREAM, eu_cap=Euro.of(cap)))
    found = assess(bid(cost("L1", "150.00"), cost("L2", "50.00", partner="b")), call)
    share = found.streams["services"]
    assert (share.eu_before_cap, share.eu, share.capped) == (Euro(10000), Euro.of(cap), capped)
    assert ("cap" in rules(found, "services")) is capped
    assert rules(found, "a") == (["share", "cap_part"] if capped else ["share"])


def test_ties_under_the_cap_go_to_the_smaller_key() -> None:
    call = call_with(replace(SERVICES_STREAM, eu_cap=Euro(1)))
    found = assess(bid(cost("L1", "1.00", partner="b"), cost("L2", "1.00", partner="a")), call)
    assert (found.partners["a"].eu, found.partners["b"].eu) == (Euro(1), Euro())
    assert (found.lines["L2"].eu, found.lines["L1"].eu) == (Euro(1), Euro())


def test_one_partner_in_two_streams_is_rounded_in_each() -> None:
    platform = replace(cost("L2", "0.01"), stream=Stream.EXPERIMENTAL_PLATFORM)
    found = assess(bid(cost("L1", "0.01"), platform), FACTORY)
    assert (found.streams["services"].eu, found.streams["experimental_platform"].eu) == (Euro(1), Euro(1))
    assert found.partners["a"].eu == Euro(2)
    assert len(found.entities) == 2


def test_a_partner_paid_at_two_rates_has_no_single_one() -> None:
    call = call_with(SERVICES_STREAM, replace(PLATFORM_STREAM, rate=Fraction(1)))
    lines = (cost("L1", "1.00"), replace(cost("L2", "1.00"), stream=Stream.EXPERIMENTAL_PLATFORM))
    cards = (PartnerFacts("a"), PartnerFacts("b"))
    found = assess(bid(*lines, partners=cards), call)
    assert found.partners["a"].rate is None
    assert found.partners["b"].rate is None
    assert assess(bid(lines[0], partners=cards), call).partners["a"].rate == Fraction(1, 2)


def test_a_partner_without_costs_still_has_its_row_and_rate() -> None:
    found = assess(bid(partners=(PartnerFacts("a"), PartnerFacts("g", role=PartnerRole.ASSOCIATED))), ANTENNA)
    assert found.partners["a"].rate == Fraction(1, 2)
    assert found.partners["g"].rate is None
    assert found.eu_share is None


def test_an_optional_stream_appears_only_when_it_is_used() -> None:
    assert set(assess(bid(), FACTORY).streams) == {"machine", "services"}
    platform = replace(cost("L1", "1.00"), stream=Stream.EXPERIMENTAL_PLATFORM)
    assert set(assess(bid(platform), FACTORY).streams) == {"machine", "services", "experimental_platform"}

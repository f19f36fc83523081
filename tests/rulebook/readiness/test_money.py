"""C02 to C05, C07, C34 to C36, C41, C43 to C45: each fires, and each stays silent."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bids.rulebook.facts import BidFacts, RatesFacts
from bids.rulebook.funding import GrantShare, assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness import findings
from bids.rulebook.vocabulary import CommitmentStatus, PayerKind, Stream
from tests.rulebook.readiness.bids import (
    ANTENNA,
    FACTORY,
    GIGAFACTORY,
    antenna,
    ask,
    factory,
    known,
    line,
    signed,
    summary,
)

HALF, MORE = Decimal("0.50"), Decimal("0.500001")


def test_c02_fires_on_more_than_half_of_the_acquisition() -> None:
    (found,) = ask("C02", factory, rates=RatesFacts(acquisition=MORE))
    assert summary([found]) == [("block", "submit", "bid")]
    assert found.source == "S4"
    assert ask("C03", factory, rates=RatesFacts(acquisition=MORE)) == []


def test_c03_fires_on_more_than_half_of_the_operation() -> None:
    assert summary(ask("C03", factory, rates=RatesFacts(operation=MORE))) == [("block", "submit", "bid")]
    assert ask("C02", factory, rates=RatesFacts(operation=MORE)) == []


@pytest.mark.parametrize("check", ["C02", "C03"])
def test_c02_and_c03_are_silent_up_to_half_and_without_a_machine(check: str) -> None:
    assert ask(check, factory, rates=RatesFacts(HALF, HALF)) == []
    assert ask(check, factory, rates=RatesFacts()) == []
    assert ask(check, antenna, ANTENNA, rates=RatesFacts(Decimal(1), Decimal(1))) == []


def test_c04_fires_when_the_text_states_another_share() -> None:
    (found,) = ask("C04", factory, stated_access_share=Decimal("0.499999"))
    assert summary([found]) == [("block", "submit", "bid")]
    assert str(found.sentence) == ("The bid states a Union access share of 0.499999; its budget gives 0.500000.")


def test_c04_fires_on_a_stated_share_above_half() -> None:
    assert len(ask("C04", factory, stated_access_share=Decimal("0.6"))) == 2


def test_c04_fires_on_a_stated_share_without_a_machine() -> None:
    assert summary(ask("C04", antenna, ANTENNA, stated_access_share=HALF)) == [("block", "submit", "bid")]


@pytest.mark.parametrize("stated", [None, Decimal("0.5"), Decimal("0.500000")])
def test_c04_is_silent_when_nothing_or_the_computed_share_is_stated(stated: Decimal | None) -> None:
    assert ask("C04", factory, stated_access_share=stated) == []


def requesting(amount: str) -> BidFacts:
    imec, cenaero = factory.partners
    return replace(factory, partners=(replace(imec, requested_eu=Euro.of(amount)), cenaero))


def test_c05_fires_on_a_cent_too_much() -> None:
    (found,) = ask("C05", requesting("50000.01"))
    assert summary([found]) == [("block", "submit", "partners/imec")]
    assert str(found.sentence) == "Imec requests 50000.01; its costs give 50000.00 at most."


def test_c05_is_silent_up_to_the_computed_contribution() -> None:
    assert ask("C05", requesting("50000.00")) == []
    assert ask("C05", requesting("1.00")) == []
    assert ask("C05", factory) == []


def test_c05_does_not_blame_the_partner_for_the_cap() -> None:
    bid = replace(
        requesting("20000000.00"), budget=(line("S1", amount=Euro.of("32000000.00")),), stated_access_share=None
    )
    money = assess(bid, FACTORY).streams["services"]
    assert isinstance(money, GrantShare)
    assert money.capped
    assert ask("C05", bid) == []


def test_c05_fires_on_a_stream_above_its_cap_but_only_warns_where_the_cap_was_inferred() -> None:
    money = assess(antenna, ANTENNA)
    services = money.streams["services"]
    assert isinstance(services, GrantShare)
    over = replace(money, streams={"services": replace(services, eu=Euro.of("5000000.01"))})
    found = [finding for finding in findings(antenna, ANTENNA, over, known) if finding.check == "C05"]
    assert summary(found) == [("block", "submit", "budget")]
    over = replace(money, streams={"services": replace(services, cap=Euro.of("1.00"))})
    found = [finding for finding in findings(antenna, FACTORY, over, known) if finding.check == "C05"]
    assert summary(found) == [("warn", None, "budget")]


def test_c07_fires_on_a_missing_cent_of_signed_money() -> None:
    (found,) = ask("C07", factory, commitments=(signed("c1", "99999.99"),))
    assert summary([found]) == [("block", "approve", "commitments")]
    assert "0.01" in str(found.sentence)
    pledged = (signed("c1", "100000.00", status=CommitmentStatus.PLEDGED),)
    assert summary(ask("C07", factory, commitments=pledged)) == [("block", "approve", "commitments")]


def test_c07_is_silent_when_signatures_cover_the_share() -> None:
    assert ask("C07", factory) == []
    own_means = (signed("c1", "40000.00", kind=PayerKind.OWN_MEANS), signed("c2", "60000.00"))
    assert ask("C07", factory, commitments=own_means) == []


def test_c34_fires_above_a_fifth_and_is_silent_up_to_it() -> None:
    assert summary(ask("C34", factory, commercial_access_share=Decimal("0.200001"))) == [("warn", None, "bid")]
    assert ask("C34", factory, commercial_access_share=Decimal("0.20")) == []
    assert ask("C34", factory, commercial_access_share=None) == []


def test_c35_tells_of_cents_that_rounding_adds() -> None:
    lines = (line("L1", category="B", amount=Euro.of("0.01")), line("L2", category="B", partner="cenaero",
             amount=Euro.of("0.01")))  # fmt: skip
    bid = replace(factory, budget=lines, commitments=(), stated_access_share=None)
    (found,) = ask("C35", bid)
    assert summary([found]) == [("info", None, "budget")]
    assert "add up to 0.02; the rate on the total gives 0.01" in str(found.sentence)


def test_c35_tells_of_more_money_than_is_needed() -> None:
    (found,) = ask("C35", factory, commitments=(signed("c1", "100000.01"),))
    assert summary([found]) == [("info", None, "commitments")]


def test_c35_is_silent_when_everything_adds_up() -> None:
    assert ask("C35", factory) == []
    assert ask("C35", requesting("1.00"), commitments=(signed("c1", "149999.00"),)) == []


@pytest.mark.parametrize(("amount", "places"), [("687999.97", []), ("688000.00", ["partners/imec"])])
def test_c36_tells_who_needs_a_certificate(amount: str, places: list[str]) -> None:
    bid = replace(factory, budget=(line("S1", amount=Euro.of(amount)),), stated_access_share=None)
    assert [finding.where for finding in ask("C36", bid)] == places  # 688 000 + 25 % at half is 430 000


def test_c41_fires_when_nobody_is_named_for_a_cent() -> None:
    (found,) = ask("C41", factory, commitments=(signed("c1", "99999.99"),))
    assert summary([found]) == [("block", "submit", "commitments")]
    assert found.is_house_rule
    assert str(found.sentence) == (
        "100000.00 is not paid by the Union; the commitments name 99999.99. Say who pays the missing 0.01."
    )


@pytest.mark.parametrize("kind", [PayerKind.REGION, PayerKind.LOAN])
@pytest.mark.parametrize("status", list(CommitmentStatus))
def test_c41_counts_every_kind_and_status(kind: PayerKind, status: CommitmentStatus) -> None:
    assert ask("C41", factory, commitments=(signed("c1", "100000.00", kind=kind, status=status),)) == []


def test_c41_leaves_out_what_another_grant_pays() -> None:
    assert ask("C41", factory, budget=(*factory.budget, line("L9", funded_elsewhere=True))) == []


def test_c43_fires_when_the_states_give_less_than_the_union() -> None:
    bid = BidFacts(GIGAFACTORY.id, "Giga", budget=(line("K1", stream=Stream.CAPEX, category="compute"),))
    short = (signed("c1", "16999.99"), signed("c2", "50000.00", kind=PayerKind.PRIVATE_EQUITY))
    assert summary(ask("C43", bid, GIGAFACTORY, commitments=short)) == [("warn", None, "commitments")]
    announced = (signed("c1", "17000.00", status=CommitmentStatus.ANNOUNCED),)
    assert summary(ask("C43", bid, GIGAFACTORY, commitments=announced)) == [("warn", None, "commitments")]
    assert ask("C43", bid, GIGAFACTORY, commitments=(signed("c1", "17000.00"),)) == []


def test_c43_is_silent_outside_gigafactories() -> None:
    assert ask("C43", factory, commitments=()) == []


def stating(**amounts: str) -> BidFacts:
    """Imec's services cost 80 000 and 25 % more; the Union pays half of it."""
    imec, cenaero = factory.partners
    return replace(
        factory, partners=(replace(imec, **{name: Euro.of(text) for name, text in amounts.items()}), cenaero)
    )


@pytest.mark.parametrize(("state", "other", "places"), [
    ("50000.00", "0.00", []), ("50000.01", "0.00", ["partners/imec"]), ("25000.00", "25000.01", ["partners/imec"]),
])  # fmt: skip
def test_c44_fires_on_a_cent_more_than_the_eligible_costs(state: str, other: str, places: list[str]) -> None:
    found = ask("C44", stating(state_money=state, other_union_money=other))
    assert summary(found) == [("warn", None, place) for place in places]
    for finding in found:
        assert str(finding.sentence) == (
            "Imec gets 0.01 more from the Union and from States than its eligible costs of 100000.00. "
            "The same cost can't be paid twice: lower what it requests, or correct its card."
        )


def test_c44_is_silent_where_nobody_says_who_else_pays() -> None:
    assert ask("C44", factory) == []


def test_c45_tells_of_revenues_above_the_costs() -> None:
    assert ask("C45", factory) == ask("C45", stating(expected_revenues="50000.00")) == []
    (found,) = ask("C45", stating(expected_revenues="50000.01"))
    assert summary([found]) == [("info", None, "partners/imec")]
    assert str(found.sentence) == (
        "Imec expects revenues of 50000.01, which leaves 0.01 more than it spends. "
        "The grant agreement says whether the Union deducts it."
    )

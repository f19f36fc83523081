"""Who pays the rest: signatures, promises, and days on which they end."""

from __future__ import annotations

from datetime import date

import pytest

from bids.rulebook.facts import BidFacts, CommitmentFacts, CostFact
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import CommitmentStatus, PayerKind, Stream
from tests.rulebook.funding.calls import FACTORY

LAST_DAY = date(2026, 6, 30)


def promise(kind: PayerKind, status: str = "signed", cents: int = 1000, until: date | None = None) -> CommitmentFacts:
    return CommitmentFacts(
        f"{kind}-{status}", kind=kind, amount=Euro(cents), status=CommitmentStatus(status), valid_until=until
    )


def found(*commitments: CommitmentFacts, cost: int = 10000, on: date | None = None) -> Assessment:
    """A machine of EUR 100.00, of which the Union pays half."""
    line = CostFact("L1", Stream.MACHINE, category="energy", amount=Euro(cost))
    return assess(BidFacts(call="CALL", title="A bid", budget=(line,), commitments=commitments), FACTORY, on=on)


@pytest.mark.parametrize("kind", PayerKind)
@pytest.mark.parametrize("status", ["announced", "pledged", "signed"])
def test_each_kind_and_status_counts_where_it_should(kind: PayerKind, status: str) -> None:
    national = kind in (PayerKind.FEDERAL, PayerKind.REGION, PayerKind.COHESION, PayerKind.OTHER_STATE)
    assessment = found(promise(kind, status))
    assert assessment.committed == (Euro(1000) if national and status != "announced" else Euro())
    assert assessment.signed == (Euro(1000) if national and status == "signed" else Euro())
    assert assessment.other == (Euro(1000) if not national and status == "signed" else Euro())
    assert assessment.national == Euro(5000) - assessment.other
    assert assessment.uncovered == assessment.national - assessment.signed


@pytest.mark.parametrize(
    ("on", "counts"), [(None, True), (date(2026, 6, 30), True), (date(2026, 7, 1), False), (date(2020, 1, 1), True)]
)
def test_a_signature_counts_up_to_its_last_day(on: date | None, counts: bool) -> None:
    federal = promise(PayerKind.FEDERAL, until=LAST_DAY)
    own = promise(PayerKind.OWN_MEANS, until=LAST_DAY)
    assessment = found(federal, own, on=on)
    assert assessment.signed == assessment.other == (Euro(1000) if counts else Euro())
    assert assessment.committed == Euro(1000)
    told = [step.of for step in assessment.trace if step.rule == "expired"]
    assert told == ([] if counts else ["federal-signed", "own_means-signed"])


def test_a_pledge_that_has_passed_is_not_called_expired() -> None:
    assessment = found(promise(PayerKind.FEDERAL, "pledged", until=LAST_DAY), on=date(2027, 1, 1))
    assert "expired" not in [step.rule for step in assessment.trace]
    assert assessment.committed == Euro(1000)


def test_other_money_never_exceeds_what_is_left_and_the_national_share_is_never_below_nothing() -> None:
    assessment = found(promise(PayerKind.LOAN, cents=99999), promise(PayerKind.FEDERAL, cents=99999))
    assert (assessment.other, assessment.national, assessment.uncovered) == (Euro(5000), Euro(), Euro())
    assert assessment.signed == Euro(99999)


def test_more_than_enough_leaves_nothing_uncovered() -> None:
    assert found(promise(PayerKind.REGION, cents=5001)).uncovered == Euro()
    assert found(promise(PayerKind.REGION, cents=4999)).uncovered == Euro(1)


def test_an_empty_bid_owes_nobody() -> None:
    assessment = found(cost=0)
    assert assessment.national == assessment.uncovered == assessment.other == Euro()
    assert assessment.eu_share is None


def test_the_steps_lead_from_the_total_to_what_is_not_covered() -> None:
    told = [(step.rule, step.before, step.after) for step in found(promise(PayerKind.OWN_MEANS)).trace][-3:]
    assert told == [
        ("other", Euro(1000), Euro(1000)),
        ("national", Euro(10000), Euro(4000)),
        ("uncovered", Euro(4000), Euro(4000)),
    ]

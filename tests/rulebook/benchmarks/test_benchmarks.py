"""Where a bid stands among published ones: which wave, which place, and what is never counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from bids import callfile
from bids.rulebook.benchmarks import (
    Benchmarks,
    Measure,
    PublishedAmounts,
    PublishedBid,
    Yardstick,
    benchmarks,
    real_cutoff,
    wave_of,
)
from bids.rulebook.calendar import BRUSSELS
from bids.rulebook.call import Source
from bids.rulebook.facts import BidFacts, MachineFacts, SiteFacts
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Instrument, MachineStatus, PayerKind
from tests.rulebook.readiness.bids import ANTENNA, DIGITAL, FACTORY, GIGAFACTORY, antenna, factory, signed

SHIPPED = callfile.published().bids
SECOND_HAND = Source("S10", "SEEN2")
DECIDED = date(2025, 10, 10)


def amounts(kind: str = "programme", **given: Any) -> PublishedAmounts:
    euro = {name: Euro.of(value) for name, value in given.items() if isinstance(value, str) and name != "eu_share"}
    return PublishedAmounts(kind, SECOND_HAND, **given | euro)


def elsewhere(name: str, *entries: PublishedAmounts, **given: Any) -> PublishedBid:
    plain = {"instrument": Instrument.AI_FACTORY, "source": SECOND_HAND, "decided": DECIDED, "outcome": "selected"}
    return PublishedBid(id=name.lower(), name=name, amounts=entries, **plain | given)


def among(*others: PublishedBid, facts: BidFacts = factory, cutoff: datetime | None = None) -> Benchmarks:
    return benchmarks(facts, FACTORY, assess(facts, FACTORY), others, cutoff)


def measure(found: Benchmarks, yardstick: Yardstick) -> Measure:
    (one,) = (each for each in found.measures if each.yardstick is yardstick)
    return one


def test_the_wave_is_the_first_decision_after_the_last_cut_off_of_the_call() -> None:
    wave = wave_of(FACTORY, SHIPPED)
    assert (wave.decided, wave.number, wave.cutoff) == (DECIDED, 3, date(2025, 6, 30))
    assert str(wave.words) == (
        "Compared with the bids of the kind “AI Factory” decided on 2025-10-10 (wave 3): "
        "the first decision published after the cut-off of 2025-06-30."
    )
    antennas = wave_of(ANTENNA, SHIPPED)
    assert (antennas.decided, antennas.number) == (date(2025, 10, 13), None)
    assert "(wave" not in str(antennas.words)


def test_an_earlier_cut_off_of_the_call_leads_to_an_earlier_wave_but_a_rehearsal_does_not() -> None:
    first = min(FACTORY.cutoffs)
    assert wave_of(FACTORY, SHIPPED, first).number == 1
    rehearsed = datetime(2026, 11, 30, 17, tzinfo=BRUSSELS)
    assert wave_of(FACTORY, SHIPPED, rehearsed).number == 3
    assert real_cutoff(FACTORY, rehearsed) == max(FACTORY.cutoffs)


def test_without_a_cut_off_or_a_decision_since_nothing_is_comparable() -> None:
    generic = benchmarks(factory, DIGITAL, assess(factory, DIGITAL), SHIPPED)
    assert (generic.ranked, generic.summary) == ((), None)
    assert str(generic.wave.words).startswith("The call has no cut-off")
    giga = benchmarks(factory, GIGAFACTORY, assess(factory, GIGAFACTORY), SHIPPED)
    assert (giga.wave.decided, giga.summary) == (None, None)
    early = elsewhere("Early", amounts(total="70000000.00"), decided=date(2024, 12, 10))
    found = among(early)
    assert str(found.wave.words).startswith("No decision on bids of the kind “AI Factory” was published after")
    assert [point.name for point in measure(found, Yardstick.TOTAL).others] == ["Early"]
    assert found.summary is None


def test_place_and_median_are_those_of_the_wave() -> None:
    found = among(
        elsewhere("More", amounts(total="900000.00")),
        elsewhere("Less", amounts(total="100000.00")),
        elsewhere("Early", amounts(total="500000.00"), decided=date(2024, 12, 10)),
        elsewhere("Antenna", amounts(total="500000.00"), instrument=Instrument.ANTENNA),
    )
    total = measure(found, Yardstick.TOTAL)
    assert (total.own, total.rank, total.count, total.median) == (
        Euro.of("200000.00"), 2, 3, Euro.of("500000.00"),
    )  # fmt: skip
    assert [point.name for point in total.comparable] == ["More", "Less"]
    assert [point.name for point in total.others] == ["Early"]
    assert str(found.summary) == (
        "Total cost: 200000.00 would be number 2 of 3 among the published bids decided on 2025-10-10, "
        "whose median is 500000.00."
    )


def test_equal_figures_share_a_place_and_an_odd_number_has_one_in_the_middle() -> None:
    others = [elsewhere(name, amounts(total="200000.00")) for name in ("One", "Two", "Three")]
    total = measure(among(*others), Yardstick.TOTAL)
    assert (total.rank, total.median) == (1, Euro.of("200000.00"))


def test_the_bid_itself_is_never_one_of_the_others() -> None:
    own = elsewhere("BE-AIF-2025", amounts(total="80000000.00"))
    for name in ({"reference": "BE-AIF-2025"}, {"acronym": "be-aif-2025"}):
        assert measure(among(own, facts=replace(factory, **name)), Yardstick.TOTAL).points == ()
    assert len(measure(among(own), Yardstick.TOTAL).points) == 1


def test_a_point_tells_source_rounding_and_what_was_inferred() -> None:
    entry = amounts(total="100.00", eu="50.00", rounded=True, inferred=("eu",))
    found = among(elsewhere("Else", entry, outcome="not_selected"))
    (point,) = measure(found, Yardstick.EU_SHARE).points
    assert (point.value, point.source, point.rounded, point.inferred) == (Fraction(1, 2), SECOND_HAND, True, True)
    assert point.outcome == "not_selected"
    (point,) = measure(found, Yardstick.TOTAL).points
    assert (point.rounded, point.inferred) == (True, False)


def test_a_share_published_without_amounts_counts_as_a_share_only() -> None:
    found = among(elsewhere("Crowns", amounts(eu_share=Decimal("0.45"))))
    assert [point.value for point in measure(found, Yardstick.EU_SHARE).points] == [Fraction(9, 20)]
    assert measure(found, Yardstick.TOTAL).points == measure(found, Yardstick.EU).points == ()
    assert found.summary is not None
    assert str(found.summary).startswith("Union share: 50 % would be number 1 of 2")


def test_the_national_split_counts_regions_and_is_unknown_where_nobody_named_them() -> None:
    dutch = elsewhere("Dutch", amounts(total="200.00", national="70.00", regional="60.00"))
    plain = elsewhere("Plain", amounts(total="200.00", national="100.00"))
    public = (signed("c1", "25000.00"), signed("c2", "75000.00", kind=PayerKind.REGION))
    loan = signed("c3", "9.00", kind=PayerKind.LOAN)
    found = among(dutch, plain, facts=replace(factory, commitments=(*public, loan)))
    regions = measure(found, Yardstick.REGIONAL_PART)
    assert (regions.own, [point.value for point in regions.points]) == (Fraction(3, 4), [Fraction(6, 13)])
    national = measure(found, Yardstick.NATIONAL_SHARE)
    assert [(point.name, point.value) for point in national.points] == [
        ("Dutch", Fraction(13, 20)), ("Plain", Fraction(1, 2)),
    ]  # fmt: skip


def with_machines(*machines: MachineFacts, **site: Any) -> BidFacts:
    return replace(factory, sites=(SiteFacts("s", machines=machines, **site),))


def test_acquisition_per_accelerator_is_compared_with_contracts() -> None:
    planned = MachineFacts("m1", accelerators=3)
    standing = MachineFacts("m2", accelerators=100, status=MachineStatus.EXISTING)
    contract = elsewhere(
        "Else", amounts("programme", total="9.00"), amounts("contract", total="100.00", accelerators=3)
    )
    found = measure(among(contract, facts=with_machines(planned, standing)), Yardstick.PER_ACCELERATOR)
    assert (found.own, [point.value for point in found.points]) == (Euro.of("33333.33"), [Euro.of("33.33")])


def test_figures_the_bid_does_not_have_are_left_out() -> None:
    names = {each.yardstick for each in among(facts=BidFacts(FACTORY.id, "Draft")).measures}
    assert names == {Yardstick.TOTAL, Yardstick.EU}
    bare = {each.yardstick for each in benchmarks(antenna, ANTENNA, assess(antenna, ANTENNA), ()).measures}
    assert bare & {Yardstick.PER_ACCELERATOR, Yardstick.PUE} == set()


def test_the_own_pue_is_the_mean_by_power_where_every_site_states_it() -> None:
    sites = (
        SiteFacts("a", it_power_kw=Decimal(600), pue=Decimal("1.20")),
        SiteFacts("b", it_power_kw=Decimal(300), pue=Decimal("1.50")),
        SiteFacts("c", it_power_kw=Decimal(300)),
    )
    assert measure(among(facts=replace(factory, sites=sites)), Yardstick.PUE).own == Decimal("1.3")
    unknown = (sites[0], replace(sites[1], it_power_kw=None))
    assert measure(among(facts=replace(factory, sites=unknown)), Yardstick.PUE).own == Decimal("1.35")


def test_personnel_is_measured_against_the_cost_of_services() -> None:
    assert measure(among(), Yardstick.PERSONNEL).own == Fraction(80, 100)  # 80 000 of 80 000 + 25 %


@pytest.mark.parametrize("reference", ["BE-AIF-2025", "BE-AIFA-2025"])
def test_the_demonstration_bids_have_somebody_to_be_compared_with(reference: str) -> None:
    facts, call = (factory, FACTORY) if reference == "BE-AIF-2025" else (antenna, ANTENNA)
    found = benchmarks(replace(facts, reference=reference), call, assess(facts, call), SHIPPED)
    assert {each.yardstick for each in found.ranked} >= {Yardstick.TOTAL, Yardstick.EU, Yardstick.EU_SHARE}

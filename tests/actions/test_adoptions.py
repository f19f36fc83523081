"""Adopting a scenario writes every row or none, and gives every row back or none."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from bids import access, snapshot, telling
from bids.actions import adoptions, rows, scenarios
from bids.actions.changing import changing
from bids.actions.records import verify_chain
from bids.models import Adoption, Bid, BudgetLine, Confirmation, Scenario
from bids.rulebook.facts import BidFacts, EnergyPricing
from bids.rulebook.funding import assess
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import Change, LeverName, apply
from bids.rulebook.vocabulary import BidState, Role, Stream
from tests import factories

Move = Callable[[Bid, BidState], Bid]
EVERYTHING = (
    Change(LeverName.ACCELERATORS, "", Decimal(300)),
    Change(LeverName.ENERGY_PRICE, "zellik", Decimal("0.16")),
    Change(LeverName.PRICES, "A1", Decimal("1.05")),
    Change(LeverName.LINE_AMOUNT, "L002", Decimal("12.34")),
    Change(LeverName.RATE_OPERATION, "", Decimal("0.45")),
    Change(LeverName.DELAY, "", Decimal(12)),
    Change(LeverName.DURATION, "", Decimal(48)),
    Change(LeverName.WITHOUT_PARTNER, "lab"),
    Change(LeverName.WITHOUT_SITE, "charleroi"),
)


@pytest.fixture
def powered(bid: Bid) -> Bid:
    """The small bid with lines that count accelerators and pay their electricity."""
    zellik = bid.sites.get(key="zellik")
    energy = EnergyPricing(Decimal(480), Decimal("1.20"), Decimal("0.75"), Decimal("0.11"), Decimal(5))
    machine = {"stream": Stream.MACHINE, "site": zellik, "amount": None, "year": 2026}
    factories.a_line(bid, "M002", category="acquisition", quantity="400", unit="accelerator", unit_cost="30000.00",
                     position=9, **machine)  # fmt: skip
    factories.a_line(bid, "M003", category="energy", pricing=energy, position=10, **machine)
    with changing(bid, by=None) as change:
        change.touch(BudgetLine)
    return Bid.objects.with_call().get(pk=bid.pk)


def facts_of(bid: Bid) -> BidFacts:
    return snapshot.take(Bid.objects.get(pk=bid.pk))


def adopt(scenario: Scenario, by: User, *, leave_out: bool = False) -> Adoption:
    bid = Bid.objects.get(pk=scenario.bid_id)
    return adoptions.adopt(scenario, revision=bid.revision, version=scenario.version, leave_out=leave_out, by=by)


def test_the_bid_becomes_what_the_scenario_said(powered: Bid, ada: User) -> None:
    before = facts_of(powered)
    scenario = factories.a_scenario(powered, ada, "All at once", *EVERYTHING)
    adoption = adopt(scenario, ada)
    powered.refresh_from_db()
    after = facts_of(powered)
    assert after == apply(before, EVERYTHING).facts
    assessed = assess(after, snapshot.call_of(powered))
    assert (powered.total, powered.eu) == (assessed.total, assessed.eu) == (adoption.total_after, adoption.eu_after)
    assert adoption.total_before == assess(before, snapshot.call_of(powered)).total
    assert verify_chain(powered) == ""


def test_it_is_one_change_with_one_event_over_those_of_the_rows(powered: Bid, ada: User) -> None:
    revision, events = powered.revision, powered.events.count()
    scenario = factories.a_scenario(powered, ada, "Dearer", Change(LeverName.ENERGY_PRICE, "zellik", Decimal("0.16")))
    adopt(scenario, ada)
    powered.refresh_from_db()
    assert powered.revision == revision + 1
    told = [event.name for event in powered.events.all()[events:]]
    assert told == ["site_changed", "budget_line_changed", "scenario_adopted"]
    event = powered.events.latest("sequence")
    assert (event.about, event.actor) == (f"scenarios/{scenario.key}", ada)
    assert (event.before["total"], event.after["total"]) != (event.after["total"], event.before["total"])
    (sentence,) = telling.tell([event])
    assert str(sentence.what) == f"The scenario {scenario.key} (Dearer) was adopted: the bid is now what it said."
    assert {change.label for change in sentence.changes} == {"Total", "Contribution of the Union"}


def test_taken_back_the_bid_is_what_it_was(powered: Bid, ada: User, fien: User) -> None:
    before = facts_of(powered)
    adoption = adopt(factories.a_scenario(powered, ada, "", *EVERYTHING), ada)
    undone = adoptions.take_back(adoption, by=ada)
    powered.refresh_from_db()
    assert facts_of(powered) == before
    assert (undone.undone_by, powered.total) == (ada, adoption.total_before)
    assert powered.events.latest("sequence").name == "adoption_taken_back"
    assert verify_chain(powered) == ""
    with pytest.raises(ValidationError, match="taken back already"):
        adoptions.take_back(adoption, by=ada)


def test_adopted_once_more_after_it_was_taken_back(powered: Bid, ada: User) -> None:
    scenario = factories.a_scenario(powered, ada, "", *EVERYTHING)
    adoptions.take_back(adopt(scenario, ada), by=ada)
    again = adopt(scenario, ada)
    assert facts_of(powered).duration_months == 48
    assert [each.pk for each in scenario.adoptions.filter(undone_at=None)] == [again.pk]


def test_rows_that_were_changed_since_are_named_and_nothing_is_half_restored(powered: Bid, ada: User) -> None:
    adoption = adopt(factories.a_scenario(powered, ada, "", *EVERYTHING), ada)
    line, gone = powered.budget_lines.get(key="M002"), powered.budget_lines.get(key="L001")
    rows.revise(line, {"unit_cost": Decimal("31000.00")}, seen=line.version, by=ada)
    with changing(powered, by=ada) as change:
        change.restore(gone)
    before = facts_of(powered)
    with pytest.raises(adoptions.ChangedSince) as since:
        adoptions.take_back(adoption, by=ada)
    assert [row["place"] for row in since.value.rows] == ["budget/L001", "budget/M002"]
    assert facts_of(powered) == before
    assert Adoption.objects.get(pk=adoption.pk).undone_at is None


def test_what_an_adoption_did_not_touch_stays_when_it_is_taken_back(powered: Bid, ada: User) -> None:
    scenario = factories.a_scenario(powered, ada, "", Change(LeverName.LINE_QUANTITY, "M002", Decimal(300)))
    adoption = adopt(scenario, ada)
    line = powered.budget_lines.get(key="M002")
    rows.revise(line, {"description": "Nodes with a better name"}, seen=line.version, by=ada)
    adoptions.take_back(adoption, by=ada)
    line.refresh_from_db()
    assert (line.quantity, line.description) == (Decimal(400), "Nodes with a better name")


def test_a_line_whose_site_went_meanwhile_is_not_put_back_without_it(powered: Bid, ada: User) -> None:
    scenario = factories.a_scenario(powered, ada, "", Change(LeverName.WITHOUT_SITE, "charleroi"))
    adoption = adopt(scenario, ada)
    for link in powered.links.all():
        rows.drop(link, seen=link.version, by=ada)
    site = powered.sites.get(key="charleroi")
    rows.drop(site, seen=site.version, by=ada)
    with pytest.raises(adoptions.ChangedSince) as since:
        adoptions.take_back(adoption, by=ada)
    assert [row["place"] for row in since.value.rows] == ["budget/L001"]


def test_a_change_that_does_not_fit_is_refused_unless_it_is_left_out(powered: Bid, ada: User) -> None:
    fits, gone = Change(LeverName.DURATION, "", Decimal(24)), Change(LeverName.WITHOUT_SITE, "mons")
    scenario = factories.a_scenario(powered, ada, "", gone, fits)
    with pytest.raises(ValidationError, match="can't be made in this bid"):
        adopt(scenario, ada)
    assert facts_of(powered).duration_months == 36
    adopt(scenario, ada, leave_out=True)
    assert facts_of(powered).duration_months == 24


def test_what_changes_nothing_is_not_adopted(powered: Bid, ada: User) -> None:
    scenario = factories.a_scenario(powered, ada, "", Change(LeverName.DURATION, "", Decimal(36)))
    with pytest.raises(ValidationError, match="changes nothing"):
        adopt(scenario, ada, leave_out=True)
    assert not Adoption.objects.exists()


@pytest.mark.parametrize("late", ["revision", "version", "removed"])
def test_what_was_not_shown_is_not_adopted(powered: Bid, ada: User, late: str) -> None:
    scenario = factories.a_scenario(powered, ada, "", Change(LeverName.DURATION, "", Decimal(24)))
    seen = {"revision": powered.revision, "version": scenario.version} | ({late: 9} if late != "removed" else {})
    if late == "removed":
        scenarios.remove(scenario, seen=1, by=ada)
    with pytest.raises(adoptions.Moved):
        adoptions.adopt(scenario, leave_out=False, by=ada, **seen)
    assert facts_of(powered).duration_months == 36


def test_a_finance_officer_adopts_what_is_hers_to_write(powered: Bid, ada: User, fien: User) -> None:
    lines = factories.a_scenario(powered, fien, "", Change(LeverName.PRICES, "", Decimal("1.01")))
    adoption = adopt(lines, fien)
    assert adoption.by == fien
    dates = factories.a_scenario(powered, fien, "", Change(LeverName.DURATION, "", Decimal(24)))
    with pytest.raises(access.Refused, match="Your role does not allow this"):
        adopt(dates, fien)
    assert facts_of(powered).duration_months == 36


def test_a_finance_officer_of_another_partner_writes_only_its_own_costs(powered: Bid, bruno: User) -> None:
    powered.people.filter(user=bruno).update(role=Role.FINANCE_OFFICER)
    own = factories.a_scenario(powered, bruno, "", Change(LeverName.LINE_QUANTITY, "L001", Decimal(50)))
    others = factories.a_scenario(powered, bruno, "", Change(LeverName.LINE_AMOUNT, "L002", Decimal(50)))
    powered.partners.get(key="cenaero").people.update(partner=powered.partners.get(key="cenaero"))
    adopt(own, bruno)
    with pytest.raises(access.Refused):
        adopt(others, bruno)
    assert powered.budget_lines.get(key="L002").amount == Euro.of("566666.67")


def test_a_frozen_bid_is_not_adopted_into_nor_taken_back(powered: Bid, ada: User, moved_to: Move) -> None:
    scenario = factories.a_scenario(powered, ada, "", Change(LeverName.DURATION, "", Decimal(24)))
    adoption = adopt(scenario, ada)
    moved_to(powered, BidState.IN_REVIEW)
    with pytest.raises(access.Refused):
        adopt(scenario, ada)
    with pytest.raises(access.Refused):
        adoptions.take_back(adoption, by=ada)


def test_a_bid_that_would_be_too_large_is_refused_in_words(powered: Bid, ada: User) -> None:
    before = facts_of(powered)
    dearer = (Change(LeverName.PRICES, category, Decimal(1000)) for category in ("", "acquisition"))
    scenario = factories.a_scenario(powered, ada, "", *dearer, Change(LeverName.LINE_QUANTITY, "M002", Decimal(10**9)))
    with pytest.raises(ValidationError, match="adds up to more"):
        adopt(scenario, ada)
    assert facts_of(powered) == before
    assert not Adoption.objects.exists()


def test_confirmations_of_partners_whose_costs_moved_are_cleared(powered: Bid, ada: User) -> None:
    for key in ("imec", "cenaero"):
        factories.a_confirmation(powered.partners.get(key=key), ada)
    adopt(factories.a_scenario(powered, ada, "", Change(LeverName.LINE_QUANTITY, "L001", Decimal(50))), ada)
    kept = Confirmation.objects.filter(cleared_at=None).values_list("partner__key", flat=True)
    assert list(kept) == ["imec"]


def test_a_removed_line_keeps_all_it_had(powered: Bid, ada: User) -> None:
    before = BudgetLine.objects.get(bid=powered, key="L001")
    adoption = adopt(factories.a_scenario(powered, ada, "", Change(LeverName.WITHOUT_SITE, "charleroi")), ada)
    assert BudgetLine.objects.get(bid=powered, key="L001").removed_by == ada
    adoptions.take_back(adoption, by=ada)
    after = BudgetLine.objects.get(bid=powered, key="L001")
    assert (after.site_id, after.amount, after.position) == (before.site_id, before.amount, before.position)

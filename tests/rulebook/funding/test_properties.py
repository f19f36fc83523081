"""What must hold for every bid under every call."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, GrantShare, as_json, assess, why
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Stream
from tests.rulebook.funding.strategies import bids, calls, euros, grant_calls

ON = date(2026, 7, 1)
examples = settings(max_examples=50, deadline=None)


def totals(shares: Iterable[Any]) -> Euro:
    return Euro.total(share.total for share in shares)


def eu(shares: Iterable[Any]) -> Euro:
    return Euro.total(share.eu for share in shares)


@examples
@given(bids(), calls())
def test_every_view_adds_up_to_the_same_cent(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call, on=ON)
    for view in (found.lines, found.sites, found.categories, found.years, found.work_packages):
        assert totals(view.values()) == found.total
        assert eu(view.values()) == found.eu
    assert totals(found.partners.values()) == found.total
    assert Euro.total(share.eu + share.machine_eu for share in found.partners.values()) == found.eu
    assert eu(found.streams.values()) == found.eu
    assert totals(found.streams.values()) == found.eligible


@examples
@given(bids(), calls())
def test_what_counts_and_what_does_not_make_the_total(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call)
    assert totals(line for line in found.lines.values() if line.eligible) == found.eligible
    rest = totals(line for line in found.lines.values() if not line.eligible)
    assert found.eligible + rest == found.total
    assert not any(line.eu or line.indirect for line in found.lines.values() if not line.eligible)


@examples
@given(bids(), calls())
def test_streams_and_partners_tell_the_same_grants(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call)
    grants = [share for share in found.streams.values() if isinstance(share, GrantShare)]
    assert Euro.total(share.direct for share in grants) == Euro.total(each.direct for each in found.partners.values())
    assert Euro.total(share.indirect for share in grants) == Euro.total(
        each.indirect for each in found.partners.values()
    )
    assert Euro.total(share.eu for share in grants) == Euro.total(each.eu for each in found.partners.values())
    for share in found.partners.values():
        assert share.eligible == share.direct + share.indirect
        assert share.national == share.eligible - share.eu
        assert share.eu <= share.computed


@examples
@given(bids(), calls())
def test_nothing_in_kind_is_paid_by_anybody_and_revenues_move_no_money(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call, on=ON)
    for partner in facts.partners:
        share, zero = found.partners[partner.key], Euro()
        paid = share.eu + (partner.state_money or zero) + (partner.other_union_money or zero)
        if share.in_kind is not None:
            assert share.in_kind == max(zero, share.eligible - paid)
        if partner.expected_revenues is not None:
            assert share.surplus == max(zero, partner.expected_revenues - (share.eligible - share.eu))
    silent = [
        replace(card, state_money=None, other_union_money=None, expected_revenues=None) for card in facts.partners
    ]
    plain = assess(replace(facts, partners=tuple(silent)), call, on=ON)
    assert (plain.streams, plain.lines, plain.national) == (found.streams, found.lines, found.national)


@examples
@given(bids(), calls())
def test_nobody_pays_more_than_there_is_to_pay(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call, on=ON)
    assert found.eu + found.national + found.other + found.elsewhere == found.total
    for amount in (found.national, found.other, found.elsewhere, found.uncovered):
        assert amount >= Euro()
    assert all(Euro() <= line.eu <= line.total for line in found.lines.values())
    assert found.uncovered == max(Euro(), found.national - found.signed)


@examples
@given(bids(), calls())
def test_no_cap_no_request_and_no_rate_is_exceeded(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call)
    for scheme in call.streams:
        share = found.streams.get(scheme.stream)
        if isinstance(share, GrantShare):
            assert scheme.eu_cap is None or share.eu <= scheme.eu_cap
            assert share.eu <= share.eu_before_cap
            assert share.capped is (share.eu < share.eu_before_cap)
    for partner in facts.partners:
        assert partner.requested_eu is None or found.partners[partner.key].eu <= partner.requested_eu
    if found.union_access_share is not None:
        machine = call.scheme(Stream.MACHINE)
        assert found.union_access_share <= max(machine.rate_acquisition_max, machine.rate_operation_max)


@examples
@given(bids(), calls(), st.randoms(use_true_random=False))
def test_the_order_of_lines_partners_and_commitments_changes_nothing(
    facts: BidFacts, call: CallFacts, shuffler: random.Random
) -> None:
    def shuffled(items: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(shuffler.sample(items, len(items)))

    other = replace(
        facts,
        budget=shuffled(facts.budget),
        partners=shuffled(facts.partners),
        commitments=shuffled(facts.commitments),
        sites=shuffled(facts.sites),
    )
    assert assess(other, call, on=ON) == assess(facts, call, on=ON)


@examples
@given(bids(plain=True), calls(), st.data())
def test_a_line_in_two_pieces_moves_nothing_but_the_cents_that_are_shared_out(
    facts: BidFacts, call: CallFacts, data: st.DataObject
) -> None:
    """Bid, streams and partners stay to the cent; where F14 shares out by lines, no part moves by more than theirs."""
    whole = [line for line in facts.budget if line.amount]
    if not whole:
        return
    line = data.draw(st.sampled_from(whole))
    first = Euro(data.draw(st.integers(0, line.amount.cents)))
    pieces = (replace(line, amount=first), replace(line, key="piece", amount=line.amount - first))
    kept = tuple(piece for each in facts.budget for piece in (pieces if each is line else (each,)))
    before, after = assess(facts, call, on=ON), assess(replace(facts, budget=kept), call, on=ON)
    assert (after.total, after.eligible, after.eu, after.national) == (
        before.total, before.eligible, before.eu, before.national
    )  # fmt: skip
    assert (after.streams, after.partners) == (before.streams, before.partners)
    for name in ("sites", "categories", "years", "work_packages"):
        old, new = getattr(before, name), getattr(after, name)
        assert old.keys() == new.keys()
        assert all(abs((new[key].eu - old[key].eu).cents) <= 2 * len(kept) for key in old)


@examples
@given(bids(plain=True), grant_calls(), st.data())
def test_more_eligible_cost_never_lowers_the_union_part_before_the_cap(
    facts: BidFacts, call: CallFacts, data: st.DataObject
) -> None:
    if not facts.budget:
        return
    chosen = data.draw(st.sampled_from(facts.budget))
    dearer = replace(chosen, amount=chosen.amount + data.draw(euros))
    grown = replace(facts, budget=tuple(dearer if line is chosen else line for line in facts.budget))
    before, after = assess(facts, call), assess(grown, call)
    assert after.streams["services"].eu_before_cap >= before.streams["services"].eu_before_cap
    assert after.eu >= before.eu
    assert after.eligible >= before.eligible


@examples
@given(bids(plain=True), grant_calls())
def test_each_line_gets_its_part_to_the_cent(facts: BidFacts, call: CallFacts) -> None:
    """F14: no line is further than a cent from its exact part, of indirect costs and of Union money."""
    found = assess(facts, call)
    shares = {(entity.partner): entity for entity in found.entities}
    for line in facts.budget:
        entity, share = shares[line.partner], found.lines[line.key]
        assert abs(share.eu.cents * entity.eligible.cents - entity.eu.cents * share.total.cents) <= max(
            entity.eligible.cents, 0
        )
        if share.indirect:
            exact = entity.indirect.cents * share.amount.cents
            assert abs(share.indirect.cents * entity.indirect_base.cents - exact) <= entity.indirect_base.cents


def figures(found: Assessment) -> dict[str, str]:
    """Every amount of the JSON by its name."""
    named: dict[str, str] = {}
    for key, value in as_json(found).items():
        if isinstance(value, str) and "share" not in key and key not in ("call", "rule_set"):
            named[key] = value
        elif isinstance(value, dict) and key != "problems":
            for inner, record in value.items():
                named |= {f"{key}/{inner}/{field}": figure for field, figure in record.items()}
    return {
        name: figure
        for name, figure in named.items()
        if isinstance(figure, str) and name.rpartition("/")[2] not in ("rate", "stream")
    }


@settings(max_examples=30, deadline=None)
@given(bids(most=8), calls())
def test_every_figure_can_be_explained_and_the_last_step_ends_at_it(facts: BidFacts, call: CallFacts) -> None:
    found = assess(facts, call, on=ON)
    for name, figure in figures(found).items():
        steps = why(found, facts, call, name)
        assert (name, str(steps[-1].after)) == (name, figure)
        assert all(str(step.sentence) and step.source and step.cite for step in steps)

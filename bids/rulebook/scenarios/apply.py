"""Laying changes over a bid: facts in, facts out, nothing of the bid itself is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bids.rulebook.facts import BidFacts
from bids.rulebook.scenarios import machines, money, plan
from bids.rulebook.scenarios.change import Change, check
from bids.rulebook.scenarios.levers import LeverName
from bids.rulebook.text import Sentence, gettext_noop, sentence

_IDLE = gettext_noop("%(lever)s: nothing in the budget depends on it.")


@dataclass(frozen=True, slots=True)
class Applied:
    """The bid as it would be, and the changes that could not be made or move nothing, each with the reason."""

    facts: BidFacts
    set_aside: tuple[tuple[Change, Sentence], ...] = ()


def apply(facts: BidFacts, changes: Iterable[Change]) -> Applied:
    """Make the changes in their order; one that doesn't fit this bid is set aside and told."""
    aside = []
    for change in changes:
        refused = check(change, facts)
        changed = facts if refused else _MOVES[change.lever](facts, change)
        if changed is facts or changed == facts:
            aside.append((change, refused or sentence(_IDLE, lever=Sentence(change.lever.label))))
        facts = changed
    return Applied(facts, tuple(aside))


def _rate_acquisition(facts: BidFacts, change: Change) -> BidFacts:
    return replace(facts, rates=replace(facts.rates, acquisition=change.value))


def _rate_operation(facts: BidFacts, change: Change) -> BidFacts:
    return replace(facts, rates=replace(facts.rates, operation=change.value))


_MOVES: dict[LeverName, Callable[[BidFacts, Change], BidFacts]] = {
    LeverName.ACCELERATORS: machines.with_accelerators,
    LeverName.ACCELERATOR_PRICE: machines.with_accelerator_price,
    LeverName.ENERGY_PRICE: machines.with_energy_price,
    LeverName.PUE: machines.with_pue,
    LeverName.LOAD: machines.with_load,
    LeverName.PRICES: money.with_prices,
    LeverName.LINE_AMOUNT: money.with_amount,
    LeverName.LINE_QUANTITY: money.with_quantity,
    LeverName.LINE_UNIT_COST: money.with_unit_cost,
    LeverName.RATE_ACQUISITION: _rate_acquisition,
    LeverName.RATE_OPERATION: _rate_operation,
    LeverName.WITHOUT_SITE: plan.without_site,
    LeverName.WITHOUT_PARTNER: plan.without_partner,
    LeverName.DELAY: plan.delayed,
    LeverName.DURATION: plan.lasting,
}

"""What a budget line costs: its amount as stated, or by quantity, or by one of the formulas.

Each line is rounded once, at its end; only a daily rate is rounded on the way (F2). Whatever a
line states twice must agree to the cent, else it has no price and says why.
"""

from __future__ import annotations

from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding.formulas import by_formula, by_quantity
from bids.rulebook.funding.formulas.figured import Priced, Terms
from bids.rulebook.funding.grounds import HOUSE
from bids.rulebook.funding.trace import step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence

_NO_PRICE = gettext_noop(
    "%(line)s has no price. Give an amount, or a quantity with a unit cost, or choose a formula and fill it in."
)
_NEGATIVE = gettext_noop("%(line)s costs %(amount)s, but a cost can't be below zero. Correct it.")
_DISAGREES = gettext_noop(
    "%(line)s states %(stated)s, but %(way)s gives %(computed)s. Correct one of the two, or leave one of them out."
)
_BY_QUANTITY = Sentence(gettext_noop("quantity times unit cost"))
_BY_FORMULA = Sentence(gettext_noop("its formula"))
_BOTH = gettext_noop("%(one)s %(two)s")
_STATED = gettext_noop("%(line)s states its amount: %(amount)s.")


def price(line: CostFact, facts: BidFacts, call: CallFacts) -> Priced:
    """What one line costs under this call, with every step of why."""
    priced = price_under(line, call.scheme(line.stream), facts.duration_months, call)
    if priced.steps or priced.problem:
        return priced
    words = sentence(_STATED, line=line.key, amount=priced.amount)
    return Priced(priced.amount, (step("stated", line.key, words, Euro(), priced.amount, HOUSE),))


def price_under(line: CostFact, scheme: StreamScheme | None, duration: int | None, call: CallFacts) -> Priced:
    """The same for callers that know how the line's stream is paid; a plain amount needs no step."""
    if line.pricing is None and (line.quantity is None or line.unit_cost is None):
        priced = Priced(line.amount) if line.amount is not None else _no_price(line)
    else:
        if duration is None and scheme is not None:
            duration = scheme.duration_months
        priced = _computed(line, Terms(line.key, call.opens, duration, scheme.cost_model if scheme else None))
    if priced.amount.cents < 0:
        return Priced(problem=sentence(_NEGATIVE, line=line.key, amount=priced.amount))
    return priced


def _no_price(line: CostFact) -> Priced:
    return Priced(problem=sentence(_NO_PRICE, line=line.key))


def _computed(line: CostFact, terms: Terms) -> Priced:
    """The price by formula, or by quantity where there is none; all that is stated must agree."""
    by_units = _by_units(line, terms)
    chosen = by_units if line.pricing is None else by_formula(terms, line.pricing)
    assert chosen is not None  # a line with neither way is not computed
    if chosen.problem is not None:
        return chosen
    for stated in (line.amount, by_units.amount if by_units else None):
        if stated is not None and stated != chosen.amount:
            return Priced(problem=_disagreement(line, stated, chosen))
    return chosen


def _by_units(line: CostFact, terms: Terms) -> Priced | None:
    """The price by quantity, where both numbers are given."""
    if line.quantity is None or line.unit_cost is None:
        return None
    return by_quantity(terms, line.quantity, line.unit_cost)


def _disagreement(line: CostFact, other: Euro, chosen: Priced) -> Sentence:
    """Both numbers, and the months that were cut, where that may be why they differ."""
    way = _BY_QUANTITY if line.pricing is None else _BY_FORMULA
    words = sentence(_DISAGREES, line=line.key, stated=other, way=way, computed=chosen.amount)
    cut = next((step.sentence for step in chosen.steps if step.rule == "months"), None)
    return words if cut is None else sentence(_BOTH, one=words, two=cut)

"""The rules once more, read naively from the cost rules: fractions everywhere, nothing clever.

Slow on purpose and built differently from the engine, so that the two can check each other.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts, CostFact
from bids.rulebook.funding import price
from bids.rulebook.money import Rounding

Cents = dict[str, int]


def half_up(number: Fraction) -> int:
    return floor(number + Fraction(1, 2))


def settle(number: Fraction, rounding: Rounding) -> int:
    return half_up(number) if rounding is Rounding.HALF_UP else floor(number)


def f14(amount: int, weights: Cents) -> Cents:
    """Floor each share, then one cent each to the largest remainders, ties to the smaller key."""
    if not amount:
        return dict.fromkeys(weights, 0)
    exact = {key: Fraction(amount * weight, sum(weights.values())) for key, weight in weights.items()}
    shares = {key: floor(share) for key, share in exact.items()}
    ranked = sorted(exact, key=lambda key: (shares[key] - exact[key], key))
    for key in ranked[: amount - sum(shares.values())]:
        shares[key] += 1
    return shares


def eligible(line: CostFact, scheme: StreamScheme | None, facts: BidFacts) -> bool:
    roles = {partner.key: partner.role for partner in facts.partners}
    if line.category == "E" or line.funded_elsewhere or roles.get(line.partner or "") == "associated":
        return False
    if scheme is None or line.category not in scheme.cost_model.categories:
        return False
    return line.partner is not None or line.stream in ("machine", "capex")


def union_money(facts: BidFacts, call: CallFacts) -> tuple[Cents, Cents]:
    """Indirect costs and Union money of every line, in cents."""
    amounts = {line.key: price(line, facts, call).amount.cents for line in facts.budget}
    indirect, eu = dict.fromkeys(amounts, 0), dict.fromkeys(amounts, 0)
    own: dict[tuple[str, str], list[CostFact]] = {}
    for line in facts.budget:
        if line.stream in ("services", "experimental_platform") and eligible(line, call.scheme(line.stream), facts):
            own.setdefault((line.stream, line.partner), []).append(line)
    uncapped = {pot: _entity(lines, call, facts, amounts, indirect) for pot, lines in own.items()}
    for partner in facts.partners:
        mine = {stream: eu for (stream, key), eu in uncapped.items() if key == partner.key}
        if partner.requested_eu is not None and partner.requested_eu.cents < sum(mine.values()):
            for stream, part in f14(partner.requested_eu.cents, mine).items():
                uncapped[stream, partner.key] = part
    for scheme in call.streams:
        if scheme.stream in ("machine", "capex"):
            _up_to(scheme, facts, amounts, eu)
            continue
        parts = {key: part for (stream, key), part in uncapped.items() if stream == scheme.stream}
        if scheme.eu_cap is not None and sum(parts.values()) > scheme.eu_cap.cents:
            parts = f14(scheme.eu_cap.cents, parts)
        for key, part in parts.items():
            lines = own[scheme.stream, key]
            eu |= f14(part, {line.key: amounts[line.key] + indirect[line.key] for line in lines})
    return indirect, eu


def _entity(lines: list[CostFact], call: CallFacts, facts: BidFacts, amounts: Cents, indirect: Cents) -> int:
    """F7 to F9 for one partner in one stream."""
    scheme = call.scheme(lines[0].stream)
    model = scheme.cost_model
    base = {line.key: amounts[line.key] for line in lines if line.category not in model.indirect_excluded}
    overhead = half_up(model.indirect_rate * sum(base.values()))
    indirect |= f14(overhead, base)
    cost = sum(amounts[line.key] for line in lines) + overhead
    kind = next(partner.kind for partner in facts.partners if partner.key == lines[0].partner)
    return settle(scheme.rates_by_kind.get(kind.value, scheme.rate) * cost, scheme.rounding)


def _up_to(scheme: StreamScheme, facts: BidFacts, amounts: Cents, eu: Cents) -> None:
    """F11 and F12: "up to" a rate of a group of lines."""
    lines = [line for line in facts.budget if line.stream == scheme.stream and eligible(line, scheme, facts)]
    rates = {None: (None, scheme.rate_max)}
    if scheme.stream == "machine":
        rates = {
            "acquisition": (facts.rates.acquisition, scheme.rate_acquisition_max),
            "operation": (facts.rates.operation, scheme.rate_operation_max),
        }
    for group, (asked, most) in rates.items():
        costs = {line.key: amounts[line.key] for line in lines if scheme.cost_model.groups.get(line.category) == group}
        rate = most if asked is None else min(Fraction(asked), most)
        eu |= f14(settle(rate * sum(costs.values()), scheme.rounding), costs)

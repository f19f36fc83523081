"""Where a lever stands now: what a form proposes, a tornado swings around and a search starts from."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts, CostFact, EnergyPricing, SiteFacts
from bids.rulebook.funding import price
from bids.rulebook.scenarios.levers import LEVERS, Aim, LeverName
from bids.rulebook.scenarios.machines import accelerators_at
from bids.rulebook.vocabulary import Stream

_OF_A_SITE = {LeverName.ENERGY_PRICE: "energy_price_per_kwh", LeverName.PUE: "pue", LeverName.LOAD: "load"}
_OF_A_LINE = {LeverName.ENERGY_PRICE: "price_per_kwh", LeverName.PUE: "pue", LeverName.LOAD: "load"}
_FACTORS = (LeverName.ACCELERATOR_PRICE, LeverName.PRICES)


def standing(facts: BidFacts, call: CallFacts, lever: LeverName, target: str = "") -> Decimal | None:
    """The value a lever has without a change; nothing where the bid doesn't say, or the lever takes no value."""
    if lever in _FACTORS:
        return Decimal(1)
    if lever in _OF_A_SITE:
        return _of_sites(facts, lever, target)
    if LEVERS[lever].aim is Aim.LINE:
        return _of_the_line(facts, call, lever, target)
    read = _OF_THE_BID.get(lever)
    if lever is LeverName.ACCELERATORS:
        return Decimal(sum(accelerators_at(facts, site) for site in _meant(facts, target)))
    return read(facts, call) if read else None


def most_under(call: CallFacts, lever: LeverName) -> Decimal:
    """The largest value that makes sense under a call: it pays no more than its rates."""
    machine = call.scheme(Stream.MACHINE)
    ceilings = {
        LeverName.RATE_ACQUISITION: machine.rate_acquisition_max if machine else None,
        LeverName.RATE_OPERATION: machine.rate_operation_max if machine else None,
    }
    ceiling = ceilings.get(lever)
    return LEVERS[lever].most if ceiling is None else _decimal(ceiling)


def _meant(facts: BidFacts, target: str) -> list[SiteFacts]:
    return [site for site in facts.sites if target in ("", site.key)]


def _of_sites(facts: BidFacts, lever: LeverName, target: str) -> Decimal | None:
    """As the largest consumer of electricity has it; else as the first site that says it."""
    drawn = [
        line.pricing for line in facts.budget if isinstance(line.pricing, EnergyPricing) and target in ("", line.site)
    ]
    if drawn:
        value: Decimal = getattr(max(drawn, key=lambda energy: energy.kw), _OF_A_LINE[lever])
        return value
    said = (getattr(site, _OF_A_SITE[lever]) for site in _meant(facts, target))
    return next((value for value in said if value is not None), None)


def _of_the_line(facts: BidFacts, call: CallFacts, lever: LeverName, key: str) -> Decimal | None:
    line = next((line for line in facts.budget if line.key == key), None)
    if line is None:
        return None
    if lever is LeverName.LINE_AMOUNT:
        return _price_of(line, facts, call)
    return line.quantity if lever is LeverName.LINE_QUANTITY else line.unit_cost


def _price_of(line: CostFact, facts: BidFacts, call: CallFacts) -> Decimal:
    return Decimal(price(line, facts, call).amount.cents).scaleb(-2)


def _rate_acquisition(facts: BidFacts, call: CallFacts) -> Decimal | None:
    asked = facts.rates.acquisition
    return most_under(call, LeverName.RATE_ACQUISITION) if asked is None else asked


def _rate_operation(facts: BidFacts, call: CallFacts) -> Decimal | None:
    asked = facts.rates.operation
    return most_under(call, LeverName.RATE_OPERATION) if asked is None else asked


_OF_THE_BID: dict[LeverName, Callable[[BidFacts, CallFacts], Decimal | None]] = {
    LeverName.RATE_ACQUISITION: _rate_acquisition,
    LeverName.RATE_OPERATION: _rate_operation,
    LeverName.DELAY: lambda facts, call: Decimal(0),
    LeverName.DURATION: lambda facts, call: Decimal(facts.duration_months) if facts.duration_months else None,
}


def _decimal(rate: Fraction) -> Decimal:
    return Decimal(int(rate * 10**6)).scaleb(-6)

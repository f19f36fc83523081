"""What follows from numbers that are certain, and what only from numbers that are not.

A number that is recalled below 0.9, inferred or disputed may warn but never block, whatever its value
(decision 17). A check of sums blocks where something is missing even if every such number were as
good for the bid as it can be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from bids.rulebook.call import CallFacts, Source, StreamScheme
from bids.rulebook.facts import CostFact, DepreciationPricing, SmeOwnerPricing
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.money import Euro
from bids.rulebook.readiness.asking import Case
from bids.rulebook.vocabulary import Stream

WHOLE = Fraction(1)
RATES = ("action/rate", "rate", "rate_acquisition_max", "rate_operation_max", "rate_max")


def doubt_about(case: Case, missing: Callable[[Assessment], Euro]) -> Source | None:
    """The number whose uncertainty alone makes something missing; None where it is missing in any case."""
    doubtful = [*_doubtful(case), *_doubtful_prices(case)]
    if not doubtful or missing(_at_best(case)).cents > 0:
        return None
    return doubtful[0]


def doubt_about_share(case: Case, partner: str) -> Source | None:
    """A number that is not certain, and that a partner's computed contribution rests on."""
    lines = [line for line in case.facts.budget if line.partner == partner]
    streams = {line.stream for line in lines if line.stream is not None}
    for scheme in (scheme for scheme in case.call.streams if scheme.stream in streams):
        own = [line for line in lines if line.stream is scheme.stream]
        categories = {"indirect_rate", *(str(line.category) for line in own)}
        indirect = [name for name in _of_indirect_costs(scheme) if name.rpartition("/")[2] in categories]
        found = _first(case.call, _places(scheme, ("action/rate", "rate", *_by_kind(scheme), *indirect)))
        if found is not None:
            return found
    return next((source for line in lines if (source := doubt_about_price(case, line))), None)


def doubt_about_price(case: Case, line: CostFact) -> Source | None:
    """A number of the call that is not certain, and that the formula of a line reads."""
    scheme = case.call.scheme(line.stream)
    if scheme is None:
        return None
    match line.pricing:
        case SmeOwnerPricing(country=country):
            units = [
                f"cost_model/sme_owner_units/{position}/day"
                for position in range(len(scheme.cost_model.sme_owner_units))
            ]
            read = _places(scheme, (*units, f"cost_model/country_coefficients/{country}"))
            return _first(case.call, ("opens", *read))
        case DepreciationPricing() if case.facts.duration_months is None:
            return _first(case.call, _places(scheme, ("duration_months",)))
    return None


def _at_best(case: Case) -> Assessment:
    """The bid if every uncertain number were as good for it as it can be: full rates, no cap, no cost on top."""
    budget = tuple(line for line in case.facts.budget if doubt_about_price(case, line) is None)
    streams = tuple(_scheme_at_best(case.call, scheme) for scheme in case.call.streams)
    return assess(replace(case.facts, budget=budget), replace(case.call, streams=streams))


def _scheme_at_best(call: CallFacts, scheme: StreamScheme) -> StreamScheme:
    def full(rate: Fraction | None, *names: str) -> Fraction | None:
        return WHOLE if doubtful(*names) else rate

    def doubtful(*names: str) -> bool:
        return _first(call, _places(scheme, names)) is not None

    model, kinds = scheme.cost_model, scheme.rates_by_kind
    if doubtful(*_of_indirect_costs(scheme)):
        model = replace(model, indirect_rate=Fraction(0))
    return replace(
        scheme,
        cost_model=model,
        eu_cap=None if doubtful("eu_cap") else scheme.eu_cap,
        rate=full(scheme.rate, "action/rate", "rate"),
        rates_by_kind={kind: full(rate, f"action/rates_by_kind/{kind}") or rate for kind, rate in kinds.items()},
        rate_acquisition_max=full(scheme.rate_acquisition_max, "rate_acquisition_max"),
        rate_operation_max=full(scheme.rate_operation_max, "rate_operation_max"),
        rate_max=full(scheme.rate_max, "rate_max"),
    )


def _doubtful(case: Case) -> Iterator[Source]:
    """The uncertain numbers by which the call pays the streams in which the bid has lines."""
    used: set[Stream | None] = {line.stream for line in case.facts.budget}
    for scheme in case.call.streams:
        if scheme.stream in used:
            share = case.assessment.streams.get(scheme.stream.value)
            cap = ("eu_cap",) if getattr(share, "capped", False) else ()  # a cap that isn't reached changes nothing
            for place in _places(scheme, (*cap, *RATES, *_by_kind(scheme), *_of_indirect_costs(scheme))):
                if (source := _first(case.call, (place,))) is not None:
                    yield source


def _doubtful_prices(case: Case) -> Iterator[Source]:
    for line in case.facts.budget:
        if (source := doubt_about_price(case, line)) is not None:
            yield source


def _by_kind(scheme: StreamScheme) -> list[str]:
    return [f"action/rates_by_kind/{kind}" for kind in scheme.rates_by_kind]


def _of_indirect_costs(scheme: StreamScheme) -> list[str]:
    """The rate, and each category that is left out of its base."""
    excluded = scheme.cost_model.indirect_excluded
    return ["cost_model/indirect_rate", *(f"cost_model/indirect_excluded/{one}" for one in excluded)]


def _places(scheme: StreamScheme, names: Iterable[str]) -> list[str]:
    return [f"streams/{scheme.stream.value}/{name}" for name in names]


def _first(call: CallFacts, places: Iterable[str]) -> Source | None:
    """The first of these numbers that is there and not certain."""
    found = (call.marks[place] for place in places if place in call.marks)
    return next((source for source in found if not source.is_certain), None)

"""Why the figures of a stream are what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import CapexShare, EntityShare, GrantShare, MachineShare, StreamShare
from bids.rulebook.funding.capex import capex_steps
from bids.rulebook.funding.grant_steps import cap_step
from bids.rulebook.funding.machine import ACQUISITION, NAMES, OPERATION, Group, group_steps, groups, machine_steps
from bids.rulebook.funding.reasons.case import Case, UnknownFigure, sum_by_category
from bids.rulebook.funding.trace import Step, running_sum, step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Stream

DIRECT = Sentence(gettext_noop("direct costs"))
INDIRECT = Sentence(gettext_noop("indirect costs"))
_RATE = gettext_noop(
    "The call pays %(rate)s of eligible costs in %(stream)s, unless it says otherwise for a kind of partner."
)
_CAP = gettext_noop("The call pays at most %(cap)s in %(stream)s.")
_NO_CAP = gettext_noop("The call sets no cap for %(stream)s.")
_REST = gettext_noop("Neither the Union nor the States' least part pays %(rest)s of %(total)s.")


_Figures = dict[str, Callable[[], Iterator[Step]]]


def steps(case: Case, key: str, field: str) -> Iterator[Step]:
    """One figure of one stream."""
    share = case.assessment.streams.get(key)
    figures = {} if share is None else _figures(case, share, Stream(key))
    if field not in figures:
        raise UnknownFigure(f"streams/{key}/{field}")
    return figures[field]()


def _figures(case: Case, share: StreamShare, stream: Stream) -> _Figures:
    if isinstance(share, MachineShare):
        return _machine(case, share)
    if isinstance(share, CapexShare):
        return _capex(case, share)
    return _grant(case, share, stream)


def in_short(case: Case, stream: Stream) -> Iterator[Step]:
    """What decides the Union's part of a stream, leaving its partners' own stories to their figures."""
    scheme = case.scheme(stream)
    share = case.assessment.streams[stream]
    if isinstance(share, MachineShare):
        told = machine_steps(share, scheme, case.facts.rates)
        return (each for each in told if each.rule != "access_share")
    if isinstance(share, CapexShare):
        return (each for each in capex_steps(share, scheme) if each.rule == "capex")
    return iter((cap_step(share, scheme),) if share.capped else ())


def _grant(case: Case, share: GrantShare, stream: Stream) -> _Figures:
    own = case.entities(stream=stream)
    return {
        "direct": lambda: _sum(case, own, lambda entity: entity.direct),
        "indirect_base": lambda: _sum(case, own, lambda entity: entity.indirect_base),
        "indirect": lambda: _sum(case, own, lambda entity: entity.indirect),
        "total": lambda: running_sum(((stream, DIRECT, share.direct), (stream, INDIRECT, share.indirect))),
        "rate": lambda: _statement(case, stream, _RATE, Euro(), rate=share.rate or Fraction(0)),
        "eu_before_cap": lambda: _sum(case, own, lambda entity: entity.before_cap),
        "cap": lambda: _cap(case, share, stream),
        "eu": lambda: _after_cap(case, stream, own),
        "capped": lambda: _after_cap(case, stream, own),
    }


def _sum(case: Case, entities: list[EntityShare], amount: Callable[[EntityShare], Euro]) -> Iterator[Step]:
    return running_sum((entity.partner, case.name_of(entity.partner), amount(entity)) for entity in entities)


def _after_cap(case: Case, stream: Stream, entities: list[EntityShare]) -> Iterator[Step]:
    yield from _sum(case, entities, lambda entity: entity.before_cap)
    yield from in_short(case, stream)


def _cap(case: Case, share: GrantShare, stream: Stream) -> Iterator[Step]:
    if share.cap is None:
        return _statement(case, stream, _NO_CAP, Euro())
    return _statement(case, stream, _CAP, share.cap, cap=share.cap)


def _statement(case: Case, stream: Stream, template: str, after: Euro, **params: object) -> Iterator[Step]:
    """What the call says, on the ground it says it."""
    scheme = case.scheme(stream)
    ground = grounds.of_rate(scheme) if template == _RATE else grounds.of_cap(scheme)
    words = sentence(template, stream=Sentence(stream.label), **params)
    yield step("call", stream, words, Euro(), after, ground)


def _machine(case: Case, share: MachineShare) -> _Figures:
    scheme = case.scheme(Stream.MACHINE)
    buying, running = groups(scheme, case.facts.rates, share.acquisition, share.operation)
    return {
        "acquisition": lambda: _group_cost(case, buying),
        "operation": lambda: _group_cost(case, running),
        "total": lambda: _sum_of_groups(share.acquisition, share.operation),
        "eu_acquisition": lambda: group_steps(buying, scheme),
        "eu_operation": lambda: group_steps(running, scheme),
        "eu": lambda: _machine_eu(case, share),
        "rate_acquisition": lambda: group_steps(buying, scheme),
        "rate_operation": lambda: group_steps(running, scheme),
    }


def _group_cost(case: Case, group: Group) -> Iterator[Step]:
    names = case.scheme(Stream.MACHINE).cost_model.groups
    return sum_by_category(
        (
            (line, share)
            for line, share in case.rows
            if line.stream is Stream.MACHINE and share.eligible and names[line.category] == group.name
        ),
        lambda share: share.total,
    )


def _sum_of_groups(acquisition: Euro, operation: Euro) -> Iterator[Step]:
    parts = ((ACQUISITION, acquisition), (OPERATION, operation))
    return running_sum((name, NAMES[name], amount) for name, amount in parts)


def _machine_eu(case: Case, share: MachineShare) -> Iterator[Step]:
    yield from in_short(case, Stream.MACHINE)
    yield from _sum_of_groups(share.eu_acquisition, share.eu_operation)


def _capex(case: Case, share: CapexShare) -> _Figures:
    rows = ((line, each) for line, each in case.rows if line.stream is Stream.CAPEX and each.eligible)
    told = list(capex_steps(share, case.scheme(Stream.CAPEX)))
    return {
        "total": lambda: sum_by_category(rows, lambda each: each.total),
        "eu": lambda: iter(told[:1]),
        "states_min": lambda: iter(told),
        "rest": lambda: iter((*told, _rest(share))),
    }


def _rest(share: CapexShare) -> Step:
    words = sentence(_REST, rest=share.rest, total=share.total)
    return step("rest", Stream.CAPEX, words, share.total, share.rest, grounds.GIGAFACTORY)

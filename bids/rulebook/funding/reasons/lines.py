"""Why the figures of a line are what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bids.rulebook.facts import CostFact
from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import EntityShare, LineShare, MachineShare
from bids.rulebook.funding.indirect import indirect_step
from bids.rulebook.funding.machine import group_steps, groups
from bids.rulebook.funding.pricing import price
from bids.rulebook.funding.reasons.case import Case, UnknownFigure
from bids.rulebook.funding.reasons.partners import eu_of_entity
from bids.rulebook.funding.reasons.streams import INDIRECT, in_short
from bids.rulebook.funding.trace import Step, running_sum, step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence

_AMOUNT = Sentence(gettext_noop("the amount"))
_COUNTS = gettext_noop("%(line)s counts for Union money in %(stream)s.")
_SPREAD_INDIRECT = gettext_noop(
    "The indirect costs of %(whole)s are spread by amount over the lines they are computed on: "
    "%(amount)s of %(base)s brings this line %(part)s."
)
_OUTSIDE = gettext_noop("%(line)s carries no indirect costs: its category %(category)s is outside their base.")
_NO_INDIRECT = gettext_noop("%(line)s carries no indirect costs: its stream has no flat rate.")
_SPREAD_EU = gettext_noop(
    "The Union's %(whole)s is spread over the lines it pays for, by what they cost; "
    "cents left over go to the largest remainders: this line gets %(part)s for %(cost)s."
)


def steps(case: Case, key: str, field: str) -> Iterator[Step]:
    """One figure of one line."""
    row = next(((line, share) for line, share in case.rows if line.key == key), None)
    if row is None or field not in _FIGURES:
        raise UnknownFigure(f"lines/{key}/{field}")
    return _FIGURES[field](case, *row)


def _amount(case: Case, line: CostFact, share: LineShare) -> Iterator[Step]:
    """How the line got its price, or why it has none."""
    priced = price(line, case.facts, case.call)
    yield from priced.steps
    if priced.problem is not None:
        yield step("no_price", line.key, priced.problem, line.amount or Euro(), Euro(), grounds.HOUSE)


def _indirect(case: Case, line: CostFact, share: LineShare) -> Iterator[Step]:
    """The partner's indirect costs, and this line's part of them."""
    entity = _entity(case, line, share)
    if not share.eligible or entity is None:
        words = share.reason or sentence(_NO_INDIRECT, line=line.key)
        yield step("indirect", line.key, words, share.amount, Euro(), grounds.HOUSE)
        return
    model = case.scheme(entity.stream).cost_model
    ground = grounds.of_indirect(model)
    if line.category in model.indirect_excluded:
        words = sentence(_OUTSIDE, line=line.key, category=line.category)
        yield step("indirect", line.key, words, share.amount, Euro(), ground)
        return
    yield indirect_step(entity, case.name_of(entity.partner), model)
    words = sentence(
        _SPREAD_INDIRECT,
        whole=entity.indirect,
        amount=share.amount,
        base=entity.indirect_base,
        part=share.indirect,
    )
    yield step("spread", line.key, words, entity.indirect, share.indirect, grounds.SPLIT)


def _total(case: Case, line: CostFact, share: LineShare) -> Iterator[Step]:
    """Its amount and its indirect costs; nothing where it is only compared."""
    if share.reason is not None and not share.total:
        yield _refusal(share, share.reason)
        return
    yield from _amount(case, line, share)
    yield from running_sum(((line.key, _AMOUNT, share.amount), (line.key, INDIRECT, share.indirect)))


def _eligible(case: Case, line: CostFact, share: LineShare) -> Iterator[Step]:
    if share.reason is not None:
        yield _refusal(share, share.reason)
        return
    assert line.stream is not None
    words = sentence(_COUNTS, line=line.key, stream=Sentence(line.stream.label))
    yield step("eligible", line.key, words, share.total, share.total, grounds.of_call(case.call))


def _eu(case: Case, line: CostFact, share: LineShare) -> Iterator[Step]:
    """What the Union pays of the whole, and this line's part of it."""
    if share.reason is not None:
        yield _refusal(share, share.reason)
        return
    entity = _entity(case, line, share)
    told = list(_of_group(case, line) if entity is None else eu_of_entity(case, entity))
    yield from told
    whole = told[-1].after
    words = sentence(_SPREAD_EU, whole=whole, cost=share.total, part=share.eu)
    yield step("spread", line.key, words, whole, share.eu, grounds.SPLIT)


def _of_group(case: Case, line: CostFact) -> Iterator[Step]:
    """The part of the machine stream, or of capital expenditure, that the line belongs to."""
    assert line.stream is not None
    scheme = case.scheme(line.stream)
    share = case.assessment.streams[line.stream]
    if isinstance(share, MachineShare):
        both = groups(scheme, case.facts.rates, share.acquisition, share.operation)
        own = scheme.cost_model.groups[line.category]
        return group_steps(next(group for group in both if group.name == own), scheme)
    return in_short(case, line.stream)


def _entity(case: Case, line: CostFact, share: LineShare) -> EntityShare | None:
    """The partner's part of the grant stream that an eligible line belongs to."""
    if line.stream is None or not line.stream.is_grant or not share.eligible:
        return None
    return next(iter(case.entities(stream=line.stream, partner=line.partner)), None)


def _refusal(share: LineShare, reason: Sentence) -> Step:
    """The line brings no Union money, and this is why."""
    return step("not_eligible", share.key, reason, share.amount, Euro(), grounds.HOUSE)


_FIGURES: dict[str, Callable[[Case, CostFact, LineShare], Iterator[Step]]] = {
    "amount": _amount,
    "indirect": _indirect,
    "total": _total,
    "eligible": _eligible,
    "eu": _eu,
}

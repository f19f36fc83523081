"""Why the figures of a partner are what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bids.rulebook.funding import grounds
from bids.rulebook.funding.assessment import EntityShare, GrantShare, PartnerShare
from bids.rulebook.funding.grant_steps import cap_part_step, cap_step, entity_steps
from bids.rulebook.funding.indirect import indirect_step
from bids.rulebook.funding.reasons.case import Case, Row, UnknownFigure, sum_by_category, sum_by_stream
from bids.rulebook.funding.reasons.streams import DIRECT, INDIRECT
from bids.rulebook.funding.trace import MISSING, Step, running_sum, step
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence

_NATIONAL = gettext_noop("Of eligible costs of %(eligible)s the Union pays %(eu)s: %(national)s is left.")
_RATE = gettext_noop("%(partner)s is paid at %(rate)s.")
_REVENUES = gettext_noop("%(partner)s expects revenues of %(revenues)s from its part of the grants.")
_NO_RATE = gettext_noop(
    "%(partner)s has no rate of its own: it gets no Union money, or its streams pay different rates."
)


def steps(case: Case, key: str, field: str) -> Iterator[Step]:
    """One figure of one partner; `"-"` is the lines that name none."""
    share = case.assessment.partners.get(key)
    if share is None:
        raise UnknownFigure(f"partners/{key}")
    figures = _figures(case, key, share)
    if field not in figures:
        raise UnknownFigure(f"partners/{key}/{field}")
    return figures[field]()


def _figures(case: Case, key: str, share: PartnerShare) -> dict[str, Callable[[], Iterator[Step]]]:
    rows = [(line, each) for line, each in case.rows if (line.partner or MISSING) == key]
    grants = [row for row in rows if row[1].eligible and _is_of_grant(row)]
    others = [row for row in rows if not _is_of_grant(row) and row[0].stream is not None]
    own = case.entities(partner=key)
    return {
        "direct": lambda: sum_by_category(grants, lambda each: each.amount),
        "indirect": lambda: _indirect(case, own),
        "eligible": lambda: running_sum(((key, DIRECT, share.direct), (key, INDIRECT, share.indirect))),
        "rate": lambda: _rate(case, key, share),
        "computed": lambda: _computed(case, own),
        "eu": lambda: _eu(case, own),
        "national": lambda: _national(key, share),
        "machine_total": lambda: sum_by_category(others, lambda each: each.total),
        "machine_eu": lambda: sum_by_category(others, lambda each: each.eu),
        "total": lambda: sum_by_stream(rows, lambda each: each.total),
        "in_kind": lambda: _from_trace(case, key, "in_kind"),
        "revenues": lambda: _revenues(case, key, share),
        "surplus": lambda: _from_trace(case, key, "surplus"),
    }


def _revenues(case: Case, key: str, share: PartnerShare) -> Iterator[Step]:
    if share.revenues is None:
        return running_sum(())
    words = sentence(_REVENUES, partner=case.name_of(key), revenues=share.revenues)
    return iter((step("revenues", key, words, Euro(), share.revenues, grounds.REVENUES),))


def _from_trace(case: Case, key: str, rule: str) -> Iterator[Step]:
    """What the assessment says of this partner; that there is nothing to add up where it states nothing."""
    told = [each for each in case.assessment.trace if (each.rule, each.of) == (rule, key)]
    return iter(told) if told else running_sum(())


def _is_of_grant(row: Row) -> bool:
    return row[0].stream is not None and row[0].stream.is_grant


def _by_stream(entities: list[EntityShare], amount: Callable[[EntityShare], Euro]) -> Iterator[Step]:
    return running_sum((entity.stream, Sentence(entity.stream.label), amount(entity)) for entity in entities)


def _indirect(case: Case, entities: list[EntityShare]) -> Iterator[Step]:
    for entity in entities:
        if entity.indirect:
            yield indirect_step(entity, case.name_of(entity.partner), case.scheme(entity.stream).cost_model)
    yield from _by_stream(entities, lambda entity: entity.indirect)


def _computed(case: Case, entities: list[EntityShare]) -> Iterator[Step]:
    for entity in entities:
        yield from entity_steps(entity, case.scheme(entity.stream), case.partners)
    yield from _by_stream(entities, lambda entity: entity.computed)


def _eu(case: Case, entities: list[EntityShare]) -> Iterator[Step]:
    for entity in entities:
        yield from eu_of_entity(case, entity)
    if len(entities) != 1:
        yield from _by_stream(entities, lambda entity: entity.eu)


def eu_of_entity(case: Case, entity: EntityShare) -> Iterator[Step]:
    """From a partner's direct costs in one stream to its part after the cap."""
    scheme = case.scheme(entity.stream)
    yield from entity_steps(entity, scheme, case.partners)
    share = case.assessment.streams[entity.stream]
    if isinstance(share, GrantShare) and share.capped:
        yield cap_step(share, scheme)
        yield cap_part_step(entity, share, case.partners)


def _national(key: str, share: PartnerShare) -> Iterator[Step]:
    words = sentence(_NATIONAL, eligible=share.eligible, eu=share.eu, national=share.national)
    yield step("national", key, words, share.eligible, share.national, grounds.NATIONAL)


def _rate(case: Case, key: str, share: PartnerShare) -> Iterator[Step]:
    if share.rate is None:
        words = sentence(_NO_RATE, partner=case.name_of(key))
    else:
        words = sentence(_RATE, partner=case.name_of(key), rate=share.rate)
    yield step("rate", key, words, share.eligible, share.computed, grounds.GRANT)

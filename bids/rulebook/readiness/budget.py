"""Questions about budget lines: where they belong, what they cost, who pays them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bids.rulebook.facts import CostFact, DepreciationPricing
from bids.rulebook.money import Euro
from bids.rulebook.readiness.asking import Case, Remark
from bids.rulebook.readiness.certain import doubt_about_price
from bids.rulebook.text import Sentence, counted, gettext_noop, ngettext_noop, sentence
from bids.rulebook.vocabulary import Category, PartnerRole, Stream


def every_line_belongs_to_one_stream(case: Case) -> Iterator[Remark]:
    """C01: each line counts once, in one stream; the same cost in two streams would be paid twice."""
    for line in case.facts.budget:
        if line.stream is None:
            yield Remark(sentence(gettext_noop("%(line)s belongs to no stream. Choose one."), line=line.key), _at(line))
    yield from _twins(case)
    yield from _lines_that_count_nothing(case)


def every_line_has_an_amount(case: Case) -> Iterator[Remark]:
    """C06: an amount, a formula, or quantity times unit cost, and all that is stated agrees."""
    lines = {line.key: line for line in case.facts.budget}
    for key, problem in case.assessment.problems().items():
        yield Remark(problem, f"budget/{key}", source=doubt_about_price(case, lines[key]))


def stated_indirect_costs_are_the_models(case: Case) -> Iterator[Remark]:
    """C14: what a bid states as indirect costs of a partner equals what the cost model gives."""
    stated: defaultdict[tuple[Stream | None, str | None], list[CostFact]] = defaultdict(list)
    others: defaultdict[tuple[Stream | None, str | None], list[CostFact]] = defaultdict(list)
    for line in case.facts.budget:
        (stated if line.category == Category.E else others)[line.stream, line.partner].append(line)
    for (stream, partner), lines in stated.items():
        given = Euro.total(case.assessment.lines[line.key].amount for line in lines)
        computed = Euro.total(case.assessment.lines[line.key].indirect for line in others[stream, partner])
        if given != computed:
            scheme = case.call.scheme(stream)
            words = sentence(_INDIRECT, line=lines[0].key, stated=given, computed=computed)
            yield Remark(words, _at(lines[0]), source=scheme.cost_model.indirect_source if scheme else None)


def no_line_is_funded_elsewhere(case: Case) -> Iterator[Remark]:
    """C15: the same cost is never declared to two EU grants."""
    for line in case.facts.budget:
        if line.funded_elsewhere:
            yield Remark(sentence(_ELSEWHERE, line=line.key), _at(line))


def every_stream_is_one_of_the_call(case: Case) -> Iterator[Remark]:
    """C38: a machine stream, like any other, appears only in a call that has one."""
    foreign: defaultdict[Stream, list[CostFact]] = defaultdict(list)
    for line in case.facts.budget:
        if line.stream is not None and case.call.scheme(line.stream) is None:
            foreign[line.stream].append(line)
    for stream, lines in foreign.items():
        words = counted(_FOREIGN, len(lines), stream=Sentence(stream.label), line=lines[0].key)
        yield Remark(words, _at(lines[0]))


def depreciation_stays_within_action_and_life(case: Case) -> Iterator[Remark]:
    """C29: months beyond the action or the useful life are cut."""
    for line in case.facts.budget:
        if not isinstance(line.pricing, DepreciationPricing):
            continue
        scheme = case.call.scheme(line.stream)
        duration = case.facts.duration_months or (scheme.duration_months if scheme else None)
        most = min(line.pricing.life_months, duration or line.pricing.life_months)
        if line.pricing.months_in_action > most:
            words = sentence(_MONTHS, line=line.key, months=line.pricing.months_in_action, most=most)
            yield Remark(words, _at(line))


def _twins(case: Case) -> Iterator[Remark]:
    """Lines of different streams with the same partner, site, year and description."""
    first: dict[tuple[str | None, str | None, int | None, str], CostFact] = {}
    for line in case.facts.budget:
        described = " ".join(line.description.casefold().split())
        if not described or line.stream is None:
            continue
        known = first.setdefault((line.partner, line.site, line.year, described), line)
        if known.stream is not line.stream:
            yield Remark(sentence(_TWIN, line=line.key, other=known.key), _at(line))


def _lines_that_count_nothing(case: Case) -> Iterator[Remark]:
    """Lines the Union pays nothing of for a reason that no other check tells."""
    associated = {partner.key for partner in case.facts.partners if partner.role is PartnerRole.ASSOCIATED}
    for line in case.facts.budget:
        by_design = line.funded_elsewhere or line.category == Category.E or line.partner in associated
        reason = case.assessment.lines[line.key].reason
        if reason is not None and not by_design and case.call.scheme(line.stream) is not None:
            yield Remark(reason, _at(line), severity="warn")


def _at(line: CostFact) -> str:
    return f"budget/{line.key}"


_TWIN = gettext_noop(
    "%(line)s and %(other)s have the same partner, site, year and description, but stand in different streams. "
    "Remove one, or say in the descriptions how they differ."
)
_INDIRECT = gettext_noop(
    "%(line)s states indirect costs of %(stated)s; the cost model gives %(computed)s. Correct or remove the line."
)
_ELSEWHERE = gettext_noop("%(line)s is marked as funded by another EU grant. Remove it, or the mark if it is wrong.")
_FOREIGN = ngettext_noop(
    "This call has no stream “%(stream)s”, but %(count)s line stands in it: %(line)s.",
    "This call has no stream “%(stream)s”, but %(count)s lines stand in it, the first is %(line)s.",
)
_MONTHS = gettext_noop(
    "%(line)s depreciates over %(months)s months in the action; at most %(most)s count. The rest is cut."
)

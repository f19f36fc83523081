"""What a reviewer's scores add up to, and whether they pass.

The sum decides over the thresholds; a call may rank with other weights than it sums with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bids.rulebook.call import CriteriaSet, Criterion
from bids.rulebook.text import Sentence, gettext_noop, sentence

_NOT_SCORED = gettext_noop("%(criterion)s has no score yet.")
_FAILED = gettext_noop("%(criterion)s is not fulfilled.")
_MISSED = gettext_noop("%(criterion)s scores %(score)s, below its threshold of %(threshold)s.")
_SUM_MISSED = gettext_noop("The scores add up to %(total)s, below the overall threshold of %(threshold)s.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """The weighted sum, the score to rank by, and a sentence for everything that keeps it from passing."""

    total: Decimal
    ranking: Decimal
    shortfalls: tuple[Sentence, ...]

    @property
    def passes(self) -> bool:
        return not self.shortfalls


def outcome(criteria: CriteriaSet, scores: Mapping[str, Decimal]) -> Outcome:
    """Add up one set of scores; a pass-or-fail criterion is fulfilled by any score above zero."""
    scored = [each for each in criteria.criteria if not each.pass_fail and each.id in scores]
    total = sum((each.weight * scores[each.id] for each in scored), Decimal())
    ranking = sum((criteria.ranking_weights.get(each.id, each.weight) * scores[each.id] for each in scored), Decimal())
    return Outcome(total, ranking, tuple(_shortfalls(criteria, scores, total)))


def _shortfalls(criteria: CriteriaSet, scores: Mapping[str, Decimal], total: Decimal) -> Iterator[Sentence]:
    for criterion in criteria.criteria:
        shortfall = _shortfall(criterion, scores.get(criterion.id))
        if shortfall is not None:
            yield shortfall
    if criteria.overall_threshold is not None and total < criteria.overall_threshold:
        yield sentence(_SUM_MISSED, total=total, threshold=criteria.overall_threshold)


def _shortfall(criterion: Criterion, score: Decimal | None) -> Sentence | None:
    if score is None:
        return sentence(_NOT_SCORED, criterion=criterion)
    if criterion.pass_fail:
        return None if score > 0 else sentence(_FAILED, criterion=criterion)
    if criterion.threshold is not None and score < criterion.threshold:
        return sentence(_MISSED, criterion=criterion, score=score, threshold=criterion.threshold)
    return None


def is_on_scale(criteria: CriteriaSet, score: Decimal) -> bool:
    """The score lies within the scale and on one of its steps: 3.5, not 3.7."""
    within = criteria.scale_min <= score <= criteria.scale_max
    return within and (score - criteria.scale_min) % criteria.scale_step == 0

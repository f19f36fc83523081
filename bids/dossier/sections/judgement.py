"""How a round was judged: the decision for everybody, reviews and opinions for the ministry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.dossier.proceedings import Proceedings, ReviewFacts
from bids.dossier.source import Source
from bids.rulebook.call import CriteriaSet, Criterion
from bids.rulebook.facts import CommitmentFacts
from bids.rulebook.scoring import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion and what each reviewer gave it."""

    criterion: Criterion
    scores: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Comment:
    criterion: Criterion
    text: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One review with its sum, what it misses, and its words by criterion."""

    review: ReviewFacts
    outcome: Outcome
    comments: tuple[Comment, ...]


@dataclass(frozen=True, slots=True)
class Signed:
    commitment: CommitmentFacts | None
    key: str
    sha256: str


def decision(source: Source) -> dict[str, Any]:
    proceedings = source.proceedings or Proceedings()
    return {"votes": proceedings.votes, "signed": _signed(source, proceedings)}


def reviews(source: Source) -> dict[str, Any]:
    proceedings = source.proceedings or Proceedings()
    criteria = source.call.criteria_for(source.facts.track)
    return decision(source) | {
        "proceedings": proceedings,
        "rows": [Row(c, tuple(r.scores.get(c.id) for r in proceedings.reviews)) for c in criteria.criteria],
        "judged": [_judged(criteria, review) for review in proceedings.reviews],
    }


def _judged(criteria: CriteriaSet, review: ReviewFacts) -> Judged:
    words = [Comment(criterion, review.comments.get(criterion.id, "")) for criterion in criteria.criteria]
    return Judged(review, outcome(criteria, review.scores), tuple(each for each in words if each.text))


def _signed(source: Source, proceedings: Proceedings) -> list[Signed]:
    known: Mapping[str, CommitmentFacts] = {each.key: each for each in source.facts.commitments}
    return [Signed(known.get(each.commitment), each.commitment, each.sha256) for each in proceedings.signatures]

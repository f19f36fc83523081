"""What the ministry said about a round: facts for the dossiers it keeps or publishes, without a single name.

Reviewers and approvers are people of the ministry; paper outlives their accounts, so they appear by
their part in the matter only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bids.rulebook.vocabulary import ApprovalVerdict, OpinionKind, OpinionVerdict


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """One reviewer's scores and comments, by criterion; `order` counts the reviewers of the round."""

    order: int
    comment: str
    sent_at: datetime
    scores: dict[str, Decimal]
    comments: dict[str, str]


@dataclass(frozen=True, slots=True)
class OpinionFacts:
    kind: OpinionKind
    verdict: OpinionVerdict
    text: str
    given_at: datetime
    answer: str = ""  # the decision recorded on an opinion that was not favourable


@dataclass(frozen=True, slots=True)
class VoteFacts:
    order: int
    verdict: ApprovalVerdict
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """The signed letter of a commitment, recorded beside the round."""

    commitment: str
    sha256: str
    signed_on: date | None
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Proceedings:
    """Everything about one round, in the order in which it happened; `votes` are those of the last attempt."""

    reviews: tuple[ReviewFacts, ...] = ()
    opinions: tuple[OpinionFacts, ...] = ()
    recommendation: str = ""
    recommended_at: datetime | None = None
    votes: tuple[VoteFacts, ...] = ()
    signatures: tuple[SignatureFacts, ...] = ()

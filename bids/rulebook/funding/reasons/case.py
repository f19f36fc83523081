"""What every explanation draws on: the result, the bid it is about, and the call it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts, CostFact, PartnerFacts
from bids.rulebook.funding.assessment import Assessment, EntityShare, LineShare
from bids.rulebook.funding.eligibility import called
from bids.rulebook.funding.trace import MISSING, Step, running_sum
from bids.rulebook.money import Euro
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Category, Stream

Row = tuple[CostFact, LineShare]  # a line as typed and as assessed

_NO_STREAM = Sentence(gettext_noop("lines without a stream"))
_CATEGORIES = {each.value: each for each in Category}
_CODED = gettext_noop("%(code)s %(label)s")
_NOBODY = Sentence(gettext_noop("What no partner bears"))
_NO_CATEGORY = Sentence(gettext_noop("lines without a category"))


class UnknownFigure(LookupError):
    """No figure of this assessment has that name."""


@dataclass(frozen=True, slots=True)
class Case:
    assessment: Assessment
    facts: BidFacts
    call: CallFacts

    @property
    def rows(self) -> Iterator[Row]:
        """Every line, in the order of the budget."""
        return ((line, self.assessment.lines[line.key]) for line in self.facts.budget)

    @property
    def partners(self) -> dict[str, PartnerFacts]:
        return {partner.key: partner for partner in self.facts.partners}

    def scheme(self, stream: Stream) -> StreamScheme:
        """How the call pays a stream that the assessment found in it."""
        scheme = self.call.scheme(stream)
        if scheme is None:
            raise UnknownFigure(stream)
        return scheme

    def entities(self, *, stream: Stream | None = None, partner: str | None = None) -> list[EntityShare]:
        """The partners' parts of the grant streams, narrowed to one stream or one partner."""
        return [
            entity
            for entity in self.assessment.entities
            if stream in (None, entity.stream) and partner in (None, entity.partner)
        ]

    def name_of(self, partner: str) -> str | Sentence:
        card = self.partners.get(partner)
        if card is not None:
            return called(card)
        return _NOBODY if partner == MISSING else partner


def sum_by_stream(rows: Iterable[Row], amount: Callable[[LineShare], Euro]) -> Iterator[Step]:
    """Add up lines stream by stream."""
    sums: dict[str, Euro] = {}
    names: dict[str, Sentence] = {MISSING: _NO_STREAM}
    for line, share in rows:
        key = MISSING
        if line.stream is not None:
            key = line.stream.value
            names[key] = Sentence(line.stream.label)
        sums[key] = sums.get(key, Euro()) + amount(share)
    return running_sum((key, names[key], sums[key]) for key in sorted(sums))


def sum_by_category(rows: Iterable[Row], amount: Callable[[LineShare], Euro]) -> Iterator[Step]:
    """Add up lines category by category."""
    sums: dict[str, Euro] = {}
    for line, share in rows:
        key = line.category or MISSING
        sums[key] = sums.get(key, Euro()) + amount(share)
    return running_sum((key, _category(key), sums[key]) for key in sorted(sums))


def _category(key: str) -> Sentence:
    """What a category is called, behind its code where it has one: "A.1 Employees or equivalent"."""
    category = _CATEGORIES.get(key)
    if category is None:
        return _NO_CATEGORY if key == MISSING else Sentence(key)
    label = Sentence(category.label)
    return sentence(_CODED, code=category.code, label=label) if category.code else label

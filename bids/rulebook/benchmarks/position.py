"""Where a bid stands among published ones, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from bids.rulebook.benchmarks.published import PublishedAmounts, PublishedBid
from bids.rulebook.benchmarks.wave import Wave, wave_of
from bids.rulebook.benchmarks.yardsticks import GRANT, PROGRAMME, RULES, Rule, Value, Yardstick
from bids.rulebook.call import CallFacts, Source
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment
from bids.rulebook.money import Euro, quotient
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Stream


@dataclass(frozen=True, slots=True)
class Point:
    """A published figure; `counts` where it belongs to the wave, `kind` says what it is of."""

    bid: str
    name: str
    value: Value
    source: Source
    kind: str
    outcome: str
    rounded: bool
    inferred: bool
    counts: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of the bid among the published ones, the largest first.

    `rank` is the place of the own figure among those of the wave and itself, 1 for the largest;
    equal figures share a place. Without a figure of the wave there is neither rank nor median.
    """

    yardstick: Yardstick
    own: Value
    points: tuple[Point, ...]
    median: Value | None
    rank: int | None

    @property
    def comparable(self) -> tuple[Point, ...]:
        """The figures of the same wave."""
        return tuple(point for point in self.points if point.counts)

    @property
    def others(self) -> tuple[Point, ...]:
        """Those of other waves: shown for orientation, never counted."""
        return tuple(point for point in self.points if not point.counts)

    @property
    def count(self) -> int:
        """How many figures the rank is counted among, the own one included."""
        return len(self.comparable) + 1


@dataclass(frozen=True, slots=True)
class Benchmarks:
    """Every figure the bid has, and with which wave it is compared."""

    wave: Wave
    measures: tuple[Measure, ...]

    @property
    def ranked(self) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if measure.rank is not None)

    @property
    def summary(self) -> Sentence | None:
        """The first figure that can be compared, in one sentence; None where nothing is comparable."""
        if not self.ranked:
            return None
        first = self.ranked[0]
        return sentence(
            _SUMMARY,
            figure=Sentence(first.yardstick.label),
            own=first.own,
            rank=first.rank,
            count=first.count,
            decided=self.wave.decided,
            median=first.median,
        )


def benchmarks(
    facts: BidFacts,
    call: CallFacts,
    assessment: Assessment,
    published: Sequence[PublishedBid],
    cutoff: datetime | None = None,
) -> Benchmarks:
    """Every figure this bid has, among the published bids of its instrument; the bid itself is none of them."""
    wave = wave_of(call, published, cutoff)
    others = [bid for bid in published if bid.instrument is call.instrument and not _is_the_same(bid, facts)]
    whole = PROGRAMME if call.scheme(Stream.MACHINE) is not None else GRANT
    measures = []
    for yardstick, rule in RULES.items():
        own = rule.own(facts, assessment)
        if own is not None:
            measures.append(_measure(yardstick, own, tuple(_points(rule, whole, others, wave))))
    return Benchmarks(wave, tuple(measures))


def _is_the_same(published: PublishedBid, facts: BidFacts) -> bool:
    """A bid is not compared with what was announced of itself."""
    own = {name.casefold() for name in (facts.reference, facts.acronym) if name}
    return bool(own & {published.id.casefold(), published.name.casefold()})


def _points(rule: Rule, whole: str, others: Sequence[PublishedBid], wave: Wave) -> Iterator[Point]:
    """The figure of each bid that announced one, the first entry of the right kind."""
    for bid in others:
        entries = [entry for entry in bid.amounts if entry.kind == (rule.kind or whole)]
        values = ((entry, rule.theirs(entry)) for entry in entries)
        found = next(((entry, value) for entry, value in values if value is not None), None)
        if found is not None:
            yield _point(rule, bid, *found, counts=wave.holds(bid))


def _point(rule: Rule, bid: PublishedBid, entry: PublishedAmounts, value: Value, *, counts: bool) -> Point:
    return Point(
        bid=bid.id,
        name=bid.name,
        value=value,
        source=entry.source,
        kind=entry.kind,
        outcome=bid.outcome,
        rounded=entry.rounded,
        inferred=any(name in entry.inferred for name in rule.uses),
        counts=counts,
    )


def _measure(yardstick: Yardstick, own: Value, points: tuple[Point, ...]) -> Measure:
    ordered = sorted(points, key=lambda point: (-size(point.value), point.name))
    known = [point.value for point in ordered if point.counts]
    rank = 1 + sum(size(value) > size(own) for value in known) if known else None
    return Measure(yardstick, own, tuple(ordered), _median(known), rank)


def size(value: Value) -> Fraction:
    """A figure as a number that can be ordered and drawn; money in cents."""
    return Fraction(value.cents if isinstance(value, Euro) else value)


def _median(values: Sequence[Value]) -> Any:
    """The one in the middle, or half-way between the two; money to the cent."""
    if not values:
        return None
    low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
    if low == high:
        return low
    middle = (size(low) + size(high)) / 2
    if isinstance(low, Euro):
        return Euro(quotient(*middle.as_integer_ratio()))
    return Decimal(middle.numerator) / middle.denominator if isinstance(low, Decimal) else middle


_SUMMARY = gettext_noop(
    "%(figure)s: %(own)s would be number %(rank)s of %(count)s among the published bids decided on %(decided)s, "
    "whose median is %(median)s."
)

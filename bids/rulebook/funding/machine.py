"""The machine stream: what the Union pays of buying and of running it, and the access it gets (F11)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import StreamScheme
from bids.rulebook.facts import RatesFacts
from bids.rulebook.funding import grounds
from bids.rulebook.funding.allocation import spread_eu
from bids.rulebook.funding.assessment import MachineShare, StreamShare
from bids.rulebook.funding.ledger import Entry
from bids.rulebook.funding.trace import Step, step
from bids.rulebook.money import Euro, Rounding, fraction, ratio
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Stream

ACQUISITION, OPERATION = "acquisition", "operation"

NAMES = {ACQUISITION: Sentence(gettext_noop("acquisition")), OPERATION: Sentence(gettext_noop("operation"))}
_CEILING = gettext_noop("For %(group)s the bid asks for %(asked)s. The call pays at most %(most)s, so that is taken.")
_SHARE = {
    Rounding.HALF_UP: gettext_noop(
        "The Union pays %(rate)s of %(cost)s for %(group)s, rounded half up to the cent: %(eu)s."
    ),
    Rounding.DOWN: gettext_noop("The Union pays %(rate)s of %(cost)s for %(group)s, rounded down to the cent: %(eu)s."),
}
_ACCESS = gettext_noop("The Union pays %(eu)s of %(total)s, so its share of access is %(share)s.")


@dataclass(frozen=True, slots=True)
class Group:
    """Acquisition or operation: its cost, the rate asked for and the most the call pays."""

    name: str
    cost: Euro
    asked: Fraction | None
    most: Fraction | None
    rounding: Rounding

    @property
    def is_cut(self) -> bool:
        return self.asked is not None and self.most is not None and self.asked > self.most

    @property
    def rate(self) -> Fraction:
        """What the bid asks for, never above the maximum; the maximum where it asks nothing."""
        return min((rate for rate in (self.asked, self.most) if rate is not None), default=Fraction(0))

    @property
    def eu(self) -> Euro:
        return self.cost.times(self.rate, self.rounding)


def groups(scheme: StreamScheme, rates: RatesFacts, acquisition: Euro, operation: Euro) -> tuple[Group, Group]:
    """Both groups of costs, each with its own rates."""
    return (
        Group(ACQUISITION, acquisition, _exact(rates.acquisition), scheme.rate_acquisition_max, scheme.rounding),
        Group(OPERATION, operation, _exact(rates.operation), scheme.rate_operation_max, scheme.rounding),
    )


def _exact(rate: Decimal | None) -> Fraction | None:
    return None if rate is None else fraction(rate)


def machine_share(scheme: StreamScheme, rates: RatesFacts, entries: Sequence[Entry]) -> MachineShare:
    """F11: each group at its own rate; the Union's part is written into the group's lines, by amount."""
    lines = {name: in_group(entries, scheme, name) for name in NAMES}
    costs = [Euro(sum(entry.amount for entry in lines[name])) for name in (ACQUISITION, OPERATION)]
    buying, running = groups(scheme, rates, *costs)
    spread_eu(lines[ACQUISITION], buying.eu.cents)
    spread_eu(lines[OPERATION], running.eu.cents)
    return MachineShare(
        acquisition=buying.cost,
        operation=running.cost,
        total=buying.cost + running.cost,
        eu_acquisition=buying.eu,
        eu_operation=running.eu,
        eu=buying.eu + running.eu,
        rate_acquisition=buying.rate,
        rate_operation=running.rate,
    )


def in_group(entries: Sequence[Entry], scheme: StreamScheme, name: str) -> list[Entry]:
    """The lines of acquisition, or those of operation."""
    return [entry for entry in entries if scheme.cost_model.groups[entry.line.category] == name]


def access_share(share: StreamShare | None) -> Decimal | None:
    """The Union's share of the machine, six decimals, cut: never a millionth too much."""
    return ratio(share.eu, share.total, rounding=Rounding.DOWN) if isinstance(share, MachineShare) else None


def group_steps(group: Group, scheme: StreamScheme) -> Iterator[Step]:
    """Why the Union pays what it pays of one group."""
    name, ground = NAMES[group.name], grounds.of_stream(scheme, grounds.MACHINE)
    if group.is_cut and group.asked is not None:
        words = sentence(_CEILING, group=name, asked=group.asked, most=group.most)
        asked = group.cost.times(group.asked, group.rounding)
        yield step("ceiling", Stream.MACHINE, words, asked, group.eu, ground)
    words = sentence(_SHARE[group.rounding], rate=group.rate, cost=group.cost, group=name, eu=group.eu)
    yield step(group.name, Stream.MACHINE, words, group.cost, group.eu, ground)


def access_step(share: MachineShare, scheme: StreamScheme) -> Step:
    """Why the Union has its share of the machine's time."""
    words = sentence(_ACCESS, eu=share.eu, total=share.total, share=fraction(access_share(share) or 0))
    return step(
        "access_share", Stream.MACHINE, words, share.total, share.eu, grounds.of_stream(scheme, grounds.MACHINE)
    )


def machine_steps(share: MachineShare, scheme: StreamScheme, rates: RatesFacts) -> Iterator[Step]:
    """Everything that leads to the Union's part of the machine."""
    for group in groups(scheme, rates, share.acquisition, share.operation):
        if group.cost or group.is_cut:
            yield from group_steps(group, scheme)
    if share.total:
        yield access_step(share, scheme)

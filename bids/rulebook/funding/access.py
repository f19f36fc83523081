"""What a share of the machines is worth in time: accelerator hours a year, part of an hour cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.facts import BidFacts, MachineFacts
from bids.rulebook.funding.formulas.energy import HOURS_PER_YEAR
from bids.rulebook.money import Rounding, fraction, rounded
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import MachineStatus

# Regulation (EU) 2021/1173, Art. 18: of the Union's access time, for commercial use
COMMERCIAL_MOST = Decimal("0.20")

_HOURS = gettext_noop(
    "The planned machines run %(available)s accelerator hours a year: accelerators, times 8760 hours, times "
    "availability. The Union's %(share)s of them are %(union)s; at most %(most)s of these, %(commercial)s, may be for "
    "commercial use."
)
_PLANNED = gettext_noop("The bid wants %(share)s of the Union's hours for commercial use: %(planned)s a year.")
_UNTOLD = gettext_noop("%(machine)s is not counted. Fill in its accelerators and its availability.")


@dataclass(frozen=True, slots=True)
class Access:
    """Accelerator hours a year: all, the Union's, the most of those for commercial use, and how many are wanted for it.

    `untold` names the planned machines that say too little to be counted.
    """

    share: Fraction
    available: int
    union: int
    commercial: int
    wanted_share: Fraction | None = None
    wanted: int | None = None
    untold: tuple[str, ...] = ()

    @property
    def sentences(self) -> Iterator[Sentence]:
        """The same in words."""
        yield sentence(
            _HOURS,
            available=Decimal(self.available),
            share=self.share,
            union=Decimal(self.union),
            most=fraction(COMMERCIAL_MOST),
            commercial=Decimal(self.commercial),
        )
        if self.wanted is not None:
            yield sentence(_PLANNED, share=self.wanted_share, planned=Decimal(self.wanted))
        yield from (sentence(_UNTOLD, machine=name) for name in self.untold)


def access_of(facts: BidFacts, union_share: Decimal | None) -> Access | None:
    """The hours of the machines the bid plans; None where the Union has no share, or no machine says enough."""
    planned = [each for site in facts.sites for each in site.machines if each.status is MachineStatus.PLANNED]
    hours = [(machine, hours_of(machine)) for machine in planned]
    known = [count for _, count in hours if count is not None]
    if union_share is None or not known:
        return None
    available, share, wanted = sum(known, Fraction(0)), fraction(union_share), facts.commercial_access_share
    return Access(
        share=share,
        available=_cut(available),
        union=_cut(available * share),
        commercial=_cut(available * share * fraction(COMMERCIAL_MOST)),
        wanted_share=None if wanted is None else fraction(wanted),
        wanted=None if wanted is None else _cut(available * share * fraction(wanted)),
        untold=tuple(machine.name or machine.key for machine, count in hours if count is None),
    )


def hours_of(machine: MachineFacts) -> Fraction | None:
    """The hours its accelerators really run in a year, exactly."""
    if machine.accelerators is None or machine.availability is None:
        return None
    return machine.accelerators * HOURS_PER_YEAR * fraction(machine.availability)


def _cut(hours: Fraction) -> int:
    return rounded(hours, Rounding.DOWN)

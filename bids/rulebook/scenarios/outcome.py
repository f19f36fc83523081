"""What a scenario comes to, in the figures that are put side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, assess
from bids.rulebook.scenarios.machines import accelerators_at
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import Word


class Measure(Word):
    """A figure that a scenario moves. Shares are exact fractions, everything else is cents."""

    TOTAL = "total", gettext_noop("Total cost")
    EU = "eu", gettext_noop("Contribution of the Union")
    EU_SHARE = "eu_share", gettext_noop("Share of the Union")
    NATIONAL = "national", gettext_noop("National share")
    UNCOVERED = "uncovered", gettext_noop("Not signed for yet")

    @property
    def is_share(self) -> bool:
        return self is Measure.EU_SHARE


def _share(found: Assessment) -> Fraction:
    return Fraction(found.eu.cents, found.total.cents) if found.total else Fraction(0)


MEASURES: dict[Measure, Callable[[Assessment], Fraction]] = {
    Measure.TOTAL: lambda found: Fraction(found.total.cents),
    Measure.EU: lambda found: Fraction(found.eu.cents),
    Measure.EU_SHARE: _share,
    Measure.NATIONAL: lambda found: Fraction(found.national.cents),
    Measure.UNCOVERED: lambda found: Fraction(found.uncovered.cents),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The bid as it would be, its money, and what stands at its sites."""

    facts: BidFacts
    assessment: Assessment
    accelerators: int
    power_kw: Decimal  # of the planned machines' accelerators


def outcome(facts: BidFacts, call: CallFacts, *, on: date | None = None) -> Outcome:
    """Assess a changed bid; `on` is the day on which commitments must still be valid."""
    powers = [
        (machine.accelerators or 0) * (machine.accelerator_kw or Decimal(0))
        for site in facts.sites
        for machine in site.machines
        if machine.status == "planned"
    ]
    return Outcome(
        facts,
        assess(facts, call, on=on),
        sum(accelerators_at(facts, site) for site in facts.sites),
        sum(powers, Decimal(0)),
    )

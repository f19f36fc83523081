"""What is compared: for each figure, how the bid's own is worked out and where a published one stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bids.rulebook.benchmarks.published import PublishedAmounts
from bids.rulebook.facts import BidFacts
from bids.rulebook.funding import Assessment, GrantShare, MachineShare
from bids.rulebook.money import Euro, fraction, quotient
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import PERSONNEL, MachineStatus, PayerKind, Stream, Word

Value = Euro | Fraction | Decimal

PROGRAMME, CONTRACT, GRANT = "programme", "contract", "grant"


class Yardstick(Word):
    """A figure that bids are measured by."""

    TOTAL = "total", gettext_noop("Total cost")
    EU = "eu", gettext_noop("Union contribution")
    EU_SHARE = "eu_share", gettext_noop("Union share")
    NATIONAL_SHARE = "national_share", gettext_noop("National share of the total")
    REGIONAL_PART = "regional_part", gettext_noop("Part of regions in the national share")
    PER_ACCELERATOR = "per_accelerator", gettext_noop("Acquisition per accelerator")
    PERSONNEL = "personnel", gettext_noop("Personnel in the cost of services")
    PUE = "pue", gettext_noop("Power usage effectiveness (PUE)")

    @property
    def is_share(self) -> bool:
        """A part of something, shown as a percentage."""
        return self in (Yardstick.EU_SHARE, Yardstick.NATIONAL_SHARE, Yardstick.REGIONAL_PART, Yardstick.PERSONNEL)


@dataclass(frozen=True, slots=True)
class Rule:
    """`own` gives the bid's figure, `theirs` a published one; None where it is not known.

    `kind` says which published entry is comparable; None for the whole of the bid: its programme
    where there is a machine, its grant where there is none. `uses` names the amounts behind it.
    """

    own: Callable[[BidFacts, Assessment], Value | None]
    theirs: Callable[[PublishedAmounts], Value | None]
    kind: str | None = None
    uses: tuple[str, ...] = ()


def _share(part: Euro, whole: Euro) -> Fraction | None:
    return Fraction(part.cents, whole.cents) if whole else None


def _own_regional_part(facts: BidFacts, money: Assessment) -> Fraction | None:
    """By the commitments of every status: of public money that is named, what regions give."""
    public = [commitment for commitment in facts.commitments if commitment.kind.is_national]
    regions = Euro.total(each.amount for each in public if each.kind is PayerKind.REGION)
    return _share(regions, Euro.total(each.amount for each in public))


def _own_per_accelerator(facts: BidFacts, money: Assessment) -> Euro | None:
    """What is acquired, divided by the accelerators of the planned machines."""
    machine = money.streams.get(Stream.MACHINE)
    planned = sum(
        machine.accelerators or 0
        for site in facts.sites
        for machine in site.machines
        if machine.status is MachineStatus.PLANNED
    )
    if not isinstance(machine, MachineShare) or not planned or not machine.acquisition:
        return None
    return Euro(quotient(machine.acquisition.cents, planned))


def _own_personnel(facts: BidFacts, money: Assessment) -> Fraction | None:
    """Of the grant streams with their indirect costs, what people cost without them."""
    cost = Euro.total(share.total for share in money.streams.values() if isinstance(share, GrantShare))
    people = (
        money.lines[line.key].amount
        for line in facts.budget
        if line.category in PERSONNEL and line.stream is not None and line.stream.is_grant
    )
    return _share(Euro.total(people), cost)


def _own_pue(facts: BidFacts, money: Assessment) -> Decimal | None:
    """The mean of the sites, by their IT power where all of them state it; four decimals."""
    sites = [site for site in facts.sites if site.pue is not None]
    powers = [site.it_power_kw for site in sites]
    weights = [fraction(power) for power in powers if power] if all(powers) else [Fraction(1)] * len(sites)
    if not sites:
        return None
    mean = sum(fraction(site.pue) * weight for site, weight in zip(sites, weights, strict=True) if site.pue)
    ten_thousandths = quotient(*(mean / sum(weights) * 10_000).as_integer_ratio())
    return (Decimal(ten_thousandths).scaleb(-4)).normalize()


def _eu_share(entry: PublishedAmounts) -> Fraction | None:
    if entry.total and entry.eu is not None:
        return _share(entry.eu, entry.total)
    return None if entry.eu_share is None else fraction(entry.eu_share)


def _national_share(entry: PublishedAmounts) -> Fraction | None:
    if entry.national is None or not entry.total:
        return None
    return _share(entry.national + (entry.regional or Euro()), entry.total)


def _regional_part(entry: PublishedAmounts) -> Fraction | None:
    if entry.national is None or entry.regional is None:
        return None
    return _share(entry.regional, entry.national + entry.regional)


def _per_accelerator(entry: PublishedAmounts) -> Euro | None:
    if entry.total is None or not entry.accelerators:
        return None
    return Euro(quotient(entry.total.cents, entry.accelerators))


def _never_published(entry: PublishedAmounts) -> None:
    """No bid elsewhere has published it so far."""


RULES: dict[Yardstick, Rule] = {
    Yardstick.TOTAL: Rule(lambda facts, money: money.total, lambda entry: entry.total, uses=("total",)),
    Yardstick.EU: Rule(lambda facts, money: money.eu, lambda entry: entry.eu, uses=("eu",)),
    Yardstick.EU_SHARE: Rule(
        lambda facts, money: _share(money.eu, money.total), _eu_share, uses=("total", "eu", "eu_share")
    ),
    Yardstick.NATIONAL_SHARE: Rule(
        lambda facts, money: _share(money.national, money.total), _national_share, uses=("total", "national")
    ),
    Yardstick.REGIONAL_PART: Rule(_own_regional_part, _regional_part, uses=("national", "regional")),
    Yardstick.PER_ACCELERATOR: Rule(_own_per_accelerator, _per_accelerator, CONTRACT, ("total",)),
    Yardstick.PERSONNEL: Rule(_own_personnel, _never_published, GRANT),
    Yardstick.PUE: Rule(_own_pue, _never_published),
}

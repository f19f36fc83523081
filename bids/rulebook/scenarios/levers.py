"""What can be moved in a scenario: one lever per row, with the values it takes and the things it points at.

To add a lever: a word, a row of `LEVERS`, and its function in `apply`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bids.rulebook.facts import BidFacts
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import Word

ACCELERATOR_UNITS = frozenset({"accelerator", "accelerators", "gpu", "gpus"})


class LeverName(Word):
    ACCELERATORS = "accelerators", gettext_noop("Number of accelerators")
    ACCELERATOR_PRICE = "accelerator_price", gettext_noop("Price of an accelerator")
    PRICES = "prices", gettext_noop("Prices of a category")
    LINE_AMOUNT = "line_amount", gettext_noop("Amount of a line")
    LINE_QUANTITY = "line_quantity", gettext_noop("Quantity of a line")
    LINE_UNIT_COST = "line_unit_cost", gettext_noop("Unit cost of a line")
    ENERGY_PRICE = "energy_price", gettext_noop("Price of electricity")
    PUE = "pue", gettext_noop("Power usage effectiveness (PUE)")
    LOAD = "load", gettext_noop("Load of the machine")
    RATE_ACQUISITION = "rate_acquisition", gettext_noop("Requested rate of acquisition")
    RATE_OPERATION = "rate_operation", gettext_noop("Requested rate of operation")
    WITHOUT_SITE = "without_site", gettext_noop("Without a site")
    WITHOUT_PARTNER = "without_partner", gettext_noop("Without a partner")
    DELAY = "delay", gettext_noop("Later start")
    DURATION = "duration", gettext_noop("Duration")


class Scale(Word):
    """How a lever's value is written."""

    COUNT = "count", gettext_noop("a whole number")
    UNITS = "units", gettext_noop("a number, with up to four decimals")
    EUROS = "euros", gettext_noop("an amount in euro")
    UNIT_COST = "unit_cost", gettext_noop("an amount in euro, with up to four decimals")
    FACTOR = "factor", gettext_noop("a factor: 1.10 is ten per cent more")
    RATIO = "ratio", gettext_noop("a number of 1 or more, with up to six decimals")
    PART = "part", gettext_noop("a number between 0 and 1, with up to six decimals")
    SHARE = "share", gettext_noop("a share in per cent")
    MONTHS = "months", gettext_noop("a number of months")
    NOTHING = "nothing", gettext_noop("no value")

    @property
    def places(self) -> int:
        """Most decimals of a value."""
        return {"euros": 2, "units": 4, "unit_cost": 4, "factor": 6, "ratio": 6, "part": 6, "share": 6}.get(
            self.value, 0
        )

    @property
    def step(self) -> Decimal:
        """The smallest difference between two values."""
        return Decimal(1).scaleb(-self.places)


class Aim(Word):
    """What a lever points at."""

    BID = "bid", gettext_noop("the whole bid")
    SITE = "site", gettext_noop("a site, or all")
    ONE_SITE = "one_site", gettext_noop("a site")
    PARTNER = "partner", gettext_noop("a partner")
    CATEGORY = "category", gettext_noop("a category, or all")
    LINE = "line", gettext_noop("a budget line")


@dataclass(frozen=True, slots=True)
class Lever:
    """`most` bounds the value from above; none is negative. `can_be_solved` levers may be asked for a target."""

    name: LeverName
    scale: Scale
    aim: Aim
    most: Decimal
    least: Decimal = Decimal(0)
    can_be_solved: bool = False


_ALL = Decimal(1)
_MUCH = Decimal(1_000_000_000)
_FACTORS = Decimal(1000)

LEVERS: dict[LeverName, Lever] = {
    lever.name: lever
    for lever in (
        Lever(LeverName.ACCELERATORS, Scale.COUNT, Aim.SITE, Decimal(1_000_000), can_be_solved=True),
        Lever(LeverName.ACCELERATOR_PRICE, Scale.FACTOR, Aim.SITE, _FACTORS, can_be_solved=True),
        Lever(LeverName.PRICES, Scale.FACTOR, Aim.CATEGORY, _FACTORS, can_be_solved=True),
        Lever(LeverName.LINE_AMOUNT, Scale.EUROS, Aim.LINE, _MUCH * 1000, can_be_solved=True),
        Lever(LeverName.LINE_QUANTITY, Scale.UNITS, Aim.LINE, _MUCH, can_be_solved=True),
        Lever(LeverName.LINE_UNIT_COST, Scale.UNIT_COST, Aim.LINE, _MUCH, can_be_solved=True),
        Lever(LeverName.ENERGY_PRICE, Scale.UNIT_COST, Aim.SITE, Decimal(1000), can_be_solved=True),
        Lever(LeverName.PUE, Scale.RATIO, Aim.SITE, Decimal(10), Decimal(1), can_be_solved=True),
        Lever(LeverName.LOAD, Scale.PART, Aim.SITE, _ALL, can_be_solved=True),
        Lever(LeverName.RATE_ACQUISITION, Scale.SHARE, Aim.BID, _ALL, can_be_solved=True),
        Lever(LeverName.RATE_OPERATION, Scale.SHARE, Aim.BID, _ALL, can_be_solved=True),
        Lever(LeverName.WITHOUT_SITE, Scale.NOTHING, Aim.ONE_SITE, Decimal(0)),
        Lever(LeverName.WITHOUT_PARTNER, Scale.NOTHING, Aim.PARTNER, Decimal(0)),
        Lever(LeverName.DELAY, Scale.MONTHS, Aim.BID, Decimal(120)),
        Lever(LeverName.DURATION, Scale.MONTHS, Aim.BID, Decimal(1200), Decimal(1)),
    )
}


def targets(facts: BidFacts, aim: Aim) -> dict[str, str]:
    """What a lever may point at in this bid: key → name. The empty key is the whole."""
    if aim is Aim.BID:
        return {"": ""}
    if aim is Aim.LINE:
        return {line.key: line.description or line.key for line in facts.budget}
    if aim is Aim.PARTNER:
        return {partner.key: partner.short_name or partner.name or partner.key for partner in facts.partners}
    if aim is Aim.CATEGORY:
        return {"": "", **dict.fromkeys(_in_order(line.category for line in facts.budget), "")}
    sites = {site.key: site.name or site.key for site in facts.sites}
    return sites if aim is Aim.ONE_SITE else {"": "", **sites}


def _in_order(categories: Iterable[str]) -> list[str]:
    return sorted({category for category in categories if category})

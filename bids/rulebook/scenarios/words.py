"""A change as a sentence that people read."""

from __future__ import annotations

from typing import Any

from bids.rulebook.facts import BidFacts
from bids.rulebook.scenarios.change import Change, shown
from bids.rulebook.scenarios.levers import LEVERS, Aim, LeverName, targets
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Category

LONGEST = 60  # characters of a line's description that are repeated
_NOBODY = BidFacts(call="", title="")

# About everything the lever can point at, and about one thing.
_WORDS: dict[LeverName, tuple[str, str]] = {
    LeverName.ACCELERATORS: (
        gettext_noop("The number of accelerators is %(value)s in all, shared out over the sites as it is now."),
        gettext_noop("The number of accelerators at %(target)s is %(value)s."),
    ),
    LeverName.ACCELERATOR_PRICE: (
        gettext_noop("An accelerator costs %(value)s times as much."),
        gettext_noop("An accelerator at %(target)s costs %(value)s times as much."),
    ),
    LeverName.PRICES: (
        gettext_noop("Everything costs %(value)s times as much."),
        gettext_noop("The category “%(target)s” costs %(value)s times as much."),
    ),
    LeverName.LINE_AMOUNT: ("", gettext_noop("Line %(target)s costs %(value)s.")),
    LeverName.LINE_QUANTITY: ("", gettext_noop("Line %(target)s has the quantity %(value)s.")),
    LeverName.LINE_UNIT_COST: ("", gettext_noop("Line %(target)s has a unit cost of %(value)s euro.")),
    LeverName.ENERGY_PRICE: (
        gettext_noop("A kilowatt-hour costs %(value)s euro at every site."),
        gettext_noop("A kilowatt-hour costs %(value)s euro at %(target)s."),
    ),
    LeverName.PUE: (
        gettext_noop("The power usage effectiveness (PUE) is %(value)s at every site."),
        gettext_noop("The power usage effectiveness (PUE) is %(value)s at %(target)s."),
    ),
    LeverName.LOAD: (
        gettext_noop("The average load is %(value)s at every site."),
        gettext_noop("The average load is %(value)s at %(target)s."),
    ),
    LeverName.RATE_ACQUISITION: (gettext_noop("The Union is asked for %(value)s of acquisition."), ""),
    LeverName.RATE_OPERATION: (gettext_noop("The Union is asked for %(value)s of operation."), ""),
    LeverName.WITHOUT_SITE: ("", gettext_noop("Nothing is built and nothing is paid for at %(target)s.")),
    LeverName.WITHOUT_PARTNER: ("", gettext_noop("%(target)s takes no part, nor do its affiliated entities.")),
    LeverName.DELAY: (gettext_noop("Everything starts later by this many months: %(value)s."), ""),
    LeverName.DURATION: (gettext_noop("The action lasts this many months: %(value)s."), ""),
}


def said(change: Change, facts: BidFacts = _NOBODY) -> Sentence:
    """What a change says, things called by the names they have in this bid; what is gone by its key."""
    whole, one = _WORDS[change.lever]
    value: Any = None if change.value is None else shown(change.of, change.value)
    return sentence((one if change.target else whole) or one or whole, target=called(change, facts), value=value)


def called(change: Change, facts: BidFacts = _NOBODY) -> Sentence | str:
    """The name of what a change points at."""
    return named(LEVERS[change.lever].aim, change.target, facts)


def named(aim: Aim, target: str, facts: BidFacts = _NOBODY) -> Sentence | str:
    """The name of something that a lever can point at, or its key."""
    name = targets(facts, aim).get(target, "") if target else ""
    if aim is Aim.CATEGORY and target:
        return _category(target)
    if aim is Aim.LINE and name and name != target:
        return f"{target} ({name if len(name) <= LONGEST else name[: LONGEST - 1] + '…'})"
    return name or target


def _category(code: str) -> Sentence | str:
    known = next((category for category in Category if category == code), None)
    if known is None:
        return code
    label = Sentence(known.label)
    return sentence("%(code)s %(label)s", code=known.code, label=label) if known.code else label

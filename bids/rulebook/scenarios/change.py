"""One change of a scenario: a lever, what it points at, and the value it is put to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bids.rulebook.facts import BidFacts
from bids.rulebook.facts.shapes import LAST_YEAR
from bids.rulebook.money import Euro, fraction
from bids.rulebook.scenarios.levers import LEVERS, Lever, LeverName, Scale, targets
from bids.rulebook.text import Sentence, gettext_noop, quoted, sentence

_NUMBER = re.compile(r"\d{1,15}(?:\.\d{1,6})?", re.ASCII)


class Refusal(ValueError):
    """A list of changes that can't be read; `sentence` says what is wrong."""

    def __init__(self, words: Sentence) -> None:
        self.sentence = words
        super().__init__(str(words))


@dataclass(frozen=True, slots=True)
class Change:
    """`target` is a key of the bid or a category; empty where the lever means everything."""

    lever: LeverName
    target: str = ""
    value: Decimal | None = None

    @property
    def of(self) -> Lever:
        return LEVERS[self.lever]


def written(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as plain JSON, values as decimal strings."""
    return [
        {"lever": each.lever.value, "target": each.target, "value": None if each.value is None else f"{each.value:f}"}
        for each in changes
    ]


def read(rows: Sequence[Any]) -> tuple[Change, ...]:
    """Changes from plain JSON; raise `Refusal` for what no lever takes."""
    return tuple(_read(row) for row in rows)


def check(change: Change, facts: BidFacts, most: Decimal | None = None) -> Sentence | None:
    """Why a change can't be made in this bid, or nothing; `most` is what the call allows, where it is asked too."""
    lever = change.of
    if change.target not in targets(facts, lever.aim):
        template = _GONE if change.target else _NO_TARGET
        return sentence(template, lever=Sentence(lever.name.label), target=change.target)
    return _refused_value(lever, change.value, most) or _too_late(change, facts)


def shown(lever: Lever, value: Decimal) -> Any:
    """A value in the form that sentences give it: amounts as money, shares in per cent, numbers as they are."""
    if lever.scale is Scale.EUROS:
        return Euro.of(value.quantize(lever.scale.step))
    return fraction(value) if lever.scale is Scale.SHARE else value


def _too_late(change: Change, facts: BidFacts) -> Sentence | None:
    """Nothing may move beyond the last year that a bid file can name."""
    if change.lever is not LeverName.DELAY:
        return None
    days = [facts.starts_on, *(phase.ready_on for site in facts.sites for phase in site.phases)]
    days += [machine.operational_on for site in facts.sites for machine in site.machines]
    years = [line.year for line in facts.budget if line.year] + [day.year for day in days if day]
    moved = int(change.value or 0) // 12 + 1
    return sentence(_TOO_LATE, last=LAST_YEAR) if max(years, default=0) + moved > LAST_YEAR else None


def _read(row: Any) -> Change:
    if not isinstance(row, dict) or not isinstance(row.get("target", ""), str):
        raise Refusal(sentence(_NOT_A_CHANGE, row=quoted(row)))
    name = next((name for name in LeverName if name.value == row.get("lever")), None)
    if name is None:
        raise Refusal(sentence(_NO_LEVER, lever=quoted(row.get("lever"))))
    value = row.get("value")
    if value is not None and not (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise Refusal(sentence(_NO_NUMBER, value=quoted(value)))
    change = Change(name, row.get("target", ""), None if value is None else Decimal(value))
    refused = _refused_value(change.of, change.value)
    if refused is not None:
        raise Refusal(refused)
    return change


def _refused_value(lever: Lever, value: Decimal | None, most: Decimal | None = None) -> Sentence | None:
    label = Sentence(lever.name.label)
    bounds = lever.least, lever.most if most is None else min(most, lever.most)
    if lever.scale is Scale.NOTHING:
        return None if value is None else sentence(_NO_VALUE, lever=label)
    if value is None or -int(value.as_tuple().exponent) > lever.scale.places:
        return sentence(_VALUE, lever=label, scale=Sentence(lever.scale.label))
    if not bounds[0] <= value <= bounds[1]:
        least, greatest = (shown(lever, bound) for bound in bounds)
        return sentence(_BETWEEN, lever=label, least=least, most=greatest)
    return None


_GONE = gettext_noop("%(lever)s: this bid has no “%(target)s”. Choose another, or take the change out.")
_NO_TARGET = gettext_noop("%(lever)s: choose what it is about.")
_NOT_A_CHANGE = gettext_noop("This is no change of a scenario: %(row)s.")
_NO_LEVER = gettext_noop("No lever is called %(lever)s.")
_NO_NUMBER = gettext_noop("This is no number: %(value)s.")
_NO_VALUE = gettext_noop("%(lever)s takes no value.")
_VALUE = gettext_noop("%(lever)s: write %(scale)s.")
_TOO_LATE = gettext_noop("Later start: some dates or costs would come after %(last)s. Choose fewer months.")
_BETWEEN = gettext_noop("%(lever)s must lie between %(least)s and %(most)s.")

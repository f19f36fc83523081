"""What other numbers of a call would change, as people read it: the numbers, then the bids that would feel them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bids import callfile, snapshot, wording
from bids.actions.call_effects import Effect, effects
from bids.admin.call_words import full_label, value_in_words
from bids.callfile import WARN_ONLY, Number
from bids.dossier.names import figure_titles
from bids.models import CallVersion
from bids.rulebook.call import CallFacts
from bids.rulebook.readiness import house_rules

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Difference:
    """One number before and after; house rules have words only."""

    label: str
    words: tuple[str, str]
    before: Number | None = None
    after: Number | None = None


@dataclass(frozen=True, slots=True)
class Felt:
    """A bid with the figures of the whole that would be others, in words."""

    effect: Effect
    figures: list[tuple[str, str, str]]


def consequences(
    base: CallVersion, edits: callfile.Edits, after: dict[str, Any], *, reader: User | None
) -> dict[str, Any]:
    """Each number before and after; for a reader the open bids too."""
    facts = callfile.read(after)
    shown: dict[str, Any] = {"differences": _differences(base, edits, after, facts)}
    if reader is not None:
        found = effects(base.call, facts, reader=reader)
        shown |= {"effects": found, "felt": [Felt(one, _figures(one)) for one in found.felt]}
    return shown


def _figures(effect: Effect) -> list[tuple[str, str, str]]:
    titles = figure_titles()
    return [(titles[one.figure], _shown(one.before), _shown(one.after)) for one in effect.totals]


def _shown(value: Any) -> str:
    return wording.percent(value) if isinstance(value, Decimal) else wording.show(value)


def _differences(base: CallVersion, edits: callfile.Edits, after: dict[str, Any], facts: CallFacts) -> list[Difference]:
    old, new = callfile.numbers(base.data), callfile.numbers(after)
    found = []
    for place in edits:
        if place.startswith(WARN_ONLY):
            found.append(_switched(place.removeprefix(WARN_ONLY), snapshot.facts_of(base), facts))
        else:
            before, now = old.get(place), new.get(place)
            words = value_in_words(before), value_in_words(now)
            found.append(Difference(full_label(place, facts), words, before, now))
    return found


def _switched(check: str, before: CallFacts, after: CallFacts) -> Difference:
    label = next((f"{rule.check}: {_(rule.asks)}" for rule in house_rules(after) if rule.check == check), check)
    old, new = (_rule_in_words(facts.warn_only.get(check, "")) for facts in (before, after))
    return Difference(label, (old, new))


def _rule_in_words(softened: str) -> str:
    return _("It only warns: %(reason)s") % {"reason": softened} if softened else _("It blocks")

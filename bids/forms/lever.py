"""Levers as fields: which there are in a bid, what they point at, and values typed on their scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids import wording
from bids.forms.fields import AmountField, NumberField, ShareField, in_per_cent
from bids.forms.scenario import THE_BID
from bids.models import Scenario
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import (
    LEVERS,
    Aim,
    Change,
    Lever,
    LeverName,
    Measure,
    Scale,
    called,
    check,
    most_under,
    shown,
    standing,
    targets,
)
from bids.rulebook.vocabulary import Stream

WHOLE = {
    Aim.SITE: gettext_lazy("All sites"),
    Aim.CATEGORY: gettext_lazy("All categories"),
}
_RATES = (LeverName.RATE_ACQUISITION, LeverName.RATE_OPERATION)
_PRICED_BY_THE_UNIT = (LeverName.LINE_QUANTITY, LeverName.LINE_UNIT_COST)


def levers_of(facts: BidFacts, call: CallFacts) -> list[Lever]:
    """The levers that have something to move in this bid."""
    return [lever for lever in LEVERS.values() if _is_there(lever, facts, call)]


def _is_there(lever: Lever, facts: BidFacts, call: CallFacts) -> bool:
    if lever.name in _RATES:
        return call.scheme(Stream.MACHINE) is not None
    if lever.aim is Aim.BID:
        return True
    return any(key for key in targets(facts, lever.aim))


def aims_of(lever: Lever, facts: BidFacts, call: CallFacts) -> dict[str, str]:
    """What a lever may point at, by key: the name, and how it stands now."""
    meant = targets(facts, lever.aim)
    if lever.name in _PRICED_BY_THE_UNIT:
        meant = {line.key: "" for line in facts.budget if line.quantity is not None and line.unit_cost is not None}
    return {key: _aim_words(lever, key, facts, call) for key in meant}


def _aim_words(lever: Lever, target: str, facts: BidFacts, call: CallFacts) -> str:
    name = wording.show(called(Change(lever.name, target), facts)) if target else str(WHOLE.get(lever.aim, ""))
    return _with_now(name, lever, target, facts, call)


def _with_now(name: str, lever: Lever, target: str, facts: BidFacts, call: CallFacts) -> str:
    """A name with the value that stands there now, where that says something."""
    now = standing(facts, call, lever.name, target)
    if now is None or lever.scale is Scale.FACTOR:
        return name
    return _("%(name)s (now %(value)s)") % {"name": name, "value": wording.show(shown(lever, now))}


def value_field(lever: Lever, call: CallFacts, *, required: bool = True) -> Any:
    """A box for a value of a lever, in the form its scale is typed in elsewhere."""
    label: dict[str, Any] = {"label": wording.word(lever.name), "required": required}
    most = min(lever.most, most_under(call, lever.name))
    match lever.scale:
        case Scale.EUROS:
            return AmountField(**label, help_text=_("An amount in euro."))
        case Scale.SHARE:
            field = ShareField(
                **label, help_text=_("In per cent; the call pays at most %(most)s.") % {"most": wording.percent(most)}
            )
            field.most = in_per_cent(most)
            return field
    hint = capfirst(wording.word(lever.scale)) + "."
    return NumberField(**label, help_text=hint, decimals=lever.scale.places, least=lever.least, most=most)


def typed_value(field: Any, typed: str) -> Decimal | None:
    """What was typed into such a box; raises `ValidationError` with the sentence to show."""
    value = field.clean(typed)
    return Decimal(str(value)) if isinstance(value, Euro) else value


def remember(field: Any, value: Decimal) -> None:
    """Tell a box what the page itself writes into it: sent back, it is no question."""
    if isinstance(field, NumberField):
        field.shown = in_per_cent(value) if isinstance(field, ShareField) else value


def in_the_box(lever: Lever, value: Decimal | None) -> Any:
    """A value as its box is filled with it."""
    return shown(lever, value) if value is not None and lever.scale is Scale.EUROS else value


class ChangeForm(forms.Form):
    """One change: what a lever points at, and its value. Which lever is chosen before."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    def __init__(
        self, data: Any, *, lever: Lever, facts: BidFacts, call: CallFacts, initial: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial=dict(initial))
        self.lever, self.facts = lever, facts
        if lever.aim is not Aim.BID:
            label = capfirst(wording.word(lever.aim))
            choices = list(aims_of(lever, facts, call).items())
            self.fields["target"] = forms.ChoiceField(label=label, required=False, choices=choices)
        if lever.scale is not Scale.NOTHING:
            self.fields["value"] = self._box(call)

    def _box(self, call: CallFacts) -> Any:
        field = value_field(self.lever, call)
        now = standing(self.facts, call, self.lever.name) if self.lever.aim is Aim.BID else None
        if now is not None:
            told = {"hint": field.help_text, "value": wording.show(shown(self.lever, now))}
            field.help_text = _("%(hint)s Now: %(value)s.") % told
        value = self.initial.get("value")
        self.initial["value"] = in_the_box(self.lever, value)
        if isinstance(value, Decimal):
            remember(field, value)
        return field

    @property
    def seen(self) -> int:
        """The version of the scenario this person looked at; 0, which none has, where the form was tampered with."""
        return self.cleaned_data.get("version") or 0

    @property
    def change(self) -> Change:
        value = self.cleaned_data.get("value")
        number = Decimal(str(value)) if isinstance(value, Euro) else value
        return Change(self.lever.name, self.cleaned_data.get("target", ""), number)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            refused = check(self.change, self.facts)
            if refused is not None:
                self.add_error("value" if "value" in self.fields else "target", wording.say(refused))
        return cleaned


class QuestionForm(forms.Form):
    """What a question starts from (the bid, or one of its scenarios), and which figure it is about."""

    base = forms.ChoiceField(label=gettext_lazy("starting from"), required=False)
    measure = forms.ChoiceField(
        label=gettext_lazy("figure"), choices=[(measure.value, gettext_lazy(measure.label)) for measure in Measure]
    )

    def __init__(self, data: Any, *, base: str, scenarios: Iterable[Scenario], **initial: Any) -> None:
        super().__init__(data, initial={"base": base, "measure": Measure.NATIONAL.value} | initial)
        names = [(scenario.key, scenario.name) for scenario in scenarios]
        self.fields["base"].choices = [("", THE_BID), *names]  # type: ignore[attr-defined]

    @property
    def asked_measure(self) -> Measure:
        return next(measure for measure in Measure if measure == self.cleaned_data["measure"])


def pairs_of(facts: BidFacts, call: CallFacts) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every lever with everything it can point at, for one list to choose from; lines are too many for that."""
    for lever in levers_of(facts, call):
        if lever.scale is not Scale.NOTHING and lever.aim is not Aim.LINE:
            aims = targets(facts, lever.aim)
            yield (
                wording.word(lever.name),
                [
                    (f"{lever.name}:{key}", _with_now(words_of(lever, key, facts), lever, key, facts, call))
                    for key in aims
                ],
            )


def pair(typed: str) -> tuple[Lever, str] | None:
    """The lever and its target that such a choice stands for."""
    name, _colon, target = typed.partition(":")
    lever = next((lever for lever in LEVERS.values() if lever.name == name), None)
    return (lever, target) if lever else None


def words_of(lever: Lever, target: str, facts: BidFacts) -> str:
    """A lever and what it points at, as a label: `Price of electricity, Zellik`."""
    name = wording.word(lever.name)
    if not target:
        return name
    return _("%(lever)s, %(target)s") % {
        "lever": name,
        "target": wording.show(called(Change(lever.name, target), facts)),
    }

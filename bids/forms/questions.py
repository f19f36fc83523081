"""What people ask of a bid or a scenario: what moves it most, and which value reaches a target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids import wording
from bids.forms.fields import AmountField, FigureInput, ShareField
from bids.forms.lever import QuestionForm, aims_of, in_the_box, pair, pairs_of, remember, typed_value, value_field
from bids.models import Scenario
from bids.rulebook.call import CallFacts
from bids.rulebook.facts import BidFacts
from bids.rulebook.money import Euro
from bids.rulebook.scenarios import MOST_DRIVERS, Aim, Change, Driver, Lever, around, drivers, standing

NUMBERS = range(1, MOST_DRIVERS + 1)


class SensitivityForm(QuestionForm):
    """Up to eight drivers, each with a low and a high value; one without values gets those around the present one."""

    def __init__(
        self, data: Any, *, base: str, facts: BidFacts, call: CallFacts, scenarios: Iterable[Scenario]
    ) -> None:
        super().__init__(data, base=base, scenarios=scenarios, **_usual(facts, call))
        self.facts, self.call = facts, call
        choices = [("", "–"), *pairs_of(facts, call)]
        for number in NUMBERS:
            label = {"number": number}
            self.fields[f"driver{number}"] = forms.ChoiceField(
                label=_("driver %(number)s") % label, required=False, choices=choices
            )
            for end, words in (
                ("low", _("low value of driver %(number)s")),
                ("high", _("high value of driver %(number)s")),
            ):
                self.fields[f"{end}{number}"] = forms.CharField(label=words % label, required=False, widget=FigureInput)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        found = [self._driver(number, cleaned) for number in NUMBERS if cleaned.get(f"driver{number}")]
        cleaned["drivers"] = [driver for driver in found if driver]
        if not found:
            self.add_error("driver1", _("Choose at least one driver."))
        return cleaned

    def _driver(self, number: int, cleaned: Mapping[str, Any]) -> Driver | None:
        """A driver with both its values; nothing, and a sentence at the box, where one of them is wrong."""
        chosen = pair(cleaned[f"driver{number}"])
        assert chosen is not None  # the field offers nothing else
        lever, target = chosen
        usual = around(self.facts, self.call, lever.name, target)
        usual_low, usual_high = (usual.low.value, usual.high.value) if usual else (None, None)
        low = self._end(f"low{number}", lever, cleaned, usual_low)
        high = self._end(f"high{number}", lever, cleaned, usual_high)
        if {f"low{number}", f"high{number}"} & self.errors.keys():
            return None
        if low is None or high is None:
            self.add_error(f"low{number}", _("The bid doesn't say how this stands now. Write a low and a high value."))
            return None
        return Driver(Change(lever.name, target, low), Change(lever.name, target, high))

    def _end(self, name: str, lever: Lever, cleaned: Mapping[str, Any], usual: Decimal | None) -> Decimal | None:
        """What was typed, else the usual value; which the page may have written there itself."""
        field = value_field(lever, self.call, required=False)
        if usual is not None:
            remember(field, usual)
        try:
            value = typed_value(field, cleaned.get(name, ""))
            return usual if value is None else value
        except ValidationError as error:
            self.add_error(name, error)
            return None

    @property
    def rows(self) -> list[tuple[BoundField, BoundField, BoundField]]:
        """Driver, low and high, for the page."""
        return [(self[f"driver{number}"], self[f"low{number}"], self[f"high{number}"]) for number in NUMBERS]


def _usual(facts: BidFacts, call: CallFacts) -> dict[str, Any]:
    """The drivers that usually matter, as the boxes hold them."""
    found: dict[str, Any] = {}
    for number, driver in enumerate(drivers(facts, call), start=1):
        of, field = driver.low.of, value_field(driver.low.of, call)
        found[f"driver{number}"] = f"{of.name}:{driver.low.target}"
        for end, change in (("low", driver.low), ("high", driver.high)):
            found[f"{end}{number}"] = field.prepare_value(in_the_box(of, change.value))
    return found


class SolveForm(QuestionForm):
    """Which value of a lever brings a figure to a target. Which lever is chosen before."""

    field_order = ("base", "target", "measure", "figure")

    figure = forms.CharField(
        label=gettext_lazy("is to reach"),
        widget=FigureInput,
        help_text=gettext_lazy("An amount in euro, or per cent for a share."),
    )

    def __init__(
        self, data: Any, *, base: str, lever: Lever, facts: BidFacts, call: CallFacts, scenarios: Iterable[Scenario]
    ) -> None:
        super().__init__(data, base=base, scenarios=scenarios)
        self.lever, self.facts, self.call = lever, facts, call
        if lever.aim is not Aim.BID:
            self.fields["target"] = forms.ChoiceField(
                label=capfirst(wording.word(lever.aim)),
                required=False,
                choices=list(aims_of(lever, facts, call).items()),
            )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """The figure is read as the measure is written: a share in per cent, everything else in euro."""
        cleaned: dict[str, Any] = super().clean() or {}
        if "measure" in cleaned and "figure" in cleaned:
            field = ShareField() if self.asked_measure.is_share else AmountField()
            try:
                cleaned["goal"] = _goal(field.clean(cleaned["figure"]))
            except ValidationError as error:
                self.add_error("figure", error)
        return cleaned

    @property
    def asked(self) -> Change:
        """The lever where it stands now."""
        target = self.cleaned_data.get("target", "")
        now = standing(self.facts, self.call, self.lever.name, target)
        return replace(Change(self.lever.name, target), value=self.lever.least if now is None else now)


def _goal(value: Any) -> Fraction:
    return Fraction(value.cents) if isinstance(value, Euro) else Fraction(value)

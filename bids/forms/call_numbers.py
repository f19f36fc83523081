"""What a case manager types about numbers of a call: each with its mark and its source, and one reason for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.callfile import READERS, Kind, Number
from bids.callfile.table import keys, printable
from bids.callfile.values import Refused
from bids.forms.desk import Prose
from bids.forms.desk_step import TimeInput, in_brussels
from bids.forms.fields import AmountField, DayField, NumberField, ShareField
from bids.models.fields import is_storable
from bids.rulebook.readiness import HouseRule

Begins = Mapping[str, Any] | None  # the number's table as it stands, or as it was once proposed
MOST_WHOLE = Decimal(1_000_000_000)
BOXES: dict[Kind, Callable[..., forms.Field]] = {
    Kind.SHARE: lambda **given: ShareField(help_text=_("In per cent, such as 50 or 12.5."), **given),
    Kind.AMOUNT: lambda **given: AmountField(help_text=_("In euro, with at most two decimals."), **given),
    Kind.DECIMAL: lambda **given: NumberField(**given),
    Kind.WHOLE: lambda **given: NumberField(decimals=0, most=MOST_WHOLE, **given),
    Kind.DAY: lambda **given: DayField(**given),
    Kind.MOMENT: lambda **given: DayField(**given),
}
MARKS = (
    ("SEEN", _("read in the source")),
    ("SEEN2", _("read second-hand")),
    ("RECALLED", _("from memory")),
    ("INFERRED", _("deduced")),
    ("HOUSE", _("house rule")),
)
_CONFIDENCE = re.compile(r"0\.[0-9]{1,2}")


def accepted_by(read: Callable[[object], str]) -> Callable[[str], None]:
    """What a call file refuses is refused here in the same words."""

    def check(value: str) -> None:
        try:
            read(value)
        except Refused as refused:
            raise ValidationError(wording.say(refused.reason)) from None

    return check


class NumberForm(forms.Form):
    """One number; left empty where the call may be silent about it, it is taken out."""

    mark = forms.ChoiceField(
        label=_("How well it is known"), choices=MARKS,
        help_text=_("What is from memory below 0.9, or deduced, warns and never blocks."),
    )  # fmt: skip
    confidence = NumberField(
        label=_("If from memory: how sure, from 0 to 0.99"), required=False, decimals=2, most=Decimal("0.99")
    )
    source = forms.CharField(
        label=_("Keys of the sources"), required=False, max_length=100, validators=[accepted_by(keys)],
        help_text=_("Such as S5 or S2, S4; needed where the number was read."),
    )  # fmt: skip
    cite = forms.CharField(
        label=_("What pages and paper print"), max_length=300, validators=[is_storable, accepted_by(printable)],
        help_text=_("The legal act or the call, with article or page."),
    )  # fmt: skip
    note = forms.CharField(label=_("Remark"), required=False, max_length=500, validators=[is_storable])
    disputed = forms.BooleanField(label=_("Sources differ: it only warns"), required=False)

    field_order = ("value", "time")

    def __init__(
        self, *args: Any, number: Number, label: str, begins: Mapping[str, Any] | None, **options: Any
    ) -> None:
        self.number, self.label = number, label
        options["initial"] = _initial(number, begins)
        super().__init__(*args, **options)
        self.fields["value"] = BOXES[number.kind](
            label=_("Value (empty: not set)") if number.may_be_missing else _("Value"),
            required=not number.may_be_missing,
        )
        shown: Any = self.fields["value"]
        if isinstance(shown, NumberField):
            shown.shown = _as_shown(self.initial.get("value"), number.kind)
        if number.kind is Kind.MOMENT:
            self.fields["time"] = forms.TimeField(
                label=_("At (Brussels time)"), widget=TimeInput(), required=not number.may_be_missing
            )
        self.order_fields(self.field_order)
        if number.may_be_missing:
            self.fields["cite"].required = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "value" not in given or given["value"] is None:
            return given
        if given.get("mark") in ("SEEN", "SEEN2") and not given.get("source") and "source" not in self.errors:
            self.add_error("source", _now("Name the source in which the number was read."))
        if given.get("mark") == "RECALLED" and given.get("confidence") is None and "confidence" not in self.errors:
            self.add_error("confidence", _now("Say how sure you are, such as 0.8."))
        if not given.get("cite") and "cite" not in self.errors:
            self.add_error("cite", _now("Say where this comes from."))
        if self.number.kind is Kind.MOMENT and given.get("time") is None and "time" not in self.errors:
            self.add_error("time", _now("Say at what time."))
        return given

    def edit(self) -> dict[str, Any] | None:
        """The number's table as a call file holds it; None where it is taken out."""
        given = self.cleaned_data
        if given["value"] is None:
            return None
        mark = given["mark"]
        if mark == "RECALLED":
            mark = f"RECALLED {given['confidence']:f}" if given["confidence"] else "RECALLED 0.0"
        told: dict[str, Any] = {"value": self._raw(), "mark": mark}
        told |= {name: given[name] for name in ("source", "cite", "note") if given[name]}
        return told | ({"disputed": True} if given["disputed"] else {})

    def _raw(self) -> Any:
        value: Any = self.cleaned_data["value"]
        match self.number.kind:
            case Kind.AMOUNT:
                return str(value)
            case Kind.WHOLE:
                return int(value)
            case Kind.DAY:
                return value.isoformat()
            case Kind.MOMENT:
                return in_brussels(value, self.cleaned_data["time"]).isoformat()
        return f"{value.normalize():f}" if value else "0"


class HouseRuleForm(forms.Form):
    """Whether a house rule blocks, and why not."""

    stands = forms.ChoiceField(
        label=_("What it does"),
        widget=forms.RadioSelect,
        choices=(("block", _("It blocks")), ("warn", _("It only warns"))),
    )  # fmt: skip
    why = Prose(label=_("If it only warns: why"), required=False, rows=3)

    def __init__(self, *args: Any, rule: HouseRule, begins: Begins, **options: Any) -> None:
        self.rule, self.label = rule, f"{rule.check}: {wording.word(rule.asks)}"
        options["initial"] = {"stands": "warn" if begins else "block", "why": begins["value"] if begins else ""}
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("stands") == "warn" and not given.get("why") and "why" not in self.errors:
            self.add_error("why", _now("Say why this rule need not block under this call."))
        return given

    def edit(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        return {"value": given["why"]} if given["stands"] == "warn" else None


class ProposalForm(forms.Form):
    """Why the numbers change, and on top of which version."""

    base = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)
    reason = Prose(label=_("Reason"), help_text=_("Why the call should say so; the colleague who confirms reads it."))


class AnswerForm(forms.Form):
    answer = Prose(label=_("Why it is refused"))


def _initial(number: Number, begins: Begins) -> dict[str, Any]:
    """What stands in the boxes at first: the number as it is, or as it was once proposed."""
    if begins is None:
        return {"mark": "SEEN", "time": time(17)}
    head, _space, confidence = str(begins.get("mark", "SEEN")).partition(" ")
    told = {name: begins.get(name, "") for name in ("source", "cite", "note")}
    told |= {"mark": head, "disputed": bool(begins.get("disputed"))}
    if _CONFIDENCE.fullmatch(confidence):
        told["confidence"] = Decimal(confidence)
    value: Any = READERS[number.kind](begins["value"])
    match number.kind:
        case Kind.SHARE:
            told["value"] = Decimal(value.numerator) / Decimal(value.denominator)
        case Kind.WHOLE:
            told["value"] = Decimal(value)
        case Kind.MOMENT:
            local = wording.in_brussels(value)
            told |= {"value": local.date(), "time": local.time()}
        case _:
            told["value"] = value
    return told


def _as_shown(value: Any, kind: Kind) -> Decimal | None:
    """What the page itself wrote into the box: sent back, it is no question."""
    if not isinstance(value, Decimal):
        return None
    return value * 100 if kind is Kind.SHARE else value

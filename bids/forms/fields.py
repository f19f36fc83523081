"""Fields that read numbers as people write them, and never guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bids import numbers, wording
from bids.forms.pointer import PointerField
from bids.models.fields import DecimalTextField, EuroField, is_storable
from bids.rulebook.money import Euro


class FigureInput(forms.TextInput):
    """A text box for figures; phones show their number keys."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(
            {"inputmode": "decimal", "autocomplete": "off", "class": "ds-input figure-input"} | (attrs or {})
        )


class AmountField(forms.CharField):
    """An amount of zero or more, typed as `1 234,56` or `1,234.56`; cleans to `Euro` or None."""

    widget = FigureInput

    def prepare_value(self, value: Any) -> Any:
        return numbers.write_amount(value, _language()) if isinstance(value, Euro) else value

    def clean(self, value: Any) -> Euro | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            amount = numbers.read_amount(typed, _language())
        except numbers.Unclear as unclear:
            raise ValidationError(wording.say(unclear.sentence)) from None
        if amount.cents < 0:
            raise ValidationError(_("Enter an amount of zero or more."))
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class NumberField(forms.CharField):
    """An exact decimal of zero or more; cleans to `Decimal` or None."""

    widget = FigureInput
    shown: Decimal | None = None  # what the page itself had written into the box: sent back, it is no question

    def __init__(
        self,
        *args: Any,
        decimals: int = 6,
        least: Decimal | None = Decimal(0),
        most: Decimal | None = None,
        **kwargs: Any,
    ) -> None:
        self.decimals, self.least, self.most = decimals, least, most
        super().__init__(*args, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return numbers.write_decimal(value, _language()) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = numbers.read_decimal(typed, _language(), decimals=self.decimals, shown=self.shown)
        except numbers.Unclear as unclear:
            raise ValidationError(wording.say(unclear.sentence)) from None
        if self.least is not None and number < self.least:
            raise ValidationError(_("Enter %(least)s or more."), params={"least": wording.decimal(self.least)})
        if self.most is not None and number > self.most:
            raise ValidationError(_("Enter %(most)s or less."), params={"most": wording.decimal(self.most)})
        return number

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class ShareField(NumberField):
    """A share typed in per cent; cleans to a fraction of one with at most six decimals ("12.5" is 0.125)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, decimals=4, most=Decimal(100), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return super().prepare_value(in_per_cent(value) if isinstance(value, Decimal) else value)

    def clean(self, value: Any) -> Decimal | None:
        per_cent = super().clean(value)
        return None if per_cent is None else per_cent / 100


def in_per_cent(share: Decimal) -> Decimal:
    """0.10 as 10: without idle zeros, never with an exponent."""
    return Decimal(format((share * 100).normalize(), "f"))


class DayInput(forms.DateInput):
    """The browser's own calendar; its value is always ISO 8601."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day somebody can mean: clocks and time zones end where the years 1 and 9999 do."""

    def __init__(self, **options: Any) -> None:
        within = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2199, 12, 31))]
        super().__init__(widget=DayInput(), validators=within, **options)


def form_field_of(column: Any, **kwargs: Any) -> Any:
    """The form field of a column: figures and pointers by our own fields, days by the calendar, everything storable."""
    kind = {"label": column.verbose_name, "required": not column.blank, "help_text": column.help_text} | kwargs
    if isinstance(column, EuroField):
        return AmountField(**kind)
    if column.is_relation:
        return PointerField(model=column.related_model, **kind)
    if isinstance(column, DecimalTextField):
        kind.pop("choices_form_class", None)
        return ShareField(**kind) if column.name.endswith("_share") else NumberField(decimals=column.decimals, **kind)
    if column.get_internal_type() == "DateField":
        kwargs.setdefault("widget", DayInput())
    field = column.formfield(**kwargs)
    if isinstance(field, forms.CharField):
        field.validators = [*field.validators, is_storable]
    return field


def _language() -> str:
    return (get_language() or "en")[:2]

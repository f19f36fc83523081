"""How the words of the rulebook stand in tables: cents, decimals as typed, words, keys, pricings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as parts_of
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from bids.rulebook.facts import Pricing
from bids.rulebook.money import Euro
from bids.rulebook.vocabulary import Word

MOST_CENTS = 10**17  # a thousand billion euro: far below what a column holds, so that sums of columns fit too

is_key = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._-]{0,31}\Z",
    _("Use 1 to 32 letters, digits, dots, hyphens or underscores, starting with a letter or a digit."),
)


def can_be_stored(text: str) -> bool:
    """Whether every database keeps this text: NUL and halves of surrogate pairs it can't."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def is_storable(text: str) -> None:
    """Refuse the few characters no database keeps."""
    if not can_be_stored(text):
        raise ValidationError(_("This text contains a character that can't be stored. Remove it and type it again."))


if TYPE_CHECKING:
    from django.db.models import BigIntegerField as _BigInteger
    from django.db.models import CharField as _Char
    from django.db.models import TextField as _Text
    from django.db.models.fields import _GT, _ST
else:  # Django's fields can be given type parameters only while types are checked
    _ST = _GT = Any

    class _Typed:
        def __class_getitem__(cls, types: object) -> type:
            return cls

    class _Char(_Typed, models.CharField): ...

    class _Text(_Typed, models.TextField): ...

    class _BigInteger(_Typed, models.BigIntegerField): ...


class LineField(_Char[_ST, _GT]):
    """One line of typed text, of any length: forms say how long it should be, the store never cuts."""

    default_validators = [is_storable]


class ProseField(_Text[_ST, _GT]):
    """Paragraphs of typed text."""

    default_validators = [is_storable]


class KeyField(_Char[_ST, _GT]):
    """The name by which things of a bid point at each other."""

    default_validators = [is_key]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 32)
        super().__init__(*args, **kwargs)


class EuroField(_BigInteger[_ST, _GT]):
    """Whole cents in the table, `Euro` in Python."""

    description = _("An amount in euro")

    if TYPE_CHECKING:
        _pyi_private_set_type: Euro | models.F  # type: ignore[assignment]
        _pyi_private_get_type: Euro  # type: ignore[assignment]

    # The bounds of a plain number would be compared with a Euro.
    validators = ()  # type: ignore[assignment]

    def from_db_value(self, value: Any, *_: Any) -> Euro | None:
        return None if value is None else Euro(int(value))

    def to_python(self, value: Any) -> Euro | None:
        if value is None or isinstance(value, Euro):
            return value
        try:
            return Euro.of(format(value, "f") if isinstance(value, Decimal) else value)
        except ValueError as error:
            raise ValidationError(_("Write an amount in euro with at most two decimals, such as 1234.50.")) from error

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is not None and abs(value.cents) > MOST_CENTS:
            raise ValidationError(_("This amount is larger than any bid can be. Check the digits."))

    def get_prep_value(self, value: Any) -> Any:
        """Cents; a bare number other than 0 is refused, because nobody knows whether it means euro or cents."""
        if isinstance(value, Euro):
            return value.cents
        if value is None or value == 0 or hasattr(value, "resolve_expression"):
            return value
        raise TypeError(f"an amount is a Euro, not {value!r}")

    def value_to_string(self, obj: models.Model) -> str:
        amount = self.value_from_object(obj)
        return "" if amount is None else str(amount)

    def formfield(self, **kwargs: Any) -> Any:
        amount: dict[str, Any] = {"form_class": forms.DecimalField, "max_digits": 17, "decimal_places": 2}
        return models.Field.formfield(self, **amount | kwargs)


class DecimalTextField(_Char[_ST, _GT]):
    """An exact decimal, kept as it was typed ("0.50" stays "0.50"), `Decimal` in Python.

    For quantities, rates and shares: databases don't sum these, the rulebook does.
    """

    description = _("A decimal number")

    if TYPE_CHECKING:
        _pyi_private_set_type: Decimal | str | models.F  # type: ignore[assignment]
        _pyi_private_get_type: Decimal  # type: ignore[assignment]

    def __init__(self, *args: Any, decimals: int = 6, **kwargs: Any) -> None:
        self.decimals = decimals
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: str | None, *_: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or value == "":
            return None
        try:
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise ValidationError(_("Write a number with a decimal point, such as 0.75.")) from error
        if not number.is_finite():
            raise ValidationError(_("Write a number with a decimal point, such as 0.75."))
        return number

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        if value is not None and -value.as_tuple().exponent > self.decimals:
            raise ValidationError(_("Write at most %(count)s decimals."), params={"count": self.decimals})

    def get_prep_value(self, value: Any) -> str | None:
        number = self.to_python(value)
        return None if number is None else format(number, "f")

    def value_to_string(self, obj: models.Model) -> str:
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": forms.DecimalField} | kwargs)


class WordField(_Char[_ST, _GT]):
    """A word of the vocabulary: its value in the table, the `Word` itself in Python."""

    if TYPE_CHECKING:
        _pyi_private_get_type: Any

    def __init__(self, words: type[Word] | None = None, **kwargs: Any) -> None:
        self.words = words
        kwargs.setdefault("max_length", 32)
        if words is not None:
            kwargs.setdefault("choices", word_choices(words))
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """Migrations only need a column: labels change without one, and a constraint lists the words."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        if isinstance(kwargs.get("default"), Word):
            kwargs["default"] = kwargs["default"].value
        return name, path, args, kwargs

    def from_db_value(self, value: str | None, *_: Any) -> Word | str | None:
        return self._by_value[value] if value and self._by_value else value

    def to_python(self, value: Any) -> Any:
        if self.words is None or value is None or value == "":
            return value
        try:
            return self._word(value)
        except ValueError as error:
            raise ValidationError(_("“%(word)s” isn't one of the choices."), params={"word": value}) from error

    def get_prep_value(self, value: Any) -> Any:
        """The plain word; one nobody knows finds nothing, and a constraint keeps it out of the table."""
        return str(value) if isinstance(value, str) else value

    def _word(self, value: str) -> Word:
        by_value: Callable[[str], Word] = self.words  # type: ignore[assignment]
        return by_value(value)

    @cached_property
    def _by_value(self) -> dict[str, Word]:
        """Looked up for every row that is read, so not by asking the enum."""
        return {word.value: word for word in self.words or ()}


class PricingField(models.JSONField):
    """How the amount of a line is calculated: a `Pricing` of the facts, numbers as decimal strings."""

    if TYPE_CHECKING:
        _pyi_private_set_type: Pricing
        _pyi_private_get_type: Pricing

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Pricing | None:
        return None if value is None else pricing_of(super().from_db_value(value, expression, connection))

    def to_python(self, value: Any) -> Any:
        return pricing_of(value) if isinstance(value, Mapping) else value

    def get_prep_value(self, value: Any) -> Any:
        return pricing_as_dict(value) if isinstance(value, get_args(Pricing)) else super().get_prep_value(value)

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(None if value is None else pricing_as_dict(value), model_instance)


PRICINGS: dict[str, type[Pricing]] = {
    form.__dataclass_fields__["kind"].default: form for form in get_args(Pricing)
}  # fmt: skip


READ: dict[Any, Callable[[Any], Any]] = {Euro: Euro.of, Decimal: Decimal}
# How each value of a formula is read; worked out once, because a table has hundreds of rows.
READERS: dict[str, dict[str, Callable[[Any], Any]]] = {
    kind: {name: READ.get(hint, hint) for name, hint in get_type_hints(form).items()} for kind, form in PRICINGS.items()
}


def pricing_of(data: Mapping[str, Any] | None) -> Pricing | None:
    """The formula written in a table row."""
    if data is None:
        return None
    read = READERS[data["kind"]]
    return PRICINGS[data["kind"]](**{name: read[name](text) for name, text in data.items() if name != "kind"})


def pricing_as_dict(pricing: Pricing) -> dict[str, Any]:
    """A formula as plain data: amounts and decimals as strings, whole numbers as they are."""
    values = {part.name: getattr(pricing, part.name) for part in parts_of(pricing)}
    return {name: value if isinstance(value, int) else format_number(value) for name, value in values.items()}


def format_number(value: Any) -> str:
    """A decimal without an exponent; anything else as its words."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def word_choices(words: type[Word]) -> list[tuple[str, Any]]:
    """The choices of a form: value and label, the label in the reader's language."""
    return [(word.value, _(word.label)) for word in words]

"""The formulas a budget line can be priced by, as fields of one form; only those of the chosen one count.

Which figures a formula takes, and how they may be written, is read from the formula itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields as parts_of
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from bids.forms.fields import AmountField, FigureInput, NumberField, ShareField
from bids.models.fields import PRICINGS
from bids.rulebook.facts import Pricing
from bids.rulebook.facts.shapes import Between, Places
from bids.rulebook.money import Euro, fraction

FORMULAS = {
    "personnel": _("Personnel by days"),
    "person_months": _("Person-months"),
    "sme_owner": _("SME owner"),
    "depreciation": _("Depreciation"),
    "full_cost": _("Full cost"),
    "energy": _("Energy"),
}

_LABELS = {
    "annual_cost": _("personnel cost of the period (€)"),
    "max_days": _("days of the period"),
    "days": _("days worked on the action"),
    "months": _("person-months"),
    "monthly_rate": _("cost of a person-month (€)"),
    "country": _("country"),
    "price": _("purchase price (€)"),
    "life_months": _("useful life in months"),
    "months_in_action": _("months of use in the action"),
    "share_of_use": _("share of use for the action (%)"),
    "kw": _("IT power (kW)"),
    "pue": _("PUE"),
    "load": _("load"),
    "price_per_kwh": _("price of a kWh (€)"),
    "years": _("years"),
}
_HINTS = {
    "max_days": _("215 for a full year of full-time work. Left empty, they are made from the boxes below."),
    "pue": _("Total power of the building divided by the power of its computers, such as 1.20."),
    "load": _("Average part of the power in use, from 0 to 1."),
    "months_in_action": _("Months beyond the action or the useful life are cut."),
}


def formula_fields() -> dict[str, forms.Field]:
    """Every figure of every formula, named like `energy_kw`; none is required before a formula is chosen."""
    return {f"{kind}_{name}": _field(name, hint) for kind in PRICINGS for name, hint in _figures(kind)}


def label_of(figure: str) -> str:
    """What a figure of a formula is called: `price_per_kwh` is the price of a kWh (€)."""
    return str(_LABELS[figure])


def names_of(kind: str) -> tuple[str, ...]:
    """The fields of one formula, in its order."""
    return tuple(f"{kind}_{name}" for name, _hint in _figures(kind))


def initial_of(pricing: Pricing | None) -> dict[str, Any]:
    """What the fields hold for a line that is priced by this formula."""
    if pricing is None:
        return {"formula": ""}
    return {"formula": pricing.kind} | {
        f"{pricing.kind}_{part.name}": getattr(pricing, part.name) for part in parts_of(pricing) if part.init
    }


def pricing_from(kind: str, cleaned: Mapping[str, Any]) -> Pricing | None:
    """The formula people filled in; nothing while one of its figures is missing or wrong."""
    values: dict[str, Any] = {name: cleaned.get(f"{kind}_{name}") for name, _hint in _figures(kind)}
    if any(value is None or value == "" for value in values.values()):
        return None
    return PRICINGS[kind](**values)


def told(pricing: Pricing) -> list[tuple[str, Any]]:
    """The figures of a formula, each with what it is called; a share as a share."""
    figures = {part.name: getattr(pricing, part.name) for part in parts_of(pricing) if part.init}
    if "share_of_use" in figures:
        figures["share_of_use"] = fraction(figures["share_of_use"])
    return [(str(_LABELS[name]), figure) for name, figure in figures.items()]


def _figures(kind: str) -> Iterator[tuple[str, Any]]:
    hints = get_type_hints(PRICINGS[kind], include_extras=True)
    return ((part.name, hints[part.name]) for part in parts_of(PRICINGS[kind]) if part.init)


def _field(name: str, hint: Any) -> forms.Field:
    """The field for one figure, with the bounds its type tells."""
    common: dict[str, Any] = {"label": _LABELS[name], "help_text": _HINTS.get(name, ""), "required": False}
    base, marks = (get_args(hint)[0], get_args(hint)[1:]) if get_origin(hint) or get_args(hint) else (hint, ())
    mark = marks[0] if marks else None
    if base is Euro:
        return AmountField(**common)
    if base is Decimal and name == "share_of_use":
        return ShareField(**common)
    if isinstance(mark, Places):
        most = None if mark.most is None else Decimal(mark.most)
        return NumberField(decimals=mark.places, most=most, **common)
    if isinstance(mark, Between):
        box = FigureInput({"inputmode": "numeric"})
        return forms.IntegerField(min_value=mark.least, max_value=mark.most, widget=box, **common)
    return forms.ChoiceField(choices=lambda: [("", "–"), *countries], **common)

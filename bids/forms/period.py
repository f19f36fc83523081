"""How long somebody works in a period, typed instead of its days: the rule makes day-equivalents of it (F1)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids import wording
from bids.forms.fields import NumberField, ShareField
from bids.rulebook.funding.formulas.days import max_days

FORMULA = "personnel"
MONTHS, PART, LEAVE = NAMES = ("period_months", "period_part", "period_leave")
DAYS = "personnel_max_days"
MOST_MONTHS, MOST_LEAVE = Decimal(120), Decimal(2000)


def period_fields() -> dict[str, forms.Field]:
    """What day-equivalents are made from; a line keeps the days alone."""
    return {
        MONTHS: NumberField(
            label=gettext_lazy("months employed in the period"), decimals=2, most=MOST_MONTHS, required=False
        ),
        PART: ShareField(
            label=gettext_lazy("part of full time (%)"), required=False, help_text=gettext_lazy("100 if left empty.")
        ),
        LEAVE: NumberField(label=gettext_lazy("days of parental leave"), decimals=1, most=MOST_LEAVE, required=False),
    }


def fill_in_days(form: forms.BaseForm, days_per_year: int) -> None:
    """Where a period was typed, its days; they must agree with days that were typed as well."""
    cleaned: dict[str, Any] = form.cleaned_data
    if form.errors.keys() & {*NAMES, DAYS}:
        return
    months, part, leave = (cleaned.get(name) for name in NAMES)
    typed = cleaned.get(DAYS)
    if months is None:
        if part is not None or leave is not None:
            form.add_error(MONTHS, _("Fill in the months as well, or leave all three boxes of the period empty."))
        return
    made = max_days(months, Decimal(1) if part is None else part, leave or 0, days_per_year)
    if made <= 0:
        form.add_error(MONTHS, _("No day is left in this period. Correct its months, its part or the leave."))
    elif typed is None:
        cleaned[DAYS] = made
    elif typed != made:
        words = _("The period makes %(made)s days, not %(typed)s. Correct one of them, or leave the days out.")
        form.add_error(DAYS, words % {"made": wording.decimal(made), "typed": wording.decimal(typed)})

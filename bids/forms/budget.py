"""What people type about a budget line: the whole line, or the cells of its row in the table."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids import wording
from bids.dossier.names import Names
from bids.forms import period
from bids.forms.fields import FigureInput
from bids.forms.formula import FORMULAS, formula_fields, initial_of, names_of, pricing_from
from bids.forms.row import RowForm
from bids.models import BudgetLine
from bids.models.fields import PRICINGS, is_storable
from bids.rulebook.call import CallFacts, StreamScheme
from bids.rulebook.facts import BidFacts, CostFact, Pricing
from bids.rulebook.facts.shapes import FIRST_YEAR, KEY, LAST_YEAR
from bids.rulebook.funding import Priced, price
from bids.rulebook.funding.formulas.days import DAYS_PER_YEAR
from bids.rulebook.vocabulary import Category, Stream

LONGEST = 100_000  # characters of a description
POINTERS = ("partner", "site", "work_package")
ABOUT_PRICE = ("stream", "category", "amount", "quantity", "unit_cost")
CELLS = ("description", *POINTERS, "category", "year", "quantity", "unit_cost", "amount")
LINE = ("stream", *CELLS[:-3], "amount", "quantity", "unit", "unit_cost", "funded_elsewhere", "alternative_of")

Partners = Collection[str | None]  # keys; None where a line may belong to no partner


class YearField(forms.IntegerField):
    """A year, typed."""

    def __init__(self, **kwargs: Any) -> None:
        box = FigureInput({"inputmode": "numeric", "class": "ds-input figure-input tiny", "maxlength": "4"})
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=box, **kwargs)


class CostForm(RowForm):
    """What a line and its row in the table have in common: what may be chosen, and that prices agree."""

    category = forms.ChoiceField(label=gettext_lazy("category"), required=False)
    year = YearField(label=gettext_lazy("year"), required=False)

    class Meta(RowForm.Meta):
        model = BudgetLine
        fields: tuple[str, ...] = CELLS

    def __init__(self, *args: Any, call: CallFacts, partners: Partners | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.partners = call, partners
        self.fields["category"].choices = category_choices(call, self.instance.category)  # type: ignore[attr-defined]
        self.fields["description"].validators.append(MaxLengthValidator(LONGEST))
        if partners is not None:
            self.fields["partner"].of(self.bid, partners)  # type: ignore[attr-defined]

    def theirs(self, row: Any) -> RowForm:
        return type(self)(instance=row, bid=self.bid, call=self.call, partners=self.partners)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self._check_partner(cleaned)
        self._check_category(cleaned)
        if not self.errors.keys() & {*ABOUT_PRICE, "formula", *formula_names()}:
            self._check_price(cleaned)
        return cleaned

    def _check_partner(self, cleaned: dict[str, Any]) -> None:
        """A line may be left without a partner only by who may edit such lines."""
        if self.partners is None or "partner" not in self.fields or self.has_error("partner"):
            return
        if cleaned.get("partner") is None and None not in self.partners:
            self.add_error("partner", _("Choose one of the partners whose costs you may edit."))

    def _check_category(self, cleaned: dict[str, Any]) -> None:
        """A category that is chosen now belongs to the stream; one that stood there is left to the checks."""
        category, stream = cleaned.get("category"), cleaned.get("stream", self.instance.stream)
        stood_there = self.instance.pk and not {"category", "stream"} & set(self.changed_data)
        if not category or stream is None or stood_there:
            return
        scheme = self.call.scheme(stream)
        if scheme is None:
            words = _("This call has no stream “%(stream)s”. Choose another.")
            self.add_error("stream" if "stream" in self.fields else None, words % {"stream": wording.word(stream)})
        elif category not in (known := categories_of(scheme)):
            names = ", ".join(category_name(code) for code in known)
            words = _("“%(category)s” is not a category of the stream “%(stream)s”. Choose one of these: %(known)s.")
            told = {"category": category_name(category), "stream": wording.word(stream), "known": names}
            self.add_error("category", words % told)

    def _check_price(self, cleaned: dict[str, Any]) -> None:
        """Whatever states a price must agree to the cent; a line without any is a draft."""
        problem = None if self.is_unpriced(cleaned) else self.priced(cleaned).problem
        if problem is None:
            return
        first = "amount" if cleaned.get("amount") is not None else "formula" if self.pricing(cleaned) else "unit_cost"
        self.add_error(first if first in self.fields else None, wording.say(problem))

    def is_unpriced(self, cleaned: dict[str, Any]) -> bool:
        line = self.as_fact(cleaned)
        by_quantity = line.quantity is not None and line.unit_cost is not None
        return line.amount is None and line.pricing is None and not by_quantity

    def priced(self, cleaned: dict[str, Any]) -> Priced:
        """What the line costs as it was typed."""
        bid = BidFacts(call=self.call.id, title="", duration_months=self.bid.duration_months)
        return price(self.as_fact(cleaned), bid, self.call)

    def as_fact(self, cleaned: dict[str, Any]) -> CostFact:
        told = {name: cleaned.get(name, getattr(self.instance, name)) for name in ABOUT_PRICE}
        return CostFact(key=self.instance.key or _("This line"), pricing=self.pricing(cleaned), **told)

    def pricing(self, cleaned: dict[str, Any]) -> Pricing | None:
        """The formula of the line."""
        return self.instance.pricing


class CellsForm(CostForm):
    """The cells of one row as they were sent: what the page showed as text is not touched."""

    def __init__(self, data: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        for name in CELLS:
            if name not in data:
                del self.fields[name]

    def theirs(self, row: Any) -> RowForm:
        return CostForm(instance=row, bid=self.bid, call=self.call, partners=self.partners)


class LineForm(CostForm):
    """A whole line, with its formula."""

    formula = forms.ChoiceField(
        label=gettext_lazy("formula"),
        required=False,
        choices=[("", gettext_lazy("None: an amount, or quantity times unit cost")), *FORMULAS.items()],
    )
    alternative_of = forms.CharField(
        label=gettext_lazy("alternative of"),
        required=False,
        empty_value=None,
        max_length=65,
        help_text=gettext_lazy("The line of a linked bid that pays for the same, like BE-OTHER#L001."),
        validators=[
            is_storable,
            RegexValidator(
                rf"\A{KEY}#{KEY}\Z",
                gettext_lazy("Write the reference of the other bid and the line, like BE-OTHER#L001."),
            ),
        ],
    )

    class Meta(CostForm.Meta):
        fields = LINE
        widgets = {"description": forms.Textarea({"rows": 2})}
        help_texts = {
            "amount": gettext_lazy("Leave it out where a quantity or formula gives it; stated twice, both must agree."),
            "funded_elsewhere": gettext_lazy("Another EU grant pays this: the Union pays nothing here."),
            "partner": gettext_lazy("None for what the Joint Undertaking buys itself."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stream"].choices = stream_choices(self.call, self.instance.stream)  # type: ignore[attr-defined]
        self.fields["unit"].validators.append(MaxLengthValidator(500))
        self.fields |= formula_fields() | period.period_fields()
        self.initial.update(initial_of(self.instance.pricing))
        self.remember_shown()

    def clean_alternative_of(self) -> str | None:
        aim: str | None = self.cleaned_data["alternative_of"]
        if aim and aim.partition("#")[0] == self.bid.reference:
            raise ValidationError(_("An alternative stands in another bid than this one. Write its reference."))
        return aim

    def clean(self) -> dict[str, Any]:
        """Only the figures of the chosen formula are looked at, and none of them may be missing."""
        kind = self.cleaned_data.get("formula")
        needed = names_of(kind) if kind else ()
        looked_at = (*needed, *period.NAMES) if kind == period.FORMULA else needed
        for name in {*formula_names()} - {*looked_at}:
            self.errors.pop(name, None)
        if kind == period.FORMULA:
            period.fill_in_days(self, self._days_per_year())
        for name in needed:
            is_made = name == period.DAYS and self.errors.keys() & {*period.NAMES}  # what is wrong there is said there
            if name not in self.errors and not is_made and self.cleaned_data.get(name) in (None, ""):
                self.add_error(name, _("The formula needs this figure. Fill it in, or choose another formula."))
        return super().clean()

    def _days_per_year(self) -> int:
        scheme = self.call.scheme(self.cleaned_data["stream"]) if self.cleaned_data.get("stream") else None
        return scheme.cost_model.day_equivalents_per_year if scheme else DAYS_PER_YEAR

    def pricing(self, cleaned: dict[str, Any]) -> Pricing | None:
        kind = cleaned.get("formula")
        return pricing_from(kind, cleaned) if kind else None

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in LINE} | {"pricing": self.pricing(self.cleaned_data)}

    @property
    def formulas(self) -> list[tuple[str, Any, list[Any]]]:
        """Every formula with its fields, for the page."""
        return [(kind, label, [self[name] for name in names_of(kind)]) for kind, label in FORMULAS.items()]

    @property
    def period(self) -> list[Any]:
        """What the days of a person's period can be made from, for the page."""
        return [self[name] for name in period.NAMES]


def formula_names() -> tuple[str, ...]:
    """Every box that has to do with a formula."""
    return (*(name for kind in PRICINGS for name in names_of(kind)), *period.NAMES)


def categories_of(scheme: StreamScheme) -> tuple[str, ...]:
    """The categories a line of this stream may have; a grant may also state its indirect costs, to be compared."""
    model = scheme.cost_model
    known = tuple(model.groups) if scheme.stream is Stream.MACHINE else model.categories
    return (*known, Category.E.value) if scheme.stream.is_grant else known


def category_choices(call: CallFacts, standing: str = "") -> list[Any]:
    """Categories under the name of their cost model, each once; what stands in the line stays a choice."""
    groups: list[Any] = [("", "–")]
    shown: set[str] = set()
    for scheme in call.streams:
        fresh = [code for code in categories_of(scheme) if code not in shown]
        shown.update(fresh)
        if fresh:
            groups.append((wording.word(scheme.stream), [(code, category_name(code)) for code in fresh]))
    if standing and standing not in shown:
        groups.append((standing, category_name(standing)))
    return groups


def category_name(code: str) -> str:
    """`A.1 Employees or equivalent`."""
    return Names(BidFacts(call="", title="")).categories.get(code)


def stream_choices(call: CallFacts, standing: Stream | None) -> list[tuple[str, str]]:
    """The streams of the call; one that stands in the line stays a choice."""
    known = [scheme.stream for scheme in call.streams]
    if standing is not None and standing not in known:
        known.append(standing)
    return [("", "–"), *((stream.value, wording.word(stream)) for stream in known)]

"""Which lines of the budget to show, and by what to group them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids.dossier.names import UNNAMED, Labels, Names
from bids.rulebook.facts import BidFacts, CostFact

# What lines are filtered and grouped by, each with the key a line stands under; "-" gathers those without.
KEYS: dict[str, Callable[[CostFact], str]] = {
    "stream": lambda line: line.stream or UNNAMED,
    "partner": lambda line: line.partner or UNNAMED,
    "site": lambda line: line.site or UNNAMED,
    "work_package": lambda line: line.work_package or UNNAMED,
    "category": lambda line: line.category or UNNAMED,
    "year": lambda line: str(line.year or UNNAMED),
}
GROUPS = {
    "stream": gettext_lazy("Stream"),
    "partner": gettext_lazy("Partner"),
    "site": gettext_lazy("Site"),
    "work_package": gettext_lazy("Work package"),
    "category": gettext_lazy("Category"),
    "year": gettext_lazy("Year"),
}
NO_GROUPS = "none"


class BudgetFilter(forms.Form):
    """One line of choices above the table; the choices are those the budget itself uses."""

    text = forms.CharField(label=gettext_lazy("Text"), required=False, max_length=200)
    stream = forms.ChoiceField(label=gettext_lazy("Stream"), required=False)
    partner = forms.ChoiceField(label=gettext_lazy("Partner"), required=False)
    site = forms.ChoiceField(label=gettext_lazy("Site"), required=False)
    work_package = forms.ChoiceField(label=gettext_lazy("Work package"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    group = forms.ChoiceField(
        label=gettext_lazy("Group by"),
        required=False,
        choices=[("", GROUPS["stream"]), *list(GROUPS.items())[1:], (NO_GROUPS, gettext_lazy("Nothing"))],
    )

    def __init__(self, data: Any, facts: BidFacts) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.labels = labels_of(Names(facts))
        for name, key in KEYS.items():
            used = sorted({key(line) for line in facts.budget}, key=lambda each: (each == UNNAMED, each))
            choices = [("", _("All")), *((each, self.labels[name].get(each)) for each in used)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    @cached_property
    def chosen(self) -> dict[str, str]:
        """What was asked for and is understood; anything else filters nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @cached_property
    def grouped_by(self) -> str:
        """The name to group by; nothing where the lines stand in one list."""
        group = self.chosen.get("group", "stream")
        return "" if group == NO_GROUPS else group

    @cached_property
    def query(self) -> str:
        """The same choices as part of an address."""
        return urlencode(self.chosen)

    def keep(self, lines: Iterable[CostFact]) -> list[CostFact]:
        """The lines that were asked for, in the order of the budget."""
        wanted = self.chosen
        text = wanted.get("text", "").casefold()
        picks = [(KEYS[name], wanted[name]) for name in KEYS if name in wanted]
        return [
            line
            for line in lines
            if all(key(line) == value for key, value in picks)
            and (not text or text in line.description.casefold() or text in line.key.casefold())
        ]


def labels_of(names: Names) -> dict[str, Labels]:
    """How the keys of each group are read."""
    return {
        "stream": names.streams,
        "partner": names.buyers,
        "site": names.places,
        "work_package": names.packages,
        "category": names.categories,
        "year": names.years,
    }

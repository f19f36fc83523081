"""Which bid another one is the alternative to, and which of their lines pay for the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.rulebook.facts import CostFact
from bids.rulebook.facts.shapes import KEY
from bids.rulebook.linked import Side


class JoinForm(forms.Form):
    """The reference of the other bid, and the version of this one that the person looked at."""

    reference = forms.CharField(
        label=_("Reference of the other bid"),
        max_length=32,
        help_text=_("You have to be able to edit both. Only one of two linked bids will be paid for what they share."),
        validators=[RegexValidator(rf"\A{KEY}\Z", _("Write the reference as it stands on the bid, like BE-AIF-2025."))],
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31)


class MarkForm(forms.Form):
    """A line of this bid, with the version that was looked at, and the line of the other bid it stands for."""

    line = forms.ChoiceField(label=_("Line of this bid"))
    other = forms.ChoiceField(label=_("Line of the other bid"))

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, mine: Side, theirs: Side, versions: Mapping[str, int]
    ) -> None:
        super().__init__(data)
        free = [line for line in mine.facts.budget if not line.alternative_of and line.key in versions]
        own = [(f"{line.key}:{versions[line.key]}", words) for line, words in _told(free, mine)]
        spoken_for = {line.alternative_of for line in mine.facts.budget}
        reference = theirs.facts.reference
        rest = [
            line
            for line in theirs.facts.budget
            if not line.alternative_of and f"{reference}#{line.key}" not in spoken_for
        ]
        others = [(line.key, words) for line, words in _told(rest, theirs)]
        self.fields["line"].choices = own  # type: ignore[attr-defined]
        self.fields["other"].choices = others  # type: ignore[attr-defined]


def _told(lines: Iterable[CostFact], side: Side) -> Iterable[tuple[CostFact, str]]:
    """`L008 · imec · 2028 · Venture desk · € 218,400.00`, by partner and year."""
    names = {partner.key: partner.short_name or partner.name or partner.key for partner in side.facts.partners}
    for line in sorted(lines, key=lambda line: (names.get(line.partner or "", ""), line.year or 0, line.key)):
        amount = wording.euro(side.assessment.lines[line.key].amount)
        parts = (line.key, names.get(line.partner or "", ""), line.year, line.description[:80], amount)
        yield line, " · ".join(str(part) for part in parts if part)

"""What people say about a scenario: its name, what it is about, and where it begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bids.forms.row import RowForm
from bids.models import Scenario
from bids.rulebook.scenarios import By
from bids.wording import word

LONGEST = 5_000  # characters of a note
THE_BID = gettext_lazy("The bid as it is")

MONEY = {
    "total": gettext_lazy("Total cost"),
    "eu": gettext_lazy("Contribution of the Union"),
    "rest": gettext_lazy("What the Union doesn't pay"),
}


class ScenarioForm(RowForm):
    """The name of a scenario and a note on it."""

    class Meta(RowForm.Meta):
        model = Scenario
        fields: tuple[str, ...] = ("name", "note")
        help_texts = {
            "name": gettext_lazy("Short: it stands beside bars and above columns."),
            "note": gettext_lazy("Why one would do this, or what would have to happen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].validators.append(MaxLengthValidator(LONGEST))

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        if not name:
            raise ValidationError(_("Give the scenario a name."))
        return name


class NewScenarioForm(ScenarioForm):
    """A new scenario begins empty, or with the changes of another."""

    copy_of = forms.ChoiceField(
        label=gettext_lazy("begins with the changes of"),
        required=False,
        help_text=gettext_lazy("The copy goes its own way from then on."),
    )

    def __init__(self, *args: Any, others: Iterable[Scenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {other.key: other for other in others}
        choices = [("", _("None: it begins empty")), *((key, other.name) for key, other in self.others.items())]
        self.fields["copy_of"].choices = choices  # type: ignore[attr-defined]

    @property
    def copied(self) -> Scenario | None:
        return self.others.get(self.cleaned_data["copy_of"])


class BridgeForm(forms.Form):
    """Which difference the waterfall explains. Whatever the address says, there is one to draw."""

    since = forms.ChoiceField(label=gettext_lazy("from"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("divided by"), required=False)
    money = forms.ChoiceField(label=gettext_lazy("of"), required=False, choices=list(MONEY.items()))

    def __init__(self, asked: Any, others: Iterable[Scenario]) -> None:
        names = {other.key: other.name for other in others}
        chosen = {
            "since": _one_of(names, asked.get("since"), ""),
            "by": _one_of(list(By), asked.get("by"), By.CATEGORY.value),
            "money": _one_of(MONEY, asked.get("money"), "total"),
        }
        super().__init__(initial=chosen)
        self.chosen = chosen
        self.fields["since"].choices = [("", THE_BID), *names.items()]  # type: ignore[attr-defined]
        self.fields["by"].choices = [(by.value, word(by)) for by in By]  # type: ignore[attr-defined]


def _one_of(known: Iterable[str], asked: str | None, otherwise: str) -> str:
    return asked if asked in set(known) else otherwise

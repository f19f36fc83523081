"""What people of the ministry type around a bid: interest, assignments, reasons, papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bids import wording
from bids.actions.desk import Candidate
from bids.forms.paper import PaperField
from bids.models.fields import is_storable
from bids.rulebook.text import Sentence
from bids.rulebook.vocabulary import DocumentKind, DossierKind, Interest, Language, Role, Word

DESK_KINDS = (DocumentKind.OPINION, DocumentKind.EU_RECEIPT, DocumentKind.EU_DECISION, DocumentKind.OTHER)


def words(vocabulary: Sequence[Word] | type[Word]) -> list[tuple[str, Any]]:
    """A vocabulary as choices, its labels translated when they are shown."""
    return [(word.value, _(word.label)) for word in vocabulary]


class ProseInput(forms.Textarea):
    """A box for a few lines that grows with what is typed."""

    def __init__(self, rows: int = 4) -> None:
        super().__init__({"rows": rows})


class Prose(forms.CharField):
    """A text of several lines."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(widget=ProseInput(rows), max_length=20_000, validators=[is_storable], **options)


class OnARound(forms.Form):
    """Carries the digest of the round that was read while it was filled in."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def on(self, digest: str, **more: str) -> Self:
        """The same words, beside the round as it stands now."""
        sent: Any = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds what was posted
        for name, value in {"digest": digest, **more}.items():
            sent[name] = value
        self.data = sent
        return self


class InterestForm(forms.Form):
    """A conflict is explained; no conflict needs no words."""

    interest = forms.ChoiceField(
        label=_("Do you have a conflict of interest with this bid?"),
        choices=words(Interest),
        widget=forms.RadioSelect,
        help_text=_("For example: you, your family or your employer work with or for one of the parties."),
    )
    reason = Prose(label=_("If there is one: which?"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("interest") == Interest.CONFLICT and not given.get("reason"):
            self.add_error("reason", _("Say in a few words what the conflict is."))
        return given


class AssignForm(forms.Form):
    """One person for one kind of work; only those whom nothing keeps from it can be chosen."""

    person = forms.ModelChoiceField(queryset=User.objects.none(), label=_("person"), empty_label=_("Choose a person"))

    def __init__(self, *args: Any, candidates: list[Candidate], role: Role, **options: Any) -> None:
        options["auto_id"] = f"{role.value}-%s"  # three of these forms stand on one page
        super().__init__(*args, **options)
        self.role = role
        self.kept_out = [one for one in candidates if one.obstacle is not None]
        self.free = [one.user for one in candidates if one.obstacle is None]
        field: Any = self.fields["person"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in self.free])
        field.label = _(role.label)
        field.choices = [("", field.empty_label), *((user.pk, user.get_full_name()) for user in self.free)]

    def refuse(self, field: str, reason: Sentence) -> None:
        self.add_error(field, ValidationError(wording.say(reason)))


class ReasonForm(forms.Form):
    reason = Prose(label=_("Reason"))


class PaperForm(forms.Form):
    """A paper for the ministry's own file of the bid."""

    kind = forms.ChoiceField(label=_("Kind"), choices=words(DESK_KINDS))
    title = forms.CharField(label=_("Title"), max_length=200, validators=[is_storable])
    file = PaperField(label=_("PDF file"))


class DossierForm(forms.Form):
    """Which dossier, in which language."""

    kind = forms.ChoiceField(label=_("Kind"))
    language = forms.ChoiceField(label=_("Language"), choices=words(Language))

    def __init__(self, *args: Any, kinds: list[DossierKind], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["kind"]
        field.choices = words(kinds)

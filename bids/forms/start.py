"""How a bid begins: from a call, as a copy, or from a bid file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from bids import wording
from bids.actions.bids import OpenCall
from bids.bidfile.document import LARGEST
from bids.models import Bid, Call
from bids.models.fields import is_key, is_storable, word_choices
from bids.rulebook.vocabulary import Language

LONGEST_TITLE = 500

_REFERENCE = _("1 to 32 letters, digits, dots, hyphens or underscores. Left empty, the bid is given one.")


def _title() -> forms.CharField:
    return forms.CharField(
        label=_("Title"), max_length=LONGEST_TITLE, validators=[is_storable],
        help_text=_("The Union's form takes 200 characters. You can change it later."),
    )  # fmt: skip


def _reference() -> forms.CharField:
    return forms.CharField(
        label=_("Reference"), required=False, validators=[is_key], help_text=_REFERENCE,
        widget=forms.TextInput(attrs={"class": "ds-input short", "autocomplete": "off"}),
    )  # fmt: skip


class _Referenced(forms.Form):
    def clean_reference(self) -> str:
        """A reference names one bid for ever, discarded ones included."""
        reference: str = self.cleaned_data["reference"]
        if reference and Bid.objects.filter(reference=reference).exists():
            raise ValidationError(_("This reference is taken. Choose another one."))
        return reference


class StartForm(_Referenced):
    """A call that is open, an organisation the person belongs to, and a title."""

    call = forms.ChoiceField(label=_("Call"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label=_("Coordinating organisation"), queryset=Organisation.objects.none(), empty_label=None,
        help_text=_("It becomes the coordinating partner; you become the coordinator."),
    )  # fmt: skip
    title = _title()
    reference = _reference()
    language = forms.ChoiceField(label=_("Language of the bid"), choices=lambda: word_choices(Language))

    def __init__(self, *args: Any, calls: list[OpenCall], user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.calls = {each.call.reference: each.call for each in calls}
        self.fields["call"].choices = [(each.call.reference, _named(each)) for each in calls]  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = user.organisations.all()  # type: ignore[attr-defined]
        language = (get_language() or "en")[:2]
        self.initial.setdefault("language", language)

    def clean_call(self) -> Call:
        return self.calls[self.cleaned_data["call"]]

    def clean_language(self) -> Language:
        return Language(self.cleaned_data["language"])


def _named(each: OpenCall) -> str:
    """The call by title and id, and until when its desk is open."""
    name = f"{each.call.title} ({each.call.reference})"
    if each.desk_closes is None:
        return gettext("%(call)s, always open") % {"call": name}
    return gettext("%(call)s, open until %(moment)s") % {"call": name, "moment": wording.moment(each.desk_closes)}


class CopyForm(_Referenced):
    """The title and reference of the copy."""

    title = _title()
    reference = _reference()


class ImportForm(_Referenced):
    """A bid file, and the reference where its own is taken."""

    file = forms.FileField(
        label=_("Bid file"),
        help_text=_(
            "A JSON file in the format tandem-bid/1, at most 20 MiB. Letters and annexes are uploaded afterwards."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )
    reference = _reference()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = _("Only where the bid is to have another one than in the file.")

    @property
    def content(self) -> bytes:
        """Never more than the largest bid file and one byte, however large the upload is."""
        content: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        return content

"""What an uploaded document is: its kind, title and partner, and the file."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids.forms.paper import PaperField
from bids.forms.row import RowForm
from bids.models import Document, StoredFile
from bids.rulebook.call import CallFacts
from bids.rulebook.vocabulary import DocumentKind

OF_THE_DESK = {DocumentKind.OPINION, DocumentKind.EU_RECEIPT, DocumentKind.EU_DECISION}


class DocumentForm(RowForm):
    """A document; `own_partners` narrows the choice for people who act for their organisation alone."""

    kind = forms.ChoiceField(label=_("kind"))
    upload = PaperField(label=_("PDF file"))

    field_order = ("upload", "kind", "title", "partner")

    class Meta(RowForm.Meta):
        model = Document
        fields = ("kind", "title", "partner")
        help_texts = {
            "title": _("Left empty, the name of the file is taken."),
            "partner": _("Whose document it is; a mandate names the partner that gave it."),
        }

    def __init__(self, *args: Any, call: CallFacts, own_partners: Collection[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.own_partners = call, own_partners
        self.fields["kind"].choices = kind_choices(call, self.instance.kind)  # type: ignore[attr-defined]
        if own_partners is not None:
            self.fields["partner"].of(self.bid, own_partners)  # type: ignore[attr-defined]
            self.fields["partner"].required = True
        if self.instance.pk:
            upload = self.fields["upload"]
            upload.required = False
            upload.label = _("New file, to replace the present one")

    def theirs(self, row: Any) -> DocumentForm:
        return type(self)(instance=row, bid=self.bid, call=self.call, own_partners=self.own_partners)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("kind") == DocumentKind.PARTNER_MANDATE and "partner" in cleaned and not cleaned["partner"]:
            self.add_error("partner", _("Choose the partner that gave this mandate."))
        upload = self.files.get("upload")
        if upload and "title" in cleaned and not cleaned["title"].strip():
            cleaned["title"] = _title_of(upload.name or "")
        return cleaned

    @property
    def file(self) -> StoredFile | None:
        """What was uploaded, looked into and stored."""
        return self.cleaned_data.get("upload")

    @property
    def changes(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "title", "partner")}


def kind_choices(call: CallFacts, present: str = "") -> list[Any]:
    """The kinds the call asks for first; the ministry's own papers are not among the others."""
    asked = dict.fromkeys(requirement.kind for requirement in call.requirements if not requirement.field)
    others = [kind for kind in call.document_kinds if kind not in OF_THE_DESK and kind not in asked]
    groups = [(_("Asked for by the call"), _pairs(asked)), (_("Others"), _pairs(others))]
    known = {*asked, *others, ""}
    return [*groups, *([] if present in known else _pairs([present]))]


def label_of(kind: str) -> Any:
    """The words of a kind; a call may know kinds that we don't."""
    return next((_(known.label) for known in DocumentKind if known == kind), kind)


def _pairs(kinds: Collection[str]) -> list[tuple[str, Any]]:
    return [(kind, label_of(kind)) for kind in kinds]


def _title_of(name: str) -> str:
    """The name of a file as words, whatever it was called."""
    words = re.sub(r"[\s_]+", " ", PurePosixPath(name).stem)
    return "".join(letter for letter in words if letter.isprintable())[:200].strip()

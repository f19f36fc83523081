"""A chapter as people write it: a text with marks, its title and state."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.forms.row import RowForm
from bids.models import Chapter
from bids.models.document import is_digest
from bids.models.fields import is_storable, word_choices
from bids.prose import Refused, as_marks, is_same, read_marks, refused
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import ChapterState

NO_TEXT = gettext_noop("Write the text first: an empty chapter can't be complete.")


class ChapterForm(RowForm):
    """One chapter in one language; `translates` is the digest of the text it is a translation of, or nothing."""

    text = forms.CharField(
        label=_("text"),
        required=False,
        strip=False,
        validators=[is_storable],
        widget=forms.Textarea({"rows": 26, "class": "chapter-text", "spellcheck": "true"}),
        help_text=_("A blank line begins a new paragraph. The marks for headings, lists and tables are listed below."),
    )
    state = forms.ChoiceField(
        label=_("state"),
        choices=[choice for choice in word_choices(ChapterState) if choice[0] != ChapterState.EMPTY],
        widget=forms.RadioSelect,
        initial=ChapterState.DRAFT,
    )
    is_renewed = forms.BooleanField(
        label=_("This translation says what the original says now"),
        required=False,
        help_text=_("Tick it once you have compared both; the mark “older than its source” then goes away."),
    )
    translates = forms.CharField(required=False, widget=forms.HiddenInput, validators=[is_digest])

    field_order = ("title", "text", "state", "is_renewed")

    class Meta(RowForm.Meta):
        model = Chapter
        fields = ("title", "state")

    def __init__(self, *args: Any, source: str | None = None, title: str = "", **kwargs: Any) -> None:
        """`source` is the digest of the text to translate as it stands now, None for an original."""
        super().__init__(*args, **kwargs)
        self.source, self.is_new = source, self.instance.pk is None
        self.kept: str = self.instance.html
        self.initial["text"] = as_marks(self.kept)
        self.initial["translates"] = source
        self.initial["title"] = self.instance.title or title
        if self.initial.get("state") == ChapterState.EMPTY:
            self.initial["state"] = ChapterState.DRAFT
        if self.is_new or source is None or self.instance.source_digest == source:
            del self.fields["is_renewed"]

    def theirs(self, row: Any) -> ChapterForm:
        return type(self)(instance=row, bid=self.bid, source=self.source)

    def clean_text(self) -> str:
        """Whatever can't be kept is said before anything is saved."""
        typed: str = self.cleaned_data["text"]
        try:
            html = read_marks(typed)
        except Refused as refusal:
            raise ValidationError([wording.say(reason) for reason in refusal.reasons]) from None
        self.html = self.kept if is_same(self.kept, html) and not refused(self.kept) else html
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("state") == ChapterState.COMPLETE and cleaned.get("text", "-").strip() == "":
            self.add_error("state", wording.say(sentence(NO_TEXT)))
        return cleaned

    @property
    def changes(self) -> dict[str, Any]:
        """The columns to write; an empty text is one that nobody has started."""
        state = self.cleaned_data["state"] if self.html else ChapterState.EMPTY
        columns = {"title": self.cleaned_data["title"], "html": self.html, "state": ChapterState(state)}
        if self.source and (self.is_new or self.cleaned_data.get("is_renewed")):
            columns["source_digest"] = self.cleaned_data["translates"] or self.source
        return columns

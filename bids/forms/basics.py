"""The first page of the application: what the bid is called, when it runs, what it asks for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.forms.fields import ShareField
from bids.forms.row import RowForm
from bids.models import Bid
from bids.models.fields import is_storable
from bids.rulebook.call import CallFacts
from bids.rulebook.vocabulary import Instrument, Stream

MOST_KEYWORDS = 50
LONGEST = {"title": 500, "acronym": 500, "abstract": 100_000, "tco_verification": 100_000}  # as in a bid file


class KeywordsField(forms.CharField):
    """Words in a line, with commas between; cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        words = [" ".join(word.split()) for word in super().clean(value).split(",")]
        found = list(dict.fromkeys(word for word in words if word))
        if len(found) > MOST_KEYWORDS:
            raise ValidationError(_("Write at most %(most)s keywords."), params={"most": MOST_KEYWORDS})
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class BasicsForm(RowForm):
    """The bid's own fields; what the call has no use for is left out, its limits are told beside the fields."""

    track = forms.ChoiceField(label=_("Track"), required=False)
    linked_factory = forms.ChoiceField(
        label=_("Linked AI Factory"), required=False, help_text=_("The established factory this antenna works with.")
    )
    keywords = KeywordsField(label=_("Keywords"), required=False, validators=[is_storable])
    rate_acquisition = ShareField(label=_("Requested rate of acquisition (%)"), required=False)
    rate_operation = ShareField(label=_("Requested rate of operation (%)"), required=False)
    duration_months = forms.IntegerField(label=_("Duration in months"), required=False, min_value=1, max_value=1200)
    ownership_years = forms.IntegerField(label=_("Years of ownership"), required=False, min_value=1, max_value=100)

    class Meta(RowForm.Meta):
        model = Bid
        fields = (
            "title", "acronym", "track", "language", "linked_factory", "abstract", "keywords",
            "starts_on", "duration_months", "ownership_years", "rate_acquisition", "rate_operation",
            "economic_use_share", "commercial_access_share", "stated_access_share", "tco_verification",
        )  # fmt: skip
        labels = {
            "economic_use_share": _("Share of economic use (%)"),
            "commercial_access_share": _("Share of commercial access (%)"),
            "stated_access_share": _("Stated access share of the Union (%)"),
        }
        help_texts = {
            "starts_on": _("The first day of the action."),
            "stated_access_share": _("Only where the bid states it; it is compared with the computed one."),
            # xgettext:no-python-format
            "commercial_access_share": _("At most 20 % of the Union's share of access."),
            "tco_verification": _("Who checks the total cost of ownership, how and when."),
        }

    def __init__(self, *args: Any, call: CallFacts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        self._leave_out()
        self._offer_choices()
        self._tell_limits()

    def _leave_out(self) -> None:
        """Fields that mean nothing under this call, unless the bid has something in them."""
        has_machine = self.call.scheme(Stream.MACHINE) is not None
        needless = {
            "track": bool(self.call.tracks),
            "linked_factory": self.call.instrument is Instrument.ANTENNA,
            **dict.fromkeys(
                ("rate_acquisition", "rate_operation", "ownership_years", "stated_access_share"), has_machine
            ),
            **dict.fromkeys(("commercial_access_share", "tco_verification"), has_machine),
        }
        for name, is_needed in needless.items():
            if not is_needed and not getattr(self.instance, name):
                del self.fields[name]

    def _offer_choices(self) -> None:
        self._offer("track", [(track.id, track.title) for track in self.call.tracks])
        self._offer("linked_factory", [(name, name) for name in self.call.established_factories])

    def _offer(self, name: str, known: list[tuple[str, str]]) -> None:
        """The choices of the call; what the bid says already stays, whatever the call thinks of it."""
        if name not in self.fields:
            return
        now = getattr(self.instance, name) or ""
        unknown = [(now, now)] if now and now not in dict(known) else []
        self.fields[name].choices = [("", "–"), *known, *unknown]  # type: ignore[attr-defined]

    def _tell_limits(self) -> None:
        limits = self.call.part_a
        self.fields["title"].help_text = _("At most %(most)s characters; the Union's form drops %(marks)s.") % {
            "most": limits.title_chars, "marks": " ".join(limits.title_forbidden),
        }  # fmt: skip
        for name, most in (("acronym", limits.acronym_chars), ("abstract", limits.abstract_chars)):
            self.fields[name].help_text = _("At most %(most)s characters.") % {"most": most}
        self.fields["keywords"].help_text = _("Commas between them, at most %(most)s characters together.") % {
            "most": limits.keywords_chars
        }
        self.fields["duration_months"].help_text = _("Whole months.")
        for name, most in self._ceilings().items():
            if name in self.fields:
                self.fields[name].help_text = _("Left empty, the bid asks for the call's maximum of %(most)s.") % {
                    "most": wording.percent(most)
                }

    def _ceilings(self) -> dict[str, Any]:
        scheme = self.call.scheme(Stream.MACHINE)
        if scheme is None:
            return {}
        known = {"rate_acquisition": scheme.rate_acquisition_max, "rate_operation": scheme.rate_operation_max}
        return {name: most for name, most in known.items() if most is not None}

    def theirs(self, row: Any) -> BasicsForm:
        return type(self)(instance=row, bid=self.bid, call=self.call)

    @property
    def shown(self) -> list[tuple[str, Any]]:
        """Label and value of every field, as a page shows them to somebody who only reads."""
        return [(str(box.label), self._words(box.name)) for box in self.visible_fields()]

    def _words(self, name: str) -> Any:
        value, field = getattr(self.instance, name), self.fields[name]
        if isinstance(field, ShareField):
            return None if value is None else wording.percent(value)
        if isinstance(field, forms.ChoiceField) and value:
            return dict(field.choices).get(value, value)  # type: ignore[arg-type]
        return wording.show(value) if value not in (None, "", []) else None

    def clean_title(self) -> str:
        title = " ".join(self.cleaned_data["title"].split())
        if not title:
            raise ValidationError(_("Give the bid a title."))
        return title

    def clean_linked_factory(self) -> str | None:
        return self.cleaned_data["linked_factory"] or None

    def clean(self) -> dict[str, Any]:
        """A rate above the call's maximum is refused here; in a file it is cut and found."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name, most in self._ceilings().items():
            asked: Decimal | None = cleaned.get(name)
            if asked is not None and asked > most:
                words = _("The call pays at most %(most)s.") % {"most": wording.percent(most)}
                self.add_error(name, words)
        self._check_lengths(cleaned)
        return cleaned

    def _check_lengths(self, cleaned: dict[str, Any]) -> None:
        for name, most in LONGEST.items():
            if len(str(cleaned.get(name) or "")) > most:
                self.add_error(name, _("This is too long: write at most %(most)s characters.") % {"most": most})

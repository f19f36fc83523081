"""What every step of the ministry is typed on: it gives the door its `Said`, and the papers that come with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django import forms

from accounts.models import User
from bids import wording
from bids.actions.transition import Papers
from bids.forms.desk import OnARound
from bids.models import Bid, DateChange, DeskDocument, Filing, Proposal
from bids.rulebook.call import Criterion
from bids.rulebook.facts import CommitmentFacts
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import DocumentKind
from bids.rulebook.workflow import Said

PLACES = gettext_noop("Brussels time")


@dataclass(frozen=True, slots=True)
class About:
    """What a form has to know of the bid: the round as it was read, and what others have proposed."""

    bid: Bid
    user: User
    digest: str = ""  # none while nothing was submitted
    commitments: tuple[CommitmentFacts, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    sealed: tuple[str, ...] = ()
    proposal: Proposal | None = None
    moved: DateChange | None = None
    filing: Filing | None = None


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class StepForm(OnARound):
    """A step that needs no words."""

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        options["initial"] = {"digest": about.digest, **options.get("initial", {}), **self.begins_with(about)}
        super().__init__(*args, **options)
        self.fields["digest"].required = bool(about.digest)
        self.about = about

    def begins_with(self, about: About) -> dict[str, Any]:
        """What stands in the boxes at first."""
        return {}

    def said(self) -> Said:
        """What the person says with the step."""
        return Said(note=self.cleaned_data.get("note", ""), digest_seen=self.cleaned_data["digest"])

    def papers(self) -> Papers:
        return Papers()

    def paper(self, kind: DocumentKind, title: str) -> DeskDocument:
        """The uploaded file, kept with the step and not without it."""
        stored = self.cleaned_data["file"]
        about = self.about
        return DeskDocument(bid=about.bid, kind=kind.value, title=title, file=stored, uploaded_by=about.user)


def in_brussels(day: date, at: time) -> datetime:
    """A day and a time as people at the desk mean them."""
    return datetime.combine(day, at, tzinfo=wording.BRUSSELS)

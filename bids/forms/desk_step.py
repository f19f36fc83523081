"""What is typed with a step of the ministry: each form gives the door its `Said`, and the papers that come with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from bids import wording
from bids.actions.transition import Papers
from bids.forms.desk import OnARound, Prose, words
from bids.forms.fields import DayField, NumberField
from bids.forms.paper import PaperField
from bids.models import Bid, DateChange, DeskDocument, Filing, Proposal
from bids.models.fields import is_storable
from bids.rulebook.call import Criterion
from bids.rulebook.facts import CommitmentFacts
from bids.rulebook.sections import BidSection
from bids.rulebook.text import gettext_noop
from bids.rulebook.vocabulary import BidState, DocumentKind
from bids.rulebook.workflow import Ground, Said
from bids.rulebook.workflow.states import UNION_OUTCOMES

ANOTHER_FILE = "another"
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


class NoteForm(StepForm):
    """A step that may be explained."""

    note = Prose(label=_("Remark"), required=False)


class ReasonedForm(StepForm):
    """A step that has to be explained."""

    note = Prose(label=_("Reason"))


class ChangesForm(StepForm):
    """Which sections open, until when, and what to change there."""

    sections = forms.MultipleChoiceField(
        label=_("Sections that open for changes"), choices=words(BidSection), widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("Changes are due on"))
    due_at = forms.TimeField(label=_("At (Brussels time)"), widget=TimeInput())
    note = Prose(label=_("What to change, and why"), rows=6)

    def begins_with(self, about: About) -> dict[str, Any]:
        return {"due_at": time(17)}

    def said(self) -> Said:
        given = self.cleaned_data
        due = in_brussels(given["due_on"], given["due_at"])
        return Said(note=given["note"], sections=tuple(given["sections"]), due=due, digest_seen=given["digest"])


class InadmissibleForm(StepForm):
    """One person proposes with a ground, an approver confirms the same ground."""

    ground = forms.ChoiceField(label=_("Ground"), choices=words(Ground), widget=forms.RadioSelect)
    note = Prose(label=_("Reason, as the consortium will read it"), rows=5)

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        if about.proposal is not None:
            self.fields["ground"].disabled = True  # what was proposed is confirmed, or not

    def begins_with(self, about: About) -> dict[str, Any]:
        return {"ground": about.proposal.ground} if about.proposal else {}

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(note=given["note"], ground=Ground(given["ground"]), digest_seen=given["digest"])


class DeadlineForm(StepForm):
    """Until when the desk stays open; confirmed by a second person as it was proposed."""

    closes_on = DayField(label=_("The desk stays open until"))
    closes_at = forms.TimeField(label=_("At (Brussels time)"), widget=TimeInput())
    incident = forms.CharField(
        label=_("Number of the recorded incident"), required=False, max_length=32, validators=[is_storable],
        help_text=_("Only where the former date has passed."),
    )  # fmt: skip
    note = Prose(label=_("Reason"))

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        for name in ("closes_on", "closes_at", "incident"):
            self.fields[name].disabled = about.moved is not None

    def begins_with(self, about: About) -> dict[str, Any]:
        if about.moved is None or about.moved.desk_closes is None:
            return {"closes_at": time(17)}
        closes = wording.in_brussels(about.moved.desk_closes)
        return {"closes_on": closes.date(), "closes_at": closes.time(), "incident": about.moved.incident}

    def said(self) -> Said:
        given = self.cleaned_data
        closing = in_brussels(given["closes_on"], given["closes_at"])
        return Said(note=given["note"], new_closing=closing, incident=given["incident"], digest_seen=given["digest"])


class SignatureForm(StepForm):
    """The signed letter of a commitment that is in the file."""

    commitment = forms.ChoiceField(label=_("Commitment"))
    file = PaperField(label=_("The signed letter, as PDF"))
    signed_on = DayField(label=_("Signed on"), required=False)
    valid_until = DayField(label=_("Valid until"), required=False)

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        field: Any = self.fields["commitment"]
        field.choices = [
            (each.key, f"{each.payer or each.key}, {wording.euro(each.amount)} ({wording.word(each.status)})")
            for each in about.commitments
        ]

    def said(self) -> Said:
        return Said(
            commitment=self.cleaned_data["commitment"], has_document=True, digest_seen=self.cleaned_data["digest"]
        )

    def papers(self) -> Papers:
        given = self.cleaned_data
        title = str(_("Signed letter: %(commitment)s") % {"commitment": given["commitment"]})
        return Papers(
            document=self.paper(DocumentKind.MEMBER_STATE_COMMITMENT, title),
            signed_on=given["signed_on"],
            valid_until=given["valid_until"],
        )


class FilingForm(StepForm):
    """What the Union's receipt says, and which file was handed in."""

    file = PaperField(label=_("Receipt of the Union, as PDF"))
    portal_reference = forms.CharField(label=_("Number in the portal"), max_length=100, validators=[is_storable])
    received_on = DayField(label=_("Received by the Union on"))
    received_at = forms.TimeField(label=_("At (Brussels time)"), widget=TimeInput())
    filed = forms.ChoiceField(label=_("The file that was handed in"), widget=forms.RadioSelect)
    difference = Prose(label=_("If it was another file: why it differs from the sealed dossier"), required=False)
    incident = Prose(label=_("If the cut-off had passed: what happened"), required=False)

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        field: Any = self.fields["filed"]
        sealed = [
            (digest, _("The dossier with SHA-256 %(digest)s…") % {"digest": digest[:16]}) for digest in about.sealed
        ]
        field.choices = [*sealed, (ANOTHER_FILE, _("Another file"))]

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(
            has_document=True,
            receipt_at=in_brussels(given["received_on"], given["received_at"]),
            filed_digest="" if given["filed"] == ANOTHER_FILE else given["filed"],
            difference=given["difference"],
            incident=given["incident"],
            digest_seen=given["digest"],
        )

    def papers(self) -> Papers:
        paper = self.paper(DocumentKind.EU_RECEIPT, wording.word(DocumentKind.EU_RECEIPT))
        return Papers(document=paper, portal_reference=self.cleaned_data["portal_reference"])


class LateFilingForm(StepForm):
    """An approver confirms a filing that was recorded after the cut-off, as it stands."""

    note = Prose(label=_("Remark"), required=False)

    def said(self) -> Said:
        filing = self.about.filing
        if filing is None:
            return super().said()
        return Said(
            note=self.cleaned_data["note"],
            has_document=True,
            receipt_at=filing.received_at,
            filed_digest=filing.dossier_sha256,
            difference=filing.difference,
            incident=filing.incident,
            digest_seen=self.cleaned_data["digest"],
        )


class DecisionForm(StepForm):
    """What the Union decided, with its letter and its scores."""

    outcome = forms.ChoiceField(
        label=_("What the Union decided"), choices=words(UNION_OUTCOMES), widget=forms.RadioSelect
    )
    decided_on = DayField(label=_("Decided on"))
    file = PaperField(label=_("Letter of the Union, as PDF"))
    note = Prose(label=_("Remark"), required=False)

    def __init__(self, *args: Any, about: About, **options: Any) -> None:
        super().__init__(*args, about=about, **options)
        for number, criterion in enumerate(about.criteria):
            label = _("Score of the Union: %(criterion)s") % {"criterion": criterion.title or criterion.id}
            self.fields[f"score-{number}"] = NumberField(label=label, required=False, decimals=2, most=Decimal(100))

    def said(self) -> Said:
        given = self.cleaned_data
        outcome = BidState(given["outcome"])
        return Said(note=given["note"], has_document=True, outcome=outcome, digest_seen=given["digest"])

    def papers(self) -> Papers:
        paper = self.paper(DocumentKind.EU_DECISION, wording.word(DocumentKind.EU_DECISION))
        return Papers(document=paper, decided_on=self.cleaned_data["decided_on"], scores=self._scores())

    def _scores(self) -> dict[str, str]:
        given = {
            criterion.id: self.cleaned_data.get(f"score-{number}")
            for number, criterion in enumerate(self.about.criteria)
        }
        return {key: format(score, "f") for key, score in given.items() if score is not None}


class AppealForm(StepForm):
    """Uphold or dismiss."""

    upholds = forms.ChoiceField(
        label=_("The appeal is"), choices=[("yes", _("upheld")), ("no", _("dismissed"))], widget=forms.RadioSelect
    )
    note = Prose(label=_("Reason"))

    def said(self) -> Said:
        given = self.cleaned_data
        return Said(note=given["note"], upholds=given["upholds"] == "yes", digest_seen=given["digest"])


FORMS: Mapping[str, type[StepForm]] = {
    "take_in": StepForm,
    "request_changes": ChangesForm,
    "recommend": NoteForm,
    "approve": NoteForm,
    "reject": ReasonedForm,
    "withdraw": ReasonedForm,
    "declare_inadmissible": InadmissibleForm,
    "move_deadline": DeadlineForm,
    "record_signature": SignatureForm,
    "file": FilingForm,
    "record_decision": DecisionForm,
    "decide_appeal": AppealForm,
}


def form_of(name: str, about: About) -> type[StepForm]:
    """The form of a step; a late filing is only confirmed."""
    return LateFilingForm if name == "file" and about.filing is not None else FORMS[name]


def in_brussels(day: date, at: time) -> datetime:
    """A day and a time as people at the desk mean them."""
    return datetime.combine(day, at, tzinfo=wording.BRUSSELS)

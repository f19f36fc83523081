"""The steps that bring a paper into the file: a signed letter, the Union's receipt, its decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.actions.transition import Papers
from bids.forms.desk import Prose, words
from bids.forms.desk_step_form import About, StepForm, TimeInput, in_brussels
from bids.forms.fields import DayField, NumberField
from bids.forms.paper import PaperField
from bids.models.fields import is_storable
from bids.rulebook.vocabulary import BidState, DocumentKind
from bids.rulebook.workflow import Said
from bids.rulebook.workflow.states import UNION_OUTCOMES

ANOTHER_FILE = "another"


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
            label = _("Score of the Union: %(criterion)s") % {"criterion": wording.titled(criterion)}
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

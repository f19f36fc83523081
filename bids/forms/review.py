"""A review as it is typed: for each criterion a score in halves and a comment, and a comment on the whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from bids import wording
from bids.actions.review import Judgement, Scored, Seen, unsaid
from bids.forms.desk import OnARound, Prose
from bids.models import Review
from bids.rulebook.call import CriteriaSet, Criterion

NOT_FULFILLED, FULFILLED = "0", "10"


class ReviewForm(OnARound):
    """Carries the version of the review that the person saw, too."""

    comment = Prose(label=_("Overall comment"), rows=5, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, criteria: CriteriaSet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.criteria = criteria
        for number, criterion in enumerate(criteria.criteria):
            self.fields[f"score-{number}"] = forms.TypedChoiceField(
                label=_("Score"), choices=_scores(criteria, criterion), coerce=int, empty_value=None, required=False
            )
            self.fields[f"comment-{number}"] = Prose(label=_("Comment"), rows=4, required=False)

    def rows(self) -> list[tuple[Criterion, BoundField, BoundField]]:
        """Criterion by criterion, with its two boxes."""
        return [
            (criterion, self[f"score-{number}"], self[f"comment-{number}"])
            for number, criterion in enumerate(self.criteria.criteria)
        ]

    @property
    def judgement(self) -> Judgement:
        given = self.cleaned_data
        scores = {
            criterion.id: Scored(given.get(f"score-{number}"), given.get(f"comment-{number}", ""))
            for number, criterion in enumerate(self.criteria.criteria)
        }
        return Judgement(given.get("comment", ""), scores)

    @property
    def seen(self) -> Seen:
        return Seen(self.cleaned_data["digest"], self.cleaned_data["version"])

    def is_complete(self) -> bool:
        """Whether the review can be sent; says at each criterion what is missing."""
        for number, criterion in enumerate(self.criteria.criteria):
            alone = CriteriaSet(id="", criteria=(criterion,))
            for lack in unsaid(self.judgement, alone):
                box = "score" if self.cleaned_data.get(f"score-{number}") is None else "comment"
                self.add_error(f"{box}-{number}", ValidationError(wording.say(lack)))
        return not self.errors


def initial_of(review: Review | None, criteria: CriteriaSet, digest: str) -> dict[str, Any]:
    """What the boxes show: the draft as it was saved, or nothing."""
    shown: dict[str, Any] = {"digest": digest, "version": review.version if review else 0}
    if review is None:
        return shown
    scores = {score.criterion: score for score in review.scores.all()}
    for number, criterion in enumerate(criteria.criteria):
        if (score := scores.get(criterion.id)) is not None:
            shown[f"score-{number}"], shown[f"comment-{number}"] = score.halves, score.comment
    return shown | {"comment": review.comment}


def _scores(criteria: CriteriaSet, criterion: Criterion) -> list[tuple[str, Any]]:
    """`3.5`, with the words that the call gives to whole scores; or fulfilled and not."""
    if criterion.pass_fail:
        return [("", "–"), (FULFILLED, _("fulfilled")), (NOT_FULFILLED, _("not fulfilled"))]
    halves = range(int(criteria.scale_min * 2), int(criteria.scale_max * 2) + 1, max(1, int(criteria.scale_step * 2)))
    return [("", "–"), *((str(number), _labelled(criteria, number)) for number in halves)]


def _labelled(criteria: CriteriaSet, halves: int) -> str:
    words = criteria.scale_labels[halves // 2] if not halves % 2 and halves // 2 < len(criteria.scale_labels) else ""
    points = f"{halves // 2}.5" if halves % 2 else str(halves // 2)
    return f"{points} – {words}" if words else points

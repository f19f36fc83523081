"""Reviews of a round: one's own to write, and the others' once it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.declare import declare
from bids import wording
from bids.actions import review as acts
from bids.actions.at_the_desk import NotNow
from bids.actions.changing import Stale
from bids.admin.bid_file import BidFile, open_judgement, open_newest, page
from bids.admin.side_by_side import sides_of
from bids.forms.review import ReviewForm, initial_of
from bids.models import Review
from bids.rulebook.call import CriteriaSet, Criterion
from bids.rulebook.permits import Act
from bids.rulebook.scoring import Outcome, outcome
from bids.rulebook.vocabulary import ReviewState

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Read:
    """A sent review with what its scores add up to."""

    review: Review
    scores: dict[str, Decimal]
    words: list[tuple[Criterion, Decimal | None, str]]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion, what each reviewer gave it, and how far they are apart."""

    criterion: Criterion
    scores: list[Decimal | None]

    @property
    def spread(self) -> Decimal | None:
        given = [score for score in self.scores if score is not None]
        return max(given) - min(given) if len(given) > 1 else None

    @property
    def mean(self) -> Decimal | None:
        given = [score for score in self.scores if score is not None]
        return (sum(given, Decimal(0)) / len(given)).quantize(Decimal("0.01")) if given else None


@declare(Act.READ_REVIEWS)
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """The reviews of the round that are sent, side by side; who reviews reads them after sending the own one."""
    file = open_judgement(request, reference, "reviews")
    criteria = file.call.criteria_for(file.facts.track)
    return page(request, file, "admin/bid/reviews.html", criteria=criteria, **_read(file, criteria))


@declare(Act.WRITE_REVIEW)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Score and explain; keep as a draft, or send."""
    file = open_newest(request, reference, "review", to=Act.WRITE_REVIEW)
    own, criteria = _own(file), file.call.criteria_for(file.facts.track)
    if request.method == "GET" and own is not None and own.state is ReviewState.SENT:
        return redirect(file.url("bid-reviews"))
    initial = initial_of(own, criteria, file.frozen.sha256)
    form = ReviewForm(request.POST or None, criteria=criteria, initial=initial)
    if request.method == "POST" and form.is_valid():
        return _saved(request, file, form)
    return _form(request, file, form)


def _saved(request: HttpRequest, file: BidFile, form: ReviewForm) -> HttpResponse:
    """Keep or send what was typed; it stays in the boxes where that can't be done."""
    is_sent = "send" in request.POST
    if is_sent and not form.is_complete():
        return _form(request, file, form)
    try:
        act = acts.send_review if is_sent else acts.save_review
        act(file.bid, form.judgement, seen=form.seen, by=file.user)
    except Stale as stale:
        return _conflict(request, file, form, stale.theirs)
    except NotNow as refused:
        return _moved_on(request, file.again(), form, refused)
    messages.success(request, _("Your review is sent.") if is_sent else _("Your draft is saved."))
    return redirect(file.url("bid-reviews" if is_sent else "bid-review"))


def _form(request: HttpRequest, file: BidFile, form: ReviewForm, **more: Any) -> HttpResponse:
    scale = [f"{points}: {wording.word(words)}" for points, words in enumerate(form.criteria.scale_labels)]
    return page(request, file, "admin/bid/review.html", form=form, criteria=form.criteria, scale=scale, **more)


def _moved_on(request: HttpRequest, file: BidFile, form: ReviewForm, refused: NotNow) -> HttpResponse:
    """A newer round came in: what was typed stands beside it, on the draft that was carried over."""
    own = _own(file)
    form.on(file.digest, version=str(own.version if own else 0))
    return _form(request, file, form, status=409, errors=[{"sentence": refused.reason}])


def _conflict(request: HttpRequest, file: BidFile, form: ReviewForm, theirs: Review | None) -> HttpResponse:
    fresh = ReviewForm(criteria=form.criteria, initial=initial_of(theirs, form.criteria, file.frozen.sha256))
    labels = {
        box.html_name: f"{wording.titled(criterion)}: {box.label}" for criterion, *boxes in form.rows() for box in boxes
    }
    sides = sides_of(request, form, fresh, labels, cancel=file.url("bid-review"), who=_("You, in another window"))
    return page(request, file, "admin/bid/conflict.html", status=409, conflict=sides)


def _own(file: BidFile) -> Review | None:
    rows = Review.objects.filter(snapshot=file.frozen, reviewer=file.user, voided_at=None)
    return rows.prefetch_related("scores").first()


def _read(file: BidFile, criteria: CriteriaSet) -> dict[str, Any]:
    rows = Review.objects.filter(snapshot=file.frozen, voided_at=None).select_related("reviewer")
    found = list(rows.prefetch_related("scores"))
    sent = [_judged(review, criteria) for review in found if review.state is ReviewState.SENT]
    return {
        "sent": sent,
        "waiting": [review.reviewer for review in found if review.state is not ReviewState.SENT],
        "rows": [Row(each, [one.scores.get(each.id) for one in sent]) for each in criteria.criteria],
        "spread_of_totals": _spread(one.outcome.total for one in sent),
    }


def _judged(review: Review, criteria: CriteriaSet) -> Read:
    given = {score.criterion: score for score in review.scores.all()}
    scores = {key: score.halves * HALF for key, score in given.items() if score.halves is not None}
    words = [
        (each, scores.get(each.id), given[each.id].comment if each.id in given else "") for each in criteria.criteria
    ]
    return Read(review, scores, words, outcome(criteria, scores))


def _spread(totals: Iterable[Decimal]) -> Decimal | None:
    known = list(totals)
    return max(known) - min(known) if len(known) > 1 else None

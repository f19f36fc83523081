"""Questions about what the desk holds: reviews and opinions."""

from __future__ import annotations

from collections.abc import Iterator

from bids.rulebook.readiness.asking import Case, Remark, not_known
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import OpinionKind

REVIEWS_NEEDED = 2

_REVIEWS = gettext_noop("The reviews")
_OPINIONS = gettext_noop("The opinion of the Inspector of Finance")


def two_people_from_outside_reviewed(case: Case) -> Iterator[Remark]:
    """C16: two people who edited nothing have each sent a review of the newest round, every criterion scored."""
    reviews = case.situation.reviews
    if reviews is None:
        yield not_known(_REVIEWS)
        return
    sent = {
        review.reviewer_id
        for review in reviews
        if review.is_sent
        and review.round == case.situation.round
        and review.scores_every_criterion
        and not review.reviewer_edited_the_bid
    }
    if len(sent) < REVIEWS_NEEDED:
        yield Remark(sentence(_TOO_FEW, count=len(sent), needed=REVIEWS_NEEDED), "bid")


def inspector_gave_an_opinion(case: Case) -> Iterator[Remark]:
    """C17: the opinion of the Inspector of Finance is given, on what still stands in the bid."""
    if OpinionKind.FINANCE not in case.call.required_opinions:
        return
    opinions = case.situation.opinions
    if opinions is None:
        yield not_known(_OPINIONS)
        return
    given = [opinion for opinion in opinions if opinion.kind == OpinionKind.FINANCE]
    if not given:
        yield Remark(sentence(_NOT_GIVEN), "bid")
    elif all(opinion.has_lapsed for opinion in given):
        yield Remark(sentence(_LAPSED), "bid")


_TOO_FEW = gettext_noop(
    "%(count)s of %(needed)s complete reviews of the newest round were sent by people who did not edit the bid."
)
_NOT_GIVEN = gettext_noop("The Inspector of Finance has not given an opinion.")
_LAPSED = gettext_noop("The opinion of the Inspector of Finance has lapsed, because what it read has changed.")

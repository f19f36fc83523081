"""Opinions on a round: given by the people of the ministry, or recorded with the paper they came on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from accounts import clock
from bids import mail
from bids.actions.at_the_desk import NotNow, at_the_desk, newest_of
from bids.actions.ministry_side import newest_round, scope_digest
from bids.actions.records import record
from bids.models import Bid, DeskDocument, Opinion, OpinionDecision
from bids.rulebook.permits import Act
from bids.rulebook.text import gettext_noop, sentence
from bids.rulebook.vocabulary import OpinionKind, OpinionVerdict

if TYPE_CHECKING:
    from accounts.models import User

GIVEN_HERE = (OpinionKind.LEGAL, OpinionKind.FINANCE)  # the others come on paper from outside
FROM_OUTSIDE = tuple(kind for kind in OpinionKind if kind not in GIVEN_HERE)


def give_opinion(
    bid: Bid, kind: OpinionKind, verdict: OpinionVerdict, text: str, *, digest_seen: str, by: User
) -> Opinion:
    """Give the legal or financial opinion on the round one has read; it replaces the one before."""
    with at_the_desk(bid, Act.WRITE_OPINION, by=by, opinion=kind.value) as locked:
        _is_the_newest(locked, digest_seen)
        opinion = _replace(locked, Opinion(kind=kind, verdict=verdict, text=text, by=by))
        record(locked, "opinion_given", by=by, about=kind.value, after={"verdict": verdict.value})
        if verdict.needs_decision:
            mail.to_the_desk("opinion_to_answer", locked, key=f"opinion/{opinion.pk}", verdict=verdict.value)
    return opinion


def record_outside_opinion(
    bid: Bid,
    kind: OpinionKind,
    verdict: OpinionVerdict,
    text: str,
    paper: DeskDocument,
    *,
    given_at: datetime | None = None,
    digest_seen: str,
    by: User,
) -> Opinion:
    """Record an opinion of somebody outside (budget, regions, concertation), with its document."""
    with at_the_desk(bid, Act.RECORD_OUTSIDE_OPINION, by=by) as locked:
        if kind in GIVEN_HERE:
            raise NotNow(sentence(gettext_noop("The legal and the financial opinion are given by their own people.")))
        _is_the_newest(locked, digest_seen)
        _keep(locked, paper)
        given = Opinion(kind=kind, verdict=verdict, text=text, by=by, document=paper, given_at=given_at or clock.now())
        opinion = _replace(locked, given)
        after = {"verdict": verdict.value, "sha256": paper.file_id}
        record(locked, "outside_opinion_recorded", by=by, about=kind.value, after=after)
    return opinion


def answer_opinion(opinion: Opinion, text: str, paper: DeskDocument, *, by: User) -> OpinionDecision:
    """Record the decision by which the file goes on despite a reserved or unfavourable opinion."""
    with at_the_desk(opinion.bid, Act.RECORD_OUTSIDE_OPINION, by=by) as locked:
        held = Opinion.objects.filter(pk=opinion.pk, replaced_at=None).first()
        if held is None:
            raise NotNow(sentence(gettext_noop("This opinion was replaced by a newer one.")))
        if not held.verdict.needs_decision or OpinionDecision.objects.filter(opinion=held).exists():
            raise NotNow(sentence(gettext_noop("There is nothing left to decide about this opinion.")))
        _keep(locked, paper)
        decision = OpinionDecision.objects.create(opinion=held, text=text, document=paper, by=by)
        record(locked, "opinion_answered", by=by, about=str(held.kind), after={"sha256": paper.file_id})
    return decision


def _is_the_newest(bid: Bid, digest_seen: str) -> None:
    if newest_of(bid).sha256 != digest_seen:
        raise NotNow(sentence(gettext_noop("A newer round was submitted since you opened this page. Read it first.")))


def _replace(bid: Bid, opinion: Opinion) -> Opinion:
    """Let this opinion hold from now on, bound to the digest of what it read."""
    Opinion.objects.filter(bid=bid, kind=opinion.kind, replaced_at=None).update(replaced_at=clock.now())
    opinion.bid, opinion.snapshot = bid, newest_of(bid)
    opinion.scope_digest = scope_digest(newest_round(bid), opinion.kind)
    opinion.save(force_insert=True)
    return opinion


def _keep(bid: Bid, paper: DeskDocument) -> None:
    """The paper enters the file together with what it proves."""
    if paper.pk is None:
        paper.bid = bid
        paper.save()

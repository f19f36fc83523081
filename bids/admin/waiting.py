"""What waits for a person at the desk, oldest first: a fixed number of questions, however many bids there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import clock
from bids import snapshot, wording
from bids.actions.desk import DECIDED
from bids.actions.ministry_side import scope_digest
from bids.models import (
    Appeal,
    Approval,
    Assignment,
    Bid,
    BidEvent,
    CallRole,
    ChangeRequest,
    DateChange,
    InterestDeclaration,
    Opinion,
    Proposal,
    Recommendation,
    Review,
    Snapshot,
)
from bids.rulebook.vocabulary import BidState, Interest, OpinionKind, ReviewState, Role

if TYPE_CHECKING:
    from accounts.models import User

GIVERS = {Role.LEGAL_REVIEWER: OpinionKind.LEGAL, Role.FINANCE_INSPECTOR: OpinionKind.FINANCE}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, on which bid, since when it waits, and where it is done."""

    bid: Bid
    what: str
    since: datetime
    url: str
    is_urgent: bool = False


class Waiting:
    """Everything the tasks are read from, each table once."""

    def __init__(self, user: User) -> None:
        self.user = user

    @cached_property
    def roles(self) -> dict[Role, set[int | None]]:
        """The calls in which each role is held; None stands for all of them."""
        held: dict[Role, set[int | None]] = {}
        for role, call in CallRole.objects.filter(user=self.user).values_list("role", "call"):
            held.setdefault(Role(role), set()).add(call)
        return held

    @cached_property
    def bids(self) -> dict[int, Bid]:
        visible = Bid.objects.visible_to(self.user).exclude(state__in=(BidState.DRAFT, BidState.LOCKED))
        return {bid.pk: bid for bid in visible.with_call()}

    @cached_property
    def rounds(self) -> dict[int, Snapshot]:
        """The newest round of each bid, without its text."""
        rows = Snapshot.objects.filter(bid__in=self.bids).defer("text").order_by("round")
        return {row.bid_id: row for row in rows}

    @cached_property
    def assigned(self) -> dict[int, Assignment]:
        rows = Assignment.objects.filter(user=self.user, ended_at=None, bid__in=self.bids)
        return {row.bid_id: row for row in rows}

    @cached_property
    def declared(self) -> set[int]:
        """The bids this person has declared to have no conflict with."""
        rows = InterestDeclaration.objects.filter(user=self.user, replaced_at=None, interest=Interest.NONE)
        return set(rows.values_list("bid", flat=True))

    @cached_property
    def reviews(self) -> dict[int, list[Review]]:
        """The reviews of the newest round that hold, by bid."""
        newest = {row.pk for row in self.rounds.values()}
        found: dict[int, list[Review]] = {}
        for review in Review.objects.filter(snapshot__in=newest, voided_at=None):
            found.setdefault(review.bid_id, []).append(review)
        return found

    @cached_property
    def reviewers(self) -> dict[int, set[int]]:
        rows = Assignment.objects.filter(role=Role.REVIEWER, ended_at=None, bid__in=self.bids)
        found: dict[int, set[int]] = {}
        for bid, user in rows.values_list("bid", "user"):
            found.setdefault(bid, set()).add(user)
        return found

    @cached_property
    def opinions(self) -> dict[int, dict[OpinionKind, Opinion]]:
        """What holds in the bids under review, by kind."""
        rows = Opinion.objects.filter(bid__in=self._in(BidState.IN_REVIEW), replaced_at=None)
        found: dict[int, dict[OpinionKind, Opinion]] = {}
        for opinion in rows.select_related("decision"):
            found.setdefault(opinion.bid_id, {})[OpinionKind(opinion.kind)] = opinion
        return found

    @cached_property
    def texts(self) -> dict[int, str]:
        """The newest rounds that were submitted after an opinion on the one before: only these can make it lapse."""
        newest = {bid: row.pk for bid, row in self.rounds.items()}
        older = {
            newest[bid]
            for bid, held in self.opinions.items()
            for one in held.values()
            if one.snapshot_id != newest[bid]
        }
        return dict(Snapshot.objects.filter(pk__in=older).values_list("bid", "text"))

    def has_fresh(self, bid: int, kind: OpinionKind) -> bool:
        """Whether this opinion is given and has not lapsed."""
        held = self.opinions.get(bid, {}).get(kind)
        if held is None:
            return False
        text = self.texts.get(bid)
        return text is None or held.scope_digest == scope_digest(snapshot.read(text), kind)

    def holds(self, role: Role, bid: Bid) -> bool:
        """Whether the role is held for the call of a bid."""
        calls = self.roles.get(role, set())
        return None in calls or bid.call_version.call_id in calls

    def with_role(self, role: Role, *states: BidState) -> list[Bid]:
        return [bid for bid in self.bids.values() if bid.state in states and self.holds(role, bid)]

    def _in(self, *states: BidState) -> list[int]:
        return [pk for pk, bid in self.bids.items() if bid.state in states]


def tasks_of(user: User) -> list[Task]:
    """Everything that waits for this person, the oldest first."""
    waiting = Waiting(user)
    found = [task for ask in _ASKED for task in ask(waiting)]
    return sorted(found, key=lambda task: (not task.is_urgent, task.since, task.bid.reference))


def _task(waiting: Waiting, bid: Bid, what: str, page: str = "bid", *more: object, **known: Any) -> Task:
    frozen = waiting.rounds.get(bid.pk)
    since = known.pop("since", None) or (frozen.received_at if frozen else bid.created_at)
    return Task(bid, what, since, reverse(f"desk:{page}", args=[bid.reference, *more]), **known)


def _to_declare(waiting: Waiting) -> Iterator[Task]:
    deciding = waiting.with_role(Role.APPROVER, BidState.RECOMMENDED)
    mine = [waiting.bids[pk] for pk in waiting.assigned] + deciding
    for bid in {bid.pk: bid for bid in mine}.values():
        if bid.pk not in waiting.declared:
            row = waiting.assigned.get(bid.pk)
            what = _("Declare whether you have a conflict of interest")
            yield _task(waiting, bid, what, "bid-interest", since=row.at if row else None)


def _to_review(waiting: Waiting) -> Iterator[Task]:
    for bid in _mine(waiting, Role.REVIEWER):
        own = next((one for one in waiting.reviews.get(bid.pk, ()) if one.reviewer_id == waiting.user.pk), None)
        if own is None or own.state is not ReviewState.SENT:
            what = _("Write your review") if own is None else _("Finish and send your review")
            yield _task(waiting, bid, what, "bid-review")


def _to_advise(waiting: Waiting) -> Iterator[Task]:
    for role, kind in GIVERS.items():
        for bid in _mine(waiting, role):
            if not waiting.has_fresh(bid.pk, kind):
                lapsed = kind in waiting.opinions.get(bid.pk, {})
                what = _("Give your opinion again: what it read has changed") if lapsed else _("Give your opinion")
                yield _task(waiting, bid, what, "bid-opinion", kind.value)


def _mine(waiting: Waiting, role: Role) -> Iterator[Bid]:
    """The bids under review that this person works on in this role, cleared of a conflict."""
    for pk, row in waiting.assigned.items():
        if row.role is role and pk in waiting.declared and waiting.bids[pk].state is BidState.IN_REVIEW:
            yield waiting.bids[pk]


def _to_take_in(waiting: Waiting) -> Iterator[Task]:
    for bid in waiting.with_role(Role.CASE_MANAGER, BidState.SUBMITTED):
        if waiting.reviewers.get(bid.pk):
            yield _task(waiting, bid, _("Take in"))
        else:
            yield _task(waiting, bid, _("Assign reviewers, then take in"), "bid-people")


def _to_recommend(waiting: Waiting) -> Iterator[Task]:
    for bid in waiting.with_role(Role.CASE_MANAGER, BidState.IN_REVIEW):
        held = waiting.opinions.get(bid.pk, {})
        unanswered = [one for one in held.values() if one.verdict.needs_decision and not hasattr(one, "decision")]
        for one in unanswered:
            what = _("Record the decision that answers: %(opinion)s") % {"opinion": wording.word(one.kind)}
            yield _task(waiting, bid, what, "bid-opinions", since=one.given_at)
        if not unanswered and _is_ready(waiting, bid):
            yield _task(waiting, bid, _("Recommend: reviews and opinions are complete"))


def _is_ready(waiting: Waiting, bid: Bid) -> bool:
    sent = {one.reviewer_id for one in waiting.reviews.get(bid.pk, ()) if one.state is ReviewState.SENT}
    expected = waiting.reviewers.get(bid.pk, set())
    required = snapshot.call_of(bid).required_opinions
    return (
        bool(expected) and expected <= sent and all(waiting.has_fresh(bid.pk, OpinionKind(kind)) for kind in required)
    )


def _to_decide(waiting: Waiting) -> Iterator[Task]:
    deciding = {bid.pk: bid for bid in waiting.with_role(Role.APPROVER, BidState.RECOMMENDED)}
    attempts = _newest(Recommendation.objects.filter(bid__in=deciding).order_by("pk"))
    voted = set(Approval.objects.filter(bid__in=deciding, user=waiting.user).values_list("snapshot", "attempt"))
    for pk, bid in deciding.items():
        asked = attempts.get(pk)
        if pk in waiting.declared and asked and (asked.snapshot_id, asked.attempt) not in voted:
            yield _task(waiting, bid, _("Approve or reject"), since=asked.at)


def _to_confirm(waiting: Waiting) -> Iterator[Task]:
    """What a colleague proposed."""
    proposals = Proposal.objects.filter(bid__in=waiting.bids, closed_at=None).exclude(by=waiting.user)
    moves = DateChange.objects.filter(bid__in=waiting.bids, confirmed_at=None).exclude(proposed_by=waiting.user)
    words = {"file": _("Confirm the late filing"), "declare_inadmissible": _("Confirm that the bid is inadmissible")}
    for row in proposals:
        bid = waiting.bids[row.bid_id]
        if waiting.holds(Role.APPROVER, bid):
            yield _task(waiting, bid, words[row.move], f"bid-step-{row.move}", since=row.at)
    for move in moves:
        bid = waiting.bids[move.bid_id or 0]
        if waiting.holds(Role.APPROVER, bid) and bid.state is BidState.CHANGES_REQUESTED:
            yield _task(
                waiting, bid, _("Confirm the new closing date"), "bid-step-move_deadline", since=move.proposed_at
            )


def _to_file(waiting: Waiting) -> Iterator[Task]:
    late = set(Proposal.objects.filter(bid__in=waiting.bids, move="file", closed_at=None).values_list("bid", flat=True))
    for bid in waiting.with_role(Role.CASE_MANAGER, BidState.APPROVED):
        if bid.pk not in late:
            yield _task(waiting, bid, _("File with the Union and record it"), "bid-step-file")
    for bid in waiting.with_role(Role.CASE_MANAGER, BidState.FILED):
        yield _task(waiting, bid, _("Record the decision of the Union, once it is there"), "bid-step-record_decision")


def _overdue(waiting: Waiting) -> Iterator[Task]:
    asked = ChangeRequest.objects.filter(bid__in=waiting.bids, closed_at=None, due_at__lt=clock.now())
    for row in asked:
        bid = waiting.bids[row.bid_id]
        if waiting.holds(Role.CASE_MANAGER, bid):
            yield _task(waiting, bid, _("Changes are overdue"), since=row.due_at, is_urgent=True)


def _to_publish(waiting: Waiting) -> Iterator[Task]:
    held = [bid.pk for bid in waiting.bids.values() if waiting.holds(Role.CASE_MANAGER, bid)]
    names = (*DECIDED, "decision_published")
    events = _newest(BidEvent.objects.filter(bid__in=held, name__in=names).order_by("sequence"))
    for pk, event in events.items():
        if event.name != "decision_published":
            yield _task(waiting, waiting.bids[pk], _("Publish the decision"), "bid-publish", since=event.at)


def _appeals(waiting: Waiting) -> Iterator[Task]:
    pending = Appeal.objects.filter(bid__in=waiting.bids, decided_at=None).prefetch_related("votes")
    involved = set(Approval.objects.filter(user=waiting.user, bid__in=waiting.bids).values_list("bid", flat=True))
    for appeal in pending:
        bid = waiting.bids[appeal.bid_id]
        voted = any((vote.user_id, vote.attempt) == (waiting.user.pk, appeal.attempt) for vote in appeal.votes.all())
        if waiting.holds(Role.APPROVER, bid) and appeal.bid_id not in involved and not voted:
            yield _task(waiting, bid, _("Decide the appeal"), "bid-step-decide_appeal", since=appeal.at)


def _newest(rows: Iterable[Any]) -> Mapping[int, Any]:
    """The last row of each bid."""
    return {row.bid_id: row for row in rows}


_ASKED: tuple[Callable[[Waiting], Iterator[Task]], ...] = (
    _overdue, _to_declare, _to_review, _to_advise, _to_take_in, _to_recommend, _to_decide, _to_confirm, _to_file,
    _to_publish, _appeals,
)  # fmt: skip

"""What the ministry does around a bid: who works on it, who stays out of it, which papers belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts import clock
from bids import mail
from bids.actions.at_the_desk import NotNow, at_the_desk
from bids.actions.ministry_side import people_of_the_partners
from bids.actions.records import record
from bids.models import (
    Assignment,
    Bid,
    BidEvent,
    CallRole,
    DeskDocument,
    InterestDeclaration,
    Opinion,
    Review,
    StoredFile,
    UnionDecision,
)
from bids.rulebook.permits import Act
from bids.rulebook.text import Sentence, gettext_noop, sentence
from bids.rulebook.vocabulary import Interest, Role

if TYPE_CHECKING:
    from accounts.models import User

DECIDED = ("approved", "rejected", "appeal_dismissed", "decision_recorded")  # events that leave something to publish
PUBLISHED = "decision_published"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who holds a role in the call; `obstacle` says why this bid is not for them."""

    user: User
    obstacle: Sentence | None


def candidates(bid: Bid, role: Role) -> list[Candidate]:
    """Everybody who could be given this work on the bid, and those who can't with the reason."""
    held = CallRole.objects.filter(Q(call=None) | Q(call=bid.call_version.call_id), role=role, user__is_active=True)
    people = {row.user_id: row.user for row in held.select_related("user").order_by("user__name", "user__email")}
    obstacles = _obstacles(bid)
    return [Candidate(user, obstacles.get(pk)) for pk, user in people.items()]


def assign(bid: Bid, user: User, role: Role, *, by: User) -> Assignment:
    """Give a person work on the bid; who has a conflict of interest or works on it already is refused."""
    with at_the_desk(bid, Act.TAKE_IN_BID, by=by) as locked:
        found = next((one for one in candidates(locked, role) if one.user.pk == user.pk), None)
        if found is None:
            raise NotNow(sentence(_NOT_IN_THE_CALL, name=user.get_full_name(), role=Sentence(role.label)))
        if found.obstacle is not None:
            raise NotNow(found.obstacle)
        assignment = Assignment.objects.create(bid=locked, user=user, role=role, by=by)
        record(locked, "assigned", by=by, about=f"user/{user.pk}", after={"role": role.value})
        mail.write("interest_asked", user, locked, key=f"interest-asked/{assignment.pk}", role=role.value)
    return assignment


def end_assignment(assignment: Assignment, *, reason: str, by: User) -> None:
    """Take the work from a person again; what they sent stays on record."""
    with at_the_desk(assignment.bid, Act.TAKE_IN_BID, by=by) as locked:
        running = Assignment.objects.filter(pk=assignment.pk, ended_at=None)
        if not running.update(ended_at=clock.now(), reason=reason):
            raise NotNow(sentence(gettext_noop("This assignment has ended already.")))
        after = {"role": str(assignment.role)}
        record(locked, "assignment_ended", by=by, about=f"user/{assignment.user_id}", after=after, note=reason)


def declare_interest(bid: Bid, interest: Interest, *, reason: str = "", by: User) -> InterestDeclaration:
    """Say whether one has a conflict of interest. A conflict ends one's work on the bid and voids what one said."""
    with at_the_desk(bid, Act.DECLARE_INTEREST, by=by) as locked:
        InterestDeclaration.objects.filter(bid=locked, user=by, replaced_at=None).update(replaced_at=clock.now())
        declared = InterestDeclaration.objects.create(bid=locked, user=by, interest=interest, reason=reason)
        record(locked, "interest_declared", by=by, after={"interest": interest.value}, note=reason)
        if interest is Interest.CONFLICT:
            _step_aside(locked, by, reason)
            mail.to_the_desk("conflict_declared", locked, key=f"conflict/{declared.pk}", who=by.get_full_name())
    return declared


def keep_paper(bid: Bid, kind: str, title: str, file: StoredFile, *, by: User) -> DeskDocument:
    """Put a paper into the ministry's file of the bid."""
    with at_the_desk(bid, Act.MINISTRY_COMMENT, by=by) as locked:
        paper = DeskDocument.objects.create(bid=locked, kind=kind, title=title, file=file, uploaded_by=by)
        after = {"kind": kind, "title": title, "sha256": file.sha256}
        record(locked, "paper_kept", by=by, about=f"paper/{paper.pk}", after=after)
    return paper


def publish_decision(bid: Bid, *, by: User) -> None:
    """Lift the embargo: the consortium may read what was decided, and is told."""
    with at_the_desk(bid, Act.PUBLISH_DECISION, by=by) as locked:
        if not to_publish(locked):
            raise NotNow(sentence(gettext_noop("Everything that was decided has been published already.")))
        UnionDecision.objects.filter(bid=locked, published_at=None).update(published_at=clock.now())
        event = record(locked, PUBLISHED, by=by, after={"state": str(locked.state)})
        mail.to_the_coordinator("decision_published", locked, key=f"published/{locked.pk}/{event.sequence}")


def to_publish(bid: Bid) -> bool:
    """Whether something was decided since the consortium was last told."""
    return _newest_word(bid) not in (None, PUBLISHED)


def is_published(bid: Bid) -> bool:
    """Whether the consortium may read everything that was decided."""
    return _newest_word(bid) == PUBLISHED


def _newest_word(bid: Bid) -> str | None:
    """The last thing that was decided or published."""
    names = BidEvent.objects.filter(bid=bid, name__in=(*DECIDED, PUBLISHED))
    return names.order_by("-sequence").values_list("name", flat=True).first()


def _obstacles(bid: Bid) -> dict[int, Sentence]:
    """Why some people can't work on this bid, by person; the gravest reason of several."""
    assigned = Assignment.objects.filter(bid=bid, ended_at=None).values_list("user_id", "role")
    conflicts = InterestDeclaration.objects.filter(bid=bid, replaced_at=None, interest=Interest.CONFLICT)
    return {
        **{user: sentence(_ASSIGNED, role=Sentence(Role(role).label)) for user, role in assigned},
        **dict.fromkeys(conflicts.values_list("user_id", flat=True), sentence(_DECLARED)),
        **dict.fromkeys(people_of_the_partners(bid), sentence(_COMPUTED)),
    }


def _step_aside(bid: Bid, user: User, reason: str) -> None:
    """End a person's work on a bid, and let nothing count that they said about it."""
    now = clock.now()
    for assignment in Assignment.objects.filter(bid=bid, user=user, ended_at=None):
        Assignment.objects.filter(pk=assignment.pk).update(ended_at=now, reason=reason)
        after = {"role": str(assignment.role)}
        record(bid, "assignment_ended", by=user, about=f"user/{user.pk}", after=after, note=reason)
    for name, about in _voided(bid, user):
        record(bid, name, by=user, about=about, note=reason)


def _voided(bid: Bid, user: User) -> Iterator[tuple[str, str]]:
    """What no longer counts, as events tell it."""
    for review in Review.objects.filter(bid=bid, reviewer=user, voided_at=None):
        Review.objects.filter(pk=review.pk).update(voided_at=clock.now())
        yield "review_voided", f"review/{review.pk}"
    given = Opinion.objects.filter(bid=bid, by=user, replaced_at=None, document=None)
    for opinion in given:
        Opinion.objects.filter(pk=opinion.pk).update(replaced_at=clock.now())
        yield "opinion_voided", str(opinion.kind)


_NOT_IN_THE_CALL = gettext_noop("%(name)s does not hold the role “%(role)s” in this call.")
_ASSIGNED = gettext_noop("Works on this bid already, as: %(role)s.")
_DECLARED = gettext_noop("Has declared a conflict of interest with this bid.")
_COMPUTED = gettext_noop("Belongs to a partner of this bid, or has worked in it.")

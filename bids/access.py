"""Who a person is to a bid, and the one way to get hold of one: `bid_for`, asked with the act it is for.

Nothing here is remembered between requests: a role taken away is gone with the next question.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery, Value

from accounts import clock
from bids.models import (
    Assignment,
    Bid,
    BidEvent,
    BidQuerySet,
    BidRole,
    Call,
    CallRole,
    ChangeRequest,
    DateChange,
    InterestDeclaration,
    Partner,
)
from bids.models.bid import ASSIGNED_ROLES, IMPARTIAL_ROLES
from bids.rulebook.permits import About, Act, Decision, Standing, decide, visible
from bids.rulebook.vocabulary import BidState, DateChangeKind, Interest, PartnerRole, Role, Side

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

    Person = User | AnonymousUser

log = logging.getLogger(__name__)


class NotVisible(Exception):
    """For this person there is no such bid: pages answer 404."""


class Refused(PermissionDenied):
    """The bid is there, but not for this act now: pages answer 403 with the reason, wherever it is raised."""

    def __init__(self, decision: Decision) -> None:
        self.decision = decision
        self.reason = decision.reason
        super().__init__(str(decision.reason or decision.code))


def standing(user: Person, bid: Bid | None = None) -> Standing:
    """What a person is to a bid (or, without one, in general), read from the tables now."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    if bid is None:
        return Standing(
            user_id=user.pk,
            roles=frozenset(user.call_roles.values_list("role", flat=True)),
            is_member=user.memberships.exists(),
            is_superuser=user.is_superuser,
        )
    own, ministry, assigned = _held(user, bid)
    return _of_the_consortium(user, bid, own) if own else _of_the_ministry(user, bid, ministry, assigned)


def standing_in(user: Person, call: Call) -> Standing:
    """What a person is to a call: only the roles held in this call, or in all of them."""
    if not user.is_authenticated or not user.is_active:
        return Standing()
    held = user.call_roles.filter(Q(call=None) | Q(call=call)).values_list("role", flat=True)
    return Standing(user_id=user.pk, roles=frozenset(held), is_superuser=user.is_superuser)


def roles(user: User, bid: Bid | None) -> frozenset[Role]:
    """The roles a person holds on a bid, for the trail."""
    if bid is None:
        return standing(user).roles
    own, ministry, _assigned = _held(user, bid)
    return own or ministry


def can(user: Person, act: Act, bid: Bid | None, *, who: Standing | None = None, **about: Any) -> Decision:
    """Whether a person may do this now, and why not; `about` holds the particulars of `permits.About`.

    Who asks many questions of one page reads the `standing` once and passes it along as `who`.
    """
    return decide(act, who or standing(user, bid), bid.state if bid else None, About(**{"now": clock.now()} | about))


def bid_for(user: Person, reference: str, *, to: Act, **about: Any) -> Bid:
    """The bid of this reference, for a person who may do this to it now.

    What the person is to it goes along as `obtained_by`, for the rest of the request. Raises
    `NotVisible` where the person may not know that it exists, `Refused` where it is not for them
    now; a refusal is written into the trail of the bid.
    """
    bid = _with_dates(Bid.objects.kept().with_call()).filter(reference=reference).first()
    who = standing(user, bid)
    if bid is None or not visible(who, bid.state):
        log.info("bid not visible: reference=%r user=%s act=%s", reference[:64], user.pk, to)
        raise NotVisible(reference)
    decision = can(user, to, bid, who=who, **about)
    if not decision:
        refuse(bid, user, to, decision, who.roles)
    bid.obtained_by = who
    return bid


def other_bid(user: Person, reference: str, *, to: Act, **about: Any) -> Bid | None:
    """A bid that another one speaks of, where this person may do this to it too; else nothing, and nothing is written.

    No difference is made between a bid that isn't there and one that isn't theirs.
    """
    bid = _with_dates(Bid.objects.kept().with_call()).filter(reference=reference).first()
    if bid is None:
        return None
    who = standing(user, bid)
    if not visible(who, bid.state) or not can(user, to, bid, who=who, **about):
        return None
    bid.obtained_by = who
    return bid


def _with_dates(bids: BidQuerySet) -> BidQuerySet:
    """Bids that know whether their dates are rehearsed, and what the ministry asks to change until when."""
    rehearsals = DateChange.objects.filter(
        call=OuterRef("call_version__call"), kind=DateChangeKind.REHEARSAL, desk_closes=OuterRef("desk_closes")
    )
    requests = ChangeRequest.objects.filter(bid=OuterRef("pk"), closed_at=None)
    return bids.annotate(  # type: ignore[no-redef]  # declared on Bid, filled here
        is_rehearsed=Exists(rehearsals),
        changes_due=Subquery(requests.values("due_at")[:1]),
        opened_sections=Subquery(requests.values("sections")[:1]),
        changes_wanted=Subquery(requests.values("reason")[:1]),
    )


def refuse(bid: Bid, user: Person, act: Act, decision: Decision, held: frozenset[Role]) -> None:
    """Write a refusal into the trail, in a transaction of its own, and raise it."""
    actor = user if user.is_authenticated else None
    with transaction.atomic():
        BidEvent.objects.append(bid, "refused", by=actor, roles=held, about=str(act), note=decision.code)
    raise Refused(decision)


def _of_the_consortium(user: User, bid: Bid, held: frozenset[Role]) -> Standing:
    partners = _own_partners(user, bid)
    due, opened = _open_for_changes(bid)
    return Standing(
        user_id=user.pk,
        roles=held,
        is_member=True,
        own_partner_keys=frozenset(key for key, _, _ in partners),
        own_sections=frozenset(f"chapters/{chapter}" for _, _, chapter in partners if chapter),
        is_lead_finance=Role.FINANCE_OFFICER in held and PartnerRole.COORDINATOR in {role for _, role, _ in partners},
        open_sections=opened,
        changes_due=due,
        is_superuser=user.is_superuser,
    )


def _open_for_changes(bid: Bid) -> tuple[datetime | None, frozenset[str]]:
    """Until when the consortium may change which sections of a bid that is in review."""
    if bid.state is not BidState.CHANGES_REQUESTED:
        return None, frozenset()
    if bid.changes_due is not None:
        return bid.changes_due, frozenset(bid.opened_sections)
    request = ChangeRequest.objects.filter(bid=bid, closed_at=None).first()
    return (request.due_at, frozenset(request.sections)) if request else (None, frozenset())


def _of_the_ministry(user: User, bid: Bid, held: frozenset[Role], assigned: bool) -> Standing:
    partners = _own_partners(user, bid) if held else []
    return Standing(
        user_id=user.pk,
        roles=held,
        own_partner_keys=frozenset(key for key, _, _ in partners),
        assigned=assigned,
        coi="conflict" if partners else _interest(user, bid) if held.intersection(IMPARTIAL_ROLES) else None,
        is_superuser=user.is_superuser,
    )


def _own_partners(user: User, bid: Bid) -> list[tuple[str, str, str | None]]:
    """Key and role of the partners a person acts for, once per chapter that partner writes."""
    own = Q(people__user=user) | Q(organisation__memberships__user=user)
    return list(Partner.objects.filter(own, bid=bid).values_list("key", "role", "chapters__key").distinct())


def _held(user: User, bid: Bid) -> tuple[frozenset[Role], frozenset[Role], bool]:
    """The roles held in the bid; those held in its call, of which assigned ones count alone; whether there are such."""
    people = BidRole.objects.filter(bid=bid, user=user).order_by()
    in_call = CallRole.objects.filter(Q(call=None) | Q(call=bid.call_version.call_id), user=user).order_by()
    on_bid = Assignment.objects.filter(bid=bid, user=user, ended_at=None).order_by()
    ways: dict[str, set[Role]] = {"people": set(), "call": set(), "assigned": set()}
    of_the_ministry = (in_call.values_list("role", Value("call")), on_bid.values_list("role", Value("assigned")))
    for role, way in people.values_list("role", Value("people")).union(*of_the_ministry):
        ways[way].add(role)
    held = ways["call"]
    assigned = ways["assigned"] & held  # an assignment is worth nothing once the role is taken away
    counted = held - (set(ASSIGNED_ROLES) - assigned) if assigned else held
    return frozenset(ways["people"]), frozenset(counted), bool(assigned)


def _interest(user: User, bid: Bid) -> str | None:
    """What was declared; having once worked in the bid counts as a declared conflict."""
    worked = BidEvent.objects.filter(bid=OuterRef("pk"), actor=user, side=Side.CONSORTIUM)
    declared = InterestDeclaration.objects.filter(bid=OuterRef("pk"), user=user, replaced_at=None)
    asked = Bid.objects.filter(pk=bid.pk).values_list(Exists(worked), Subquery(declared.values("interest")[:1]))
    once_at_work, interest = asked.get()
    return Interest.CONFLICT if once_at_work else interest

"""Who knocks at every door: nobody, each role, a stranger, people without work, and those with too much power."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from bids import access
from bids.actions.acceptance import Acceptance
from bids.models import Assignment, Bid, InterestDeclaration
from bids.rulebook.permits import Standing
from bids.rulebook.vocabulary import Interest, Role
from tests import factories
from tests.walk import desk

ONE_OF_EACH = (
    "anonymous", "coordinator", "finance", "partner", "viewer", "manager", "reviewer1", "legal", "inspector",
    "approver1", "auditor", "admin", "foreign", "reviewer undeclared",
)  # fmt: skip
CONSORTIUM = ("anonymous", "coordinator", "finance", "partner", "viewer")
SEE_NOTHING = ("case manager of another call", "reviewer without a bid", "reviewer in conflict")
OTHER_CALL = "GENERIC-HE-RIA"  # none of the bids is under it


@dataclass
class Visitor:
    """A person with a browser of their own; what the tables say of somebody is read once, for nothing changes it."""

    name: str
    user: User | AnonymousUser
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    standings: dict[int | None, Standing] = field(default_factory=dict)
    particulars: dict[int | None, dict[str, Any]] = field(default_factory=dict)

    def come_in(self) -> Visitor:
        """Signed in from now on, if this is somebody."""
        if isinstance(self.user, User):
            self.client.force_login(self.user)
        return self

    @property
    def is_signed_in(self) -> bool:
        return self.user.is_authenticated

    @cached_property
    def may_enter_the_desk(self) -> bool:
        return desk.may_enter(self.user)

    def standing(self, bid: Bid | None) -> Standing:
        key = bid.pk if bid else None
        if key not in self.standings:
            self.standings[key] = access.standing(self.user, bid)
        return self.standings[key]

    def at_the_desk(self, bid: Bid | None) -> dict[str, Any]:
        """What the permit table has to know of this person at the desk, beside the standing."""
        key = bid.pk if bid else None
        if key not in self.particulars:
            self.particulars[key] = desk.of_the_person(self.user, bid)
        return self.particulars[key]


def everybody(seeded: Acceptance) -> list[Visitor]:
    """The people of the acceptance seed, and those it has no reason to make."""
    visitors = [Visitor("anonymous", AnonymousUser())]
    visitors += [Visitor(email.partition("@")[0], user) for email, user in seeded.people.items()]
    visitors += [Visitor(user.name, user) for user in _outsiders(seeded)]
    return [one.come_in() for one in visitors]


def one_of_each(visitors: list[Visitor]) -> list[Visitor]:
    """One person per role, nobody, and the stranger: enough where everybody has been asked elsewhere."""
    return [one for one in visitors if one.name in ONE_OF_EACH]


def inside_the_desk(visitors: list[Visitor]) -> list[Visitor]:
    """Whom its door lets in: only to them does a page of the desk answer otherwise for one bid than for another."""
    return [one for one in visitors if one.may_enter_the_desk]


def in_turn(visitors: list[Visitor], turn: int) -> list[Visitor]:
    """Of those inside the desk one for each role, and with every turn another of those who may see nothing there."""
    blind = [one for one in visitors if one.name in SEE_NOTHING]
    return [*inside_the_desk(one_of_each(visitors)), *blind[turn % len(blind) :][:1]]


def _outsiders(seeded: Acceptance) -> Iterator[User]:
    yield User.objects.create_superuser("root@example.org", factories.PASSWORD, name="root without a role")
    yield factories.a_user("newcomer without an organisation")
    away = factories.a_user("case manager who left the desk")
    factories.a_call_role(away, Role.CASE_MANAGER)
    yield away
    elsewhere = factories.a_user("case manager of another call", is_staff=True)
    factories.a_call_role(elsewhere, Role.CASE_MANAGER, factories.a_call(OTHER_CALL))
    yield elsewhere
    idle = factories.a_user("reviewer without a bid", is_staff=True)
    factories.a_call_role(idle, Role.REVIEWER)
    yield idle
    yield from _reviewers(seeded, undeclared=None, **{"in conflict": Interest.CONFLICT})


def _reviewers(seeded: Acceptance, **declared: Interest | None) -> Iterator[User]:
    """Reviewers who are assigned to every bid and have declared this."""
    for words, interest in declared.items():
        user = factories.a_user(f"reviewer {words}", is_staff=True)
        factories.a_call_role(user, Role.REVIEWER)
        for bid in seeded.bids.values():
            Assignment.objects.create(bid=bid, user=user, role=Role.REVIEWER)
            if interest is not None:
                InterestDeclaration.objects.create(bid=bid, user=user, interest=interest)
        yield user

"""Who knocks at every door: nobody, each role, a stranger, people without work, and those with too much power."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from bids.actions.acceptance import Acceptance
from bids.models import Assignment, InterestDeclaration
from bids.rulebook.vocabulary import Interest, Role
from tests import factories

ONE_OF_EACH = (
    "anonymous", "coordinator", "finance", "partner", "viewer", "manager", "reviewer1", "legal", "inspector",
    "approver1", "auditor", "admin", "foreign",
)  # fmt: skip
CONSORTIUM = ("anonymous", "coordinator", "finance", "partner", "viewer")


@dataclass
class Visitor:
    """A person with a browser of their own."""

    name: str
    user: User | AnonymousUser
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def come_in(self) -> Visitor:
        """Signed in from now on, if this is somebody."""
        if isinstance(self.user, User):
            self.client.force_login(self.user)
        return self

    @property
    def is_signed_in(self) -> bool:
        return self.user.is_authenticated


def everybody(seeded: Acceptance) -> list[Visitor]:
    """The people of the acceptance seed, and those it has no reason to make."""
    visitors = [Visitor("anonymous", AnonymousUser())]
    visitors += [Visitor(email.partition("@")[0], user) for email, user in seeded.people.items()]
    visitors += [Visitor(user.name, user) for user in _outsiders(seeded)]
    return [one.come_in() for one in visitors]


def one_of_each(visitors: list[Visitor]) -> list[Visitor]:
    """One person per role, nobody, and the stranger: enough where everybody has been asked elsewhere."""
    return [one for one in visitors if one.name in ONE_OF_EACH]


def _outsiders(seeded: Acceptance) -> Iterator[User]:
    yield User.objects.create_superuser("root@example.org", factories.PASSWORD, name="root without a role")
    yield factories.a_user("newcomer without an organisation")
    idle = factories.a_user("reviewer without a bid", is_staff=True)
    factories.a_call_role(idle, Role.REVIEWER)
    yield idle
    conflicted = factories.a_user("reviewer in conflict", is_staff=True)
    factories.a_call_role(conflicted, Role.REVIEWER)
    for bid in seeded.bids.values():
        Assignment.objects.create(bid=bid, user=conflicted, role=Role.REVIEWER)
        InterestDeclaration.objects.create(bid=bid, user=conflicted, interest=Interest.CONFLICT)
    yield conflicted

"""Ada's sound bid as it comes to the ministry, and the people there, each with a browser of their own.

Nothing blocks the bid, and its call asks for a legal and a financial opinion. A fixture is named
after the state in which its story begins.
"""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client

from accounts import clock
from accounts.models import User
from bids.actions import transition
from bids.actions.bidfiles import import_bid
from bids.actions.ministry_side import newest_round, scope_digest
from bids.models import Bid
from bids.rulebook.vocabulary import OpinionKind, ReviewState, Role
from bids.rulebook.workflow import Said
from tests import factories
from tests.admin.stories import CRITERIA, At, confirm_all
from tests.views.conftest import GENERIC, sound_facts


@pytest.fixture
def at() -> At:
    """`at(clara)` is a browser in which Clara is signed in, the same each time."""
    browsers: dict[User, Client] = {}

    def sit_down(user: User) -> Client:
        if user not in browsers:
            browsers[user] = Client()
            browsers[user].force_login(user)
        return browsers[user]

    return sit_down


@pytest.fixture
def ministry(
    clara: User, rik: User, rosa: User, leo: User, ines: User, dora: User, dirk: User, otto: User
) -> SimpleNamespace:
    return SimpleNamespace(clara=clara, rik=rik, rosa=rosa, leo=leo, ines=ines, dora=dora, dirk=dirk, otto=otto)


@pytest.fixture
def submitted(ada: User, fien: User, ministry: SimpleNamespace) -> Bid:
    """Received an instant ago; nobody of the ministry works on it yet."""
    factories.a_call(GENERIC)
    bid = import_bid(sound_facts(), by=ada)
    factories.a_bid_role(bid, fien, Role.FINANCE_OFFICER, bid.partners.get(key="imec"))
    confirm_all(bid, ada)
    transition.perform(bid, "lock", by=ada)
    transition.perform(bid, "submit", by=ada, said=Said(revision_seen=bid.revision), stepped_up=True)
    return Bid.objects.with_call().get(pk=bid.pk)


@pytest.fixture
def staffed(submitted: Bid, ministry: SimpleNamespace) -> Bid:
    """Submitted; everybody is assigned, and has declared to have no conflict of interest."""
    work = {
        ministry.rik: Role.REVIEWER, ministry.rosa: Role.REVIEWER, ministry.leo: Role.LEGAL_REVIEWER,
        ministry.ines: Role.FINANCE_INSPECTOR,
    }  # fmt: skip
    for user, role in work.items():
        factories.an_assignment(submitted, user, role, by=ministry.clara)
    for user in (*work, ministry.dora, ministry.dirk):
        factories.a_declaration(submitted, user)
    return submitted


@pytest.fixture
def in_review(staffed: Bid, ministry: SimpleNamespace) -> Bid:
    transition.perform(staffed, "take_in", by=ministry.clara)
    return Bid.objects.with_call().get(pk=staffed.pk)


@pytest.fixture
def judged(in_review: Bid, ministry: SimpleNamespace) -> Bid:
    """In review; every review is sent, both opinions are favourable."""
    newest = in_review.snapshots.get()
    for reviewer in (ministry.rik, ministry.rosa):
        review = factories.a_review(newest, reviewer, state=ReviewState.SENT, sent_at=clock.now())
        for criterion in CRITERIA:
            factories.a_score(review, criterion)
    for kind, author in ((OpinionKind.LEGAL, ministry.leo), (OpinionKind.FINANCE, ministry.ines)):
        digest = scope_digest(newest_round(in_review), kind)
        factories.an_opinion(newest, author, kind, scope_digest=digest)
    return in_review


@pytest.fixture
def recommended(judged: Bid, ministry: SimpleNamespace) -> Bid:
    transition.perform(judged, "recommend", by=ministry.clara)
    return Bid.objects.with_call().get(pk=judged.pk)


@pytest.fixture
def approved(recommended: Bid, ministry: SimpleNamespace) -> Bid:
    said = Said(digest_seen=recommended.snapshots.get().sha256)
    for approver in (ministry.dora, ministry.dirk):
        transition.perform(recommended, "approve", by=approver, said=said, stepped_up=True)
    return Bid.objects.with_call().get(pk=recommended.pk)


@pytest.fixture
def second_round(ada: User) -> Callable[[Bid], Bid]:
    """The consortium sends a newer version while somebody at the desk has the former one on the screen."""

    def send(bid: Bid) -> Bid:
        line = bid.budget_lines.get(key="L001")
        type(line).objects.filter(pk=line.pk).update(description="Fewer engineers")
        factories.a_snapshot(bid, ada)
        return Bid.objects.with_call().get(pk=bid.pk)

    return send

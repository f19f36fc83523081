"""What a check from outside needs: a bid in every state, somebody else's bid, and a person for each role."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts import clock
from accounts.models import Membership, User
from bids.actions import demo_bids, demo_desk, demo_people
from bids.actions.bidfiles import import_bid
from bids.actions.calls import load_missing_calls
from bids.actions.demo_desk import Story, go_on
from bids.actions.specimens import specimen
from bids.actions.transition import perform
from bids.models import Bid, BidRole
from bids.rulebook.facts import BidFacts
from bids.rulebook.vocabulary import BidState, Role
from bids.rulebook.workflow import Ground, Said
from bids.rulebook.workflow.states import UNION_OUTCOMES

FILES = demo_bids.FILES / "acceptance"
CAST = FILES / "cast.toml"
PREFIX = "ACC"
FOREIGN = "ACC-FOREIGN"
DAYS_FOR_CHANGES = 30


class HoldsRealBids(Exception):
    """People with known log-ins are made only where nothing real can be read or changed by them."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What stands after seeding; `people` by e-mail address, `bids` by the state they are in."""

    password: str
    people: Mapping[str, User]
    bids: Mapping[BidState, Bid]
    foreign: Bid


@transaction.atomic
def seed(password: str = "") -> Acceptance:
    """Make what is missing. Bids that moved on are left alone, and others made in their place.

    Everybody gets this password, or a new one that nobody knows yet.
    """
    if Bid.objects.filter(is_demo=False).exists():
        raise HoldsRealBids
    load_missing_calls()
    password = password or secrets.token_urlsafe(12)
    people = demo_people.settle(CAST, password)
    stranger = _stranger(password)
    everybody = people | {stranger.email: stranger}
    _give_password(everybody.values(), password)
    return Acceptance(
        password=password,
        people=everybody,
        bids={state: bid_in(state, people) for state in BidState},
        foreign=_foreign_bid(stranger),
    )


def _give_password(people: Iterable[User], password: str) -> None:
    hashed = make_password(password)
    for user in people:
        user.password = hashed
        user.save(update_fields=["password"])


def _stranger(password: str) -> User:
    """Coordinates the foreign bid, and may see no other."""
    told = demo_people.written(CAST)
    email = f"{told['foreign']['login']}@{told['domain']}"
    found = User.objects.filter(email=email).first()
    if found:
        return found
    home = told["foreign"]["organisation"]
    user = User.objects.create_user(email, password, name=told["foreign"]["name"])
    organisation = demo_people.organisation(home, **told["organisations"][home])
    Membership.objects.create(user=user, organisation=organisation)
    return user


def _foreign_bid(stranger: User) -> Bid:
    found = Bid.objects.with_call().filter(reference=FOREIGN).first()
    return found or _imported(FOREIGN, stranger)


@transaction.atomic
def bid_in(state: BidState, people: Mapping[str, User]) -> Bid:
    """The newest bid made for this state if it is still there, else a new one that walks there."""
    name = f"{PREFIX}-{state.value.replace('_', '-').upper()}"
    standing = {bid.reference: bid for bid in Bid.objects.with_call().filter(reference__startswith=name)}
    for number in count(1):
        reference = name if number == 1 else f"{name}-{number}"
        if reference not in standing:
            return _walk(reference, state, people)
        if standing[reference].state is state:
            return standing[reference]
    raise AssertionError("numbers never end")


def _walk(reference: str, state: BidState, people: Mapping[str, User]) -> Bid:
    told = demo_people.written(CAST)["told"] | {"goal": state.value}
    story = Story(_imported(reference, _login(people, "coordinator")), people, told)
    _let_in(story)
    way, last_step = BESIDE_THE_WAY.get(state, (state, None))
    if way is not BidState.DRAFT:
        go_on(story, until=way)
    if last_step:
        last_step(story)
    return story.bid


def _imported(reference: str, coordinator: User) -> Bid:
    facts = _facts(reference)
    return import_bid(facts, by=coordinator, files=demo_bids.letters(facts), is_demo=True)


def _facts(reference: str) -> BidFacts:
    """The small bid under another reference, its letters too."""
    facts = replace(demo_bids.written(FILES / "bid.json"), reference=reference)
    documents = (
        replace(document, sha256=hashlib.sha256(specimen(facts, document)).hexdigest()) for document in facts.documents
    )
    return replace(facts, documents=tuple(documents))


def _let_in(story: Story) -> None:
    """Everybody of the consortium but its coordinator, whom the import has named."""
    partners = {partner.short_name: partner for partner in story.bid.partners.all()}
    for person in demo_people.cast(CAST):
        if person.role.is_consortium and person.role is not Role.COORDINATOR:
            BidRole.objects.create(
                bid=story.bid, user=story.people[person.email], role=person.role, partner=partners[person.organisation]
            )


def _login(people: Mapping[str, User], login: str) -> User:
    return next(user for email, user in people.items() if email.partition("@")[0] == login)


def _request_changes(story: Story) -> None:
    due = clock.now() + timedelta(days=DAYS_FOR_CHANGES)
    said = Said(sections=("budget", "chapters"), due=due, note=story.told["changes"])
    perform(story.bid, "request_changes", by=story.person("manager"), said=said)


def _reject(story: Story) -> None:
    said = Said(digest_seen=story.newest.sha256, note=story.told["rejection"])
    for login in demo_desk.APPROVERS:
        perform(story.bid, "reject", by=story.person(login), said=said, stepped_up=True)


def _declare_inadmissible(story: Story) -> None:
    """Proposed by the case manager, confirmed by an approver without a conflict of interest."""
    demo_desk.declare_no_conflict(story, demo_desk.APPROVERS)
    said = Said(ground=Ground.DUPLICATE, note=story.told["inadmissible"])
    for login in ("manager", demo_desk.APPROVERS[0]):
        perform(story.bid, "declare_inadmissible", by=story.person(login), said=said)


def _withdraw(story: Story) -> None:
    said = Said(note=story.told["withdrawal"])
    perform(story.bid, "withdraw", by=story.person("coordinator"), said=said, stepped_up=True)


# States that the main way doesn't pass: where to leave it, and the step to take there.
BESIDE_THE_WAY: dict[BidState, tuple[BidState, Callable[[Story], Any] | None]] = {
    BidState.CHANGES_REQUESTED: (BidState.IN_REVIEW, _request_changes),
    BidState.REJECTED: (BidState.RECOMMENDED, _reject),
    BidState.INADMISSIBLE: (BidState.SUBMITTED, _declare_inadmissible),
    BidState.WITHDRAWN: (BidState.SUBMITTED, _withdraw),
} | dict.fromkeys(UNION_OUTCOMES, (demo_desk.LAST, None))

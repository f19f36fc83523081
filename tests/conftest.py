"""The characters of every story, and the bid they meet on.

Ada coordinates (imec), Bruno edits for Cenaero, Fien keeps the lead's figures, Vic reads. Clara
manages the case, Rik and Rosa review, Leo gives the legal opinion, Ines the financial one, Dora and
Dirk approve, Otto audits, Sam keeps accounts. Frank coordinates another bid and must see nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.db import connections
from django.test import TransactionTestCase

from accounts.models import Organisation, User
from bids.actions.bidfiles import import_bid
from bids.models import Bid, Call, triggers
from bids.rulebook.vocabulary import Role
from tests import factories


@pytest.fixture(autouse=True, scope="session")
def triggers_step_aside_when_tables_are_emptied() -> Iterator[None]:
    """A transactional test ends with emptying every table, which rows that never change would refuse."""
    empty = TransactionTestCase._fixture_teardown

    def without_triggers(test: TransactionTestCase) -> None:
        with triggers.lifted(connections["default"]):
            empty(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


@pytest.fixture
def imec(db: None) -> Organisation:
    return factories.an_organisation("imec")


@pytest.fixture
def cenaero(db: None) -> Organisation:
    return factories.an_organisation("Cenaero")


def _member(name: str, of: Organisation) -> User:
    user = factories.a_user(name)
    of.memberships.create(user=user)
    return user


@pytest.fixture
def ada(imec: Organisation) -> User:
    return _member("Ada", imec)


@pytest.fixture
def bruno(cenaero: Organisation) -> User:
    return _member("Bruno", cenaero)


@pytest.fixture
def fien(imec: Organisation) -> User:
    return _member("Fien", imec)


@pytest.fixture
def vic(imec: Organisation) -> User:
    return _member("Vic", imec)


def _at_the_desk(name: str, role: Role) -> User:
    user = factories.a_user(name, is_staff=True)
    factories.a_call_role(user, role)
    return user


@pytest.fixture
def clara(db: None) -> User:
    return _at_the_desk("Clara", Role.CASE_MANAGER)


@pytest.fixture
def rik(db: None) -> User:
    return _at_the_desk("Rik", Role.REVIEWER)


@pytest.fixture
def rosa(db: None) -> User:
    return _at_the_desk("Rosa", Role.REVIEWER)


@pytest.fixture
def leo(db: None) -> User:
    return _at_the_desk("Leo", Role.LEGAL_REVIEWER)


@pytest.fixture
def ines(db: None) -> User:
    return _at_the_desk("Ines", Role.FINANCE_INSPECTOR)


@pytest.fixture
def dora(db: None) -> User:
    return _at_the_desk("Dora", Role.APPROVER)


@pytest.fixture
def dirk(db: None) -> User:
    return _at_the_desk("Dirk", Role.APPROVER)


@pytest.fixture
def otto(db: None) -> User:
    return _at_the_desk("Otto", Role.AUDITOR)


@pytest.fixture
def sam(db: None) -> User:
    return _at_the_desk("Sam", Role.SYSTEM_ADMIN)


@pytest.fixture
def call(db: None) -> Call:
    """The factory call of 2025, with its real data."""
    return factories.a_call()


@pytest.fixture
def bid(call: Call, ada: User, bruno: User, fien: User, vic: User) -> Bid:
    """A small complete draft, with its consortium on board."""
    bid = import_bid(factories.small_bid(), by=ada)
    lead = bid.partners.get(key="imec")
    factories.a_bid_role(bid, bruno, Role.PARTNER_EDITOR, bid.partners.get(key="cenaero"))
    factories.a_bid_role(bid, fien, Role.FINANCE_OFFICER, lead)
    factories.a_bid_role(bid, vic, Role.VIEWER, lead)
    return Bid.objects.with_call().get(pk=bid.pk)


@pytest.fixture
def foreign_bid(call: Call) -> Bid:
    """Frank's bid, in the same call."""
    frank = factories.a_user("Frank")
    factories.an_organisation("Elsewhere", frank)
    return import_bid(factories.small_bid("FR-SMALL"), by=frank)


@pytest.fixture
def frank(foreign_bid: Bid) -> User:
    return User.objects.get(name="Frank")


@pytest.fixture
def desk(bid: Bid, clara: User, rik: User, rosa: User, leo: User, ines: User) -> SimpleNamespace:
    """The desk at work on the bid: everybody assigned, no conflict of interest declared by any."""
    for user, role in (
        (rik, Role.REVIEWER), (rosa, Role.REVIEWER), (leo, Role.LEGAL_REVIEWER), (ines, Role.FINANCE_INSPECTOR),
    ):  # fmt: skip
        factories.an_assignment(bid, user, role, by=clara)
        factories.a_declaration(bid, user)
    return SimpleNamespace(clara=clara, rik=rik, rosa=rosa, leo=leo, ines=ines)


@pytest.fixture
def moved_to(db: None) -> Callable[[Bid, object], Bid]:
    """Put a bid into a state without walking through the story that leads there."""

    def move(bid: Bid, state: object) -> Bid:
        Bid.objects.filter(pk=bid.pk).update(state=state)
        return Bid.objects.with_call().get(pk=bid.pk)

    return move

"""The people of the demonstration: log-ins, organisations and what each person is for."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from accounts.models import Membership, Organisation, User
from bids.actions.records import record
from bids.models import CallRole
from bids.rulebook.vocabulary import Role

PEOPLE = Path(__file__).resolve().parent.parent / "demo" / "people.toml"


@dataclass(frozen=True, slots=True)
class Person:
    """One log-in: whom they act for, and their role in every bid or call of the demonstration."""

    email: str
    name: str
    organisation: str
    role: Role


@cache
def written(path: Path = PEOPLE) -> dict[str, Any]:
    """A cast as its file says it."""
    with path.open("rb") as file:
        return tomllib.load(file)


def password() -> str:
    """The password all of them share."""
    return str(written()["password"])


def cast(path: Path = PEOPLE) -> tuple[Person, ...]:
    """Everybody, consortium first."""
    told = written(path)
    return tuple(
        Person(f"{login}@{told['domain']}", person["name"], person["organisation"], Role(person["role"]))
        for login, person in told["people"].items()
    )


def email_of(role: Role) -> str:
    """The address of the first person of this role."""
    return next(person.email for person in cast() if person.role is role)


@transaction.atomic
def settle(path: Path = PEOPLE, secret: str = "") -> dict[str, User]:
    """Everybody by e-mail address. Only who is missing is made: those who exist keep all they have, or lost."""
    told = written(path)
    organisations = {short: organisation(short, **facts) for short, facts in told["organisations"].items()}
    standing = {user.email: user for user in User.objects.filter(email__endswith=f"@{told['domain']}")}
    return {
        person.email: standing.get(person.email)
        or _join(person, organisations[person.organisation], secret or password())
        for person in cast(path)
    }


def organisation(short_name: str, name: str, kind: str) -> Organisation:
    """The organisation of this name, new or found."""
    defaults = {"short_name": short_name, "kind": kind, "country": "BE"}
    return Organisation.objects.get_or_create(name=name, defaults=defaults)[0]


def _join(person: Person, of: Organisation, secret: str) -> User:
    """A new log-in, a member of its organisation; people of the ministry get their role for all calls."""
    at_the_desk = not person.role.is_consortium
    make = User.objects.create_superuser if person.role is Role.SYSTEM_ADMIN else User.objects.create_user
    user = make(person.email, secret, name=person.name, is_staff=at_the_desk)
    Membership.objects.create(user=user, organisation=of)
    if at_the_desk:
        CallRole.objects.create(user=user, call=None, role=person.role)
        record(None, "call_role_given", by=None, about=f"user/{user.pk}", after={"role": person.role.value})
    return user

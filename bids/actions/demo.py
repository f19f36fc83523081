"""The demonstration: everything a newcomer needs to walk the whole way once. Runs as often as one likes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts import clock
from accounts.models import User
from bids.actions import demo_bids, demo_desk, demo_people, demo_scenarios
from bids.actions.calls import load_missing_calls, rehearse
from bids.models import Bid, Call
from bids.rulebook import calendar
from bids.rulebook.vocabulary import Role

CUTOFF_AFTER = 40  # working days from the day of seeding to the rehearsed cut-off of the Union
DESK_CLOSES_AFTER = 15  # and to the closing of the desk
CLOSING_HOUR = 17  # in Brussels


@dataclass(frozen=True, slots=True)
class Seeded:
    """What stands after seeding: bids in the order of their files, those made just now, and the rehearsal's dates."""

    bids: tuple[Bid, ...]
    new: frozenset[str]
    cutoff: datetime
    desk_closes: datetime


@transaction.atomic
def seed() -> Seeded:
    """Make what is missing and move the rehearsal round; a bid that exists is never touched, but for its dates."""
    calls = _rehearsed_calls()
    people = demo_people.settle()
    cutoff, desk_closes = rehearsal_dates(clock.now())
    for call in calls:
        if (call.cutoff, call.desk_closes) != (cutoff, desk_closes):
            rehearse(call, cutoff=cutoff, desk_closes=desk_closes, by=None)
    loaded = list(_bids(people))
    return Seeded(
        bids=tuple(bid for bid, _ in loaded),
        new=frozenset(bid.reference for bid, is_new in loaded if is_new),
        cutoff=cutoff,
        desk_closes=desk_closes,
    )


def _rehearsed_calls() -> list[Call]:
    """The calls whose rounds are rehearsed."""
    load_missing_calls()
    return list(Call.objects.filter(reference__in=demo_bids.CALL_OF.values()))


def _bids(people: Mapping[str, User]) -> Iterator[tuple[Bid, bool]]:
    """The two Belgian drafts with their scenarios, then the bids on the desk; each with whether it was just made."""
    for reference in demo_bids.CALL_OF:
        bid, is_new = demo_bids.load(demo_bids.FILES / f"{reference}.json", people)
        if is_new:
            demo_scenarios.start(bid, by=people[demo_people.email_of(Role.FINANCE_OFFICER)])
        yield bid, is_new
    for reference in demo_desk.stories():
        bid, is_new = demo_bids.load(demo_desk.FILES / f"{reference}.json", people)
        if is_new:
            demo_desk.walk(bid, people)
        yield bid, is_new


def rehearsal_dates(now: datetime) -> tuple[datetime, datetime]:
    """Cut-off and closing of the desk of a rehearsal that begins today."""
    today = now.astimezone(calendar.BRUSSELS).date()
    cutoff, desk_closes = (calendar.add_working_days(today, days) for days in (CUTOFF_AFTER, DESK_CLOSES_AFTER))
    return calendar.brussels(cutoff, CLOSING_HOUR), calendar.brussels(desk_closes, CLOSING_HOUR)

"""Working days in Belgium, and the two dates of a bid, in Brussels time.

Working days are Monday to Friday without the ten Belgian public holidays. A shifted moment keeps
its hour on the Brussels clock; as it always lands on a weekday, it never meets the night in which
the clocks change.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from bids.rulebook.call import CallFacts

BRUSSELS = ZoneInfo("Europe/Brussels")

Day = TypeVar("Day", date, datetime)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon_shift + 15) % 30
    leap_years, year_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * leap_years - epact - year_rest) % 7
    late_full_moon = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late_full_moon + 114, 31)
    return date(year, month, day + 1)


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The ten public holidays of Belgium (Royal Decree of 18 April 1974, Art. 1)."""
    sunday = easter(year)
    fixed = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
    after_easter = (1, 39, 50)  # Easter Monday, Ascension Day, Whit Monday
    return frozenset(
        [date(year, month, day) for month, day in fixed] + [sunday + timedelta(days=days) for days in after_easter]
    )


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no public holiday."""
    return day.weekday() < 5 and date(day.year, day.month, day.day) not in public_holidays(day.year)


def add_working_days(day: Day, days: int) -> Day:
    """The working day so many working days later (earlier, if negative).

    A date gives a date. An aware moment gives the moment at the same hour in Brussels.
    """
    if isinstance(day, datetime):
        local = day.astimezone(BRUSSELS)
        moved = add_working_days(local.date(), days)
        return day if days == 0 else datetime.combine(moved, local.time(), BRUSSELS)
    step = timedelta(days=1 if days > 0 else -1)
    left = abs(days)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def brussels(day: date, hour: int = 17, minute: int = 0) -> datetime:
    """A moment of a day on the Brussels clock; calls close at 17:00."""
    return datetime.combine(day, time(hour, minute), BRUSSELS)


def desk_closes(cutoff: datetime, working_days: int) -> datetime:
    """The ministry's intake date: so many working days before the cut-off, at the same hour."""
    return add_working_days(cutoff, -working_days)


def cutoff_of(call: CallFacts, at: datetime) -> datetime | None:
    """The Union's date for a bid started at a moment; None for a call without closing dates.

    It is the deadline, or of the cut-offs the first still ahead, else the last.
    """
    if call.deadline is not None or not call.cutoffs:
        return call.deadline
    ahead = [cutoff for cutoff in call.cutoffs if cutoff > at]
    return min(ahead) if ahead else max(call.cutoffs)


def desk_closes_of(call: CallFacts, at: datetime) -> datetime | None:
    """When the desk closes for a bid started at a moment, by the call's own dates."""
    cutoff = cutoff_of(call, at)
    return cutoff and desk_closes(cutoff, call.desk_closes_working_days)

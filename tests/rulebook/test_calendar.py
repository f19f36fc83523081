"""Working days in Belgium and the two dates of a bid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bids import callfile
from bids.rulebook.calendar import (
    BRUSSELS,
    add_working_days,
    brussels,
    cutoff_of,
    desk_closes,
    desk_closes_of,
    easter,
    is_working_day,
    public_holidays,
)

CALLS = callfile.shipped()
FACTORY = CALLS["EUROHPC-2024-CEI-AI-02"]

EASTER = {
    1961: (4, 2), 1981: (4, 19), 2000: (4, 23), 2008: (3, 23), 2019: (4, 21), 2024: (3, 31), 2025: (4, 20),
    2026: (4, 5), 2027: (3, 28), 2028: (4, 16), 2038: (4, 25), 2049: (4, 18), 2076: (4, 19), 2285: (3, 22),
}  # fmt: skip


@pytest.mark.parametrize("year", EASTER)
def test_easter(year: int) -> None:
    assert easter(year) == date(year, *EASTER[year])


def test_the_ten_holidays_of_2026() -> None:
    assert sorted(public_holidays(2026)) == [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 7, 20), True),
        (date(2026, 7, 21), False),
        (date(2026, 7, 25), False),
        (date(2026, 7, 26), False),
        (date(2026, 5, 14), False),
        (date(2026, 5, 15), True),
        (datetime(2026, 7, 21, 9, tzinfo=BRUSSELS), False),
    ],
)
def test_working_days(day: date, works: bool) -> None:
    assert is_working_day(day) == works


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 7, 17), 1, date(2026, 7, 20)),
        (date(2026, 7, 17), 2, date(2026, 7, 22)),
        (date(2026, 7, 22), -2, date(2026, 7, 17)),
        (date(2026, 7, 18), 1, date(2026, 7, 20)),
        (date(2026, 7, 18), -1, date(2026, 7, 17)),
        (date(2026, 7, 18), 0, date(2026, 7, 18)),
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
    ],
)
def test_counting_working_days(start: date, days: int, end: date) -> None:
    assert add_working_days(start, days) == end


def test_the_desk_closes_25_working_days_before_the_cutoff_of_june_2025() -> None:
    # 30 June 2025 is a Monday; Whit Monday (9 June) and Ascension Day (29 May) lie in between
    assert desk_closes(datetime(2025, 6, 30, 17, tzinfo=BRUSSELS), 25) == datetime(2025, 5, 22, 17, tzinfo=BRUSSELS)


def test_the_hour_in_brussels_is_kept_across_the_change_of_clocks() -> None:
    cutoff = datetime.fromisoformat("2026-11-04T17:00+01:00")
    closes = desk_closes(cutoff, 25)
    assert closes.isoformat() == "2026-09-30T17:00:00+02:00"
    assert add_working_days(cutoff.astimezone(UTC), -25) == closes
    assert add_working_days(cutoff.astimezone(timezone(timedelta(hours=-9))), -25) == closes


def test_a_moment_is_moved_by_its_day_in_brussels() -> None:
    late_in_utc = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # Tuesday, half past midnight in Brussels
    assert add_working_days(late_in_utc, 1) == datetime(2026, 3, 4, 0, 30, tzinfo=BRUSSELS)
    assert add_working_days(late_in_utc, 0) == late_in_utc


def test_an_hour_on_the_brussels_clock() -> None:
    assert brussels(date(2026, 7, 1)).isoformat() == "2026-07-01T17:00:00+02:00"
    assert brussels(date(2026, 1, 7), 9, 30).isoformat() == "2026-01-07T09:30:00+01:00"


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), days=st.integers(1, 80))
def test_going_there_and_back(day: date, days: int) -> None:
    there = add_working_days(day, days)
    assert is_working_day(there)
    assert there > day
    back = add_working_days(there, -days)
    assert back == day if is_working_day(day) else back < day
    between = [day + timedelta(days=n) for n in range(1, (there - day).days + 1)]
    assert sum(map(is_working_day, between)) == days


@pytest.mark.parametrize(
    ("at", "position"),
    [("2024-09-10T09:00+02:00", 0), ("2024-11-04T16:59:59+01:00", 0), ("2024-11-04T17:00+01:00", 1),
     ("2025-06-30T16:59+02:00", 2), ("2025-06-30T17:00+02:00", 2), ("2026-01-01T00:00+01:00", 2)],
)  # fmt: skip
def test_the_cutoff_of_a_bid_is_the_first_ahead_else_the_last(at: str, position: int) -> None:
    moment = datetime.fromisoformat(at)
    assert cutoff_of(FACTORY, moment) == FACTORY.cutoffs[position]
    shuffled = replace(FACTORY, cutoffs=FACTORY.cutoffs[::-1])
    assert cutoff_of(shuffled, moment) == FACTORY.cutoffs[position]


def test_the_deadline_of_a_call_goes_before_everything() -> None:
    antenna = CALLS["HORIZON-JU-EUROHPC-2025-AIFA-01"]
    later = datetime(2030, 1, 1, tzinfo=BRUSSELS)
    assert cutoff_of(antenna, later) == antenna.deadline
    # 21 August 2025 is a Thursday; 15 August and 21 July lie in between
    assert desk_closes_of(antenna, later) == datetime(2025, 7, 15, 17, tzinfo=BRUSSELS)


def test_a_call_without_dates_has_no_cutoff() -> None:
    generic = CALLS["GENERIC-HE-RIA"]
    assert cutoff_of(generic, datetime(2030, 1, 1, tzinfo=BRUSSELS)) is None
    assert desk_closes_of(generic, datetime(2030, 1, 1, tzinfo=BRUSSELS)) is None
